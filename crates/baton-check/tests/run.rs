//! A run as a whole: what it reads, what it survives, and that it always says the same.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use baton_check::{CheckConfig, Level, Report, Scope, check, select};
use baton_repo::source::Listed;
use baton_repo::{Date, FileMode, FileSource, Memory, Options, Repo, RepoError, Worktree};
use baton_rules::{Check, RULES, Rule, Settings};
use baton_source::{Diagnostic, RepoPath, Severity};
use baton_syntax::glob::GlobSet;

/// Counts how often each file is read.
struct Counting {
    base: Worktree,
    reads: Arc<Mutex<BTreeMap<RepoPath, usize>>>,
}

impl FileSource for Counting {
    fn list(&self) -> Result<Vec<Listed>, RepoError> {
        self.base.list()
    }

    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        *self.reads.lock().unwrap().entry(path.clone()).or_default() += 1;
        self.base.read(path, limit)
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        self.base.mode(path)
    }
}

#[test]
fn every_file_is_read_at_most_once_and_only_if_a_rule_wants_it() {
    let reads = Arc::new(Mutex::new(BTreeMap::new()));
    let source = Counting {
        base: Worktree::new(fixture("june-clean"), 2),
        reads: Arc::clone(&reads),
    };
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    check(&repo, &config(), &Scope::All).unwrap();
    let reads = reads.lock().unwrap();
    assert!(reads.len() > 50, "only {} files were read", reads.len());
    let again: Vec<_> = reads.iter().filter(|(_, times)| **times > 1).collect();
    assert!(again.is_empty(), "read more than once: {again:?}");
    let unwanted: Vec<_> = reads
        .keys()
        .filter(|path| path.name().contains(".png"))
        .collect();
    assert!(unwanted.is_empty(), "no rule wants {unwanted:?}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            let source = Arc::new(Worktree::new(fixture("june-broken"), threads));
            let repo = Repo::open(source, &Options::default()).unwrap();
            format!("{:?}", check(&repo, &config(), &Scope::All).unwrap())
        })
    };
    let alone = run(1);
    assert_eq!(alone, run(2));
    assert_eq!(alone, run(7));
}

/// One file of every kind.
const PATHS: &[&str] = &[
    ".github/agents/a.agent.md",
    ".github/agents/_subagents/b.agent.md",
    ".github/skills/azure-artifacts/SKILL.md",
    ".github/skills/azure-artifacts/references/r.md",
    ".github/skills/azure-artifacts/templates/01-requirements.template.md",
    ".github/skills/azure-artifacts/templates/00-session-state.template.json",
    ".github/skills/workflow-engine/templates/workflow-graph.json",
    "agent-output/p/00-session-state.json",
    "agent-output/p/01-requirements.md",
    "agent-output/p/04-governance-constraints.md",
    "agent-output/p/04-governance-constraints.json",
    "agent-output/p/00-handoff.md",
    "infra/bicep/p/main.bicep",
    "infra/bicep/p/main.bicepparam",
    "infra/terraform/p/main.tf",
    "infra/terraform/p/terraform.tfvars",
    "tools/registry/agent-registry.json",
    "tools/scripts/_lib/artifact-headings-summary.json",
];

#[test]
fn no_text_makes_a_rule_or_a_parser_fail() {
    for text in awkward_texts() {
        let files = PATHS.iter().map(|path| (*path, text.clone().into_bytes()));
        let report = judge(files.collect());
        assert!(
            report.failures.is_empty(),
            "{:?} on {:.40}",
            report.failures,
            text
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_reported_for_every_file() {
    let files = PATHS.iter().map(|path| (*path, vec![0xff, 0xfe, 0x00]));
    let report = judge(files.collect());
    assert!(report.failures.is_empty());
    let undecodable = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "undecodable-file");
    assert_eq!(undecodable.count(), PATHS.len());
}

fn awkward_texts() -> Vec<String> {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(4_000), close.repeat(4_000));
    vec![
        String::new(),
        "\n".to_owned(),
        "\u{feff}".to_owned(),
        "\0\0\0".to_owned(),
        "---\n".to_owned(),
        "---\n---\n".to_owned(),
        "\u{feff}---\r\nname: x\r\n---\r\n# y\r\n## z\r\n".to_owned(),
        "{".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        "{\"nodes\": [], \"edges\": {}}".to_owned(),
        "{\"nodes\": {\"a\": null}, \"edges\": [null, 1, {\"from\": 2}], \"steps\": {\"1\": []}}"
            .to_owned(),
        deep("[", "]"),
        deep("{\"a\":", "}"),
        deep("- ", ""),
        deep("(", ")"),
        "#".repeat(10_000),
        "```".repeat(1_000),
        "é🏛️\u{202e}".repeat(500),
    ]
}

#[test]
fn an_empty_repository_has_nothing_to_evaluate() {
    let report = judge(Vec::new());
    assert!(report.findings.is_empty());
    assert!(!report.not_evaluated.is_empty());
    assert_eq!(report.not_evaluated.len(), report.per_check.len());
}

#[test]
fn a_format_is_wanted_where_somebody_says_so() {
    const ROUGH: &[u8] = b"param   size int\n";
    let found = |files: Vec<(&str, &[u8])>, chosen: &[&str]| {
        let files = files.into_iter().map(|(path, text)| (path, text.to_vec()));
        let repo = Memory::new(files.collect::<Vec<_>>());
        let repo = Repo::open(Arc::new(repo), &Options::default()).unwrap();
        let chosen: Vec<String> = chosen.iter().map(|name| (*name).to_owned()).collect();
        let config = CheckConfig {
            selection: select(&chosen, &[]).unwrap(),
            ..config()
        };
        let report = check(&repo, &config, &Scope::All).unwrap();
        let own = |finding: &&Diagnostic| finding.rule == "unformatted-bicep";
        let severities = report.findings.iter().filter(own).map(|it| it.severity);
        severities.collect::<Vec<_>>()
    };
    let file: (&str, &[u8]) = ("infra/main.bicep", ROUGH);
    let config = |text: &'static str| ("bicepconfig.json", text.as_bytes());
    assert_eq!(found(vec![file], &[]), []);
    assert_eq!(found(vec![file, config("{}")], &[]), []);
    let nearer: (&str, &[u8]) = ("infra/bicepconfig.json", b"{}");
    let styled = config("{\"formatting\": {}}");
    assert_eq!(found(vec![file, styled, nearer], &[]), []);
    assert_eq!(found(vec![file, styled], &[]), [Severity::Warning]);
    for name in ["unformatted-bicep", "lint:bicep-fmt"] {
        assert_eq!(found(vec![file], &[name]), [Severity::Error], "{name}");
    }
    let windows: (&str, &[u8]) = ("main.bicep", b"param a int\r\nparam b int\r\n");
    assert_eq!(found(vec![windows, styled], &[]), []);
    let unix = config("{\"formatting\": {\"newlineKind\": \"LF\"}}");
    assert_eq!(found(vec![windows, unix], &[]), [Severity::Warning]);
}

#[test]
fn only_what_was_asked_for_judges() {
    let files = vec![
        (".github/agents/a.agent.md", b"# No front matter\n".to_vec()),
        (".github/agents/b.agent.md", b"\xff".to_vec()),
        ("tools/scripts/validate-models.mjs", Vec::new()),
    ];
    let repo = Repo::open(Arc::new(Memory::new(files)), &Options::default()).unwrap();
    let found = |chosen: &str, ignored: &str| {
        let words = |text: &str| {
            text.split_terminator(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let config = CheckConfig {
            selection: select(&words(chosen), &words(ignored)).unwrap(),
            ..config()
        };
        let report = check(&repo, &config, &Scope::All).unwrap();
        let rules = report.findings.iter().map(|finding| finding.rule);
        rules.collect::<Vec<_>>()
    };
    assert_eq!(found("undecodable-file", ""), ["undecodable-file"]);
    assert!(found("", "all").is_empty());
    let both = found("missing-front-matter", "");
    assert_eq!(both, ["missing-front-matter", "undecodable-file"]);
}

#[test]
fn a_file_that_is_only_searched_for_secrets_need_not_be_text() {
    let hooks = b"pre-commit:\n  jobs:\n    - run: a\n      glob: \"*.odd\"\n";
    let report = judge(vec![
        ("lefthook.yml", hooks.to_vec()),
        ("sound.odd", b"a\xff".to_vec()),
    ]);
    let rules = report.findings.iter().map(|finding| finding.rule);
    assert_eq!(rules.collect::<Vec<_>>(), [""; 0]);
}

fn judge(files: Vec<(&str, Vec<u8>)>) -> Report {
    let repo = Repo::open(Arc::new(Memory::new(files)), &Options::default()).unwrap();
    check(&repo, &config(), &Scope::All).unwrap()
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/repos")
        .join(name)
}

fn config() -> CheckConfig {
    CheckConfig {
        selection: select(&[], &[]).unwrap(),
        levels: BTreeMap::new(),
        overrides: Vec::new(),
        settings: Settings::default(),
        baseline: None,
        standing: None,
        today: "2026-11-21".parse::<Date>().unwrap(),
    }
}

#[test]
fn a_rule_over_the_repository_reads_only_what_it_says() {
    let is_repo_rule = |rule: &&Rule| matches!(rule.check, Check::Repo(_));
    for rule in RULES.iter().filter(is_repo_rule) {
        for name in ["june-clean", "june-broken"] {
            let unsaid = read_unsaid(rule, name);
            assert!(unsaid.is_empty(), "{} reads {unsaid:?}", rule.meta.slug);
        }
    }
}

/// What a rule reads of a fixture without naming it; where it found something does not count.
fn read_unsaid(rule: &Rule, name: &str) -> Vec<RepoPath> {
    let reads = Arc::new(Mutex::new(BTreeMap::new()));
    let source = Counting {
        base: Worktree::new(fixture(name), 1),
        reads: Arc::clone(&reads),
    };
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    let config = CheckConfig {
        selection: select(&[rule.meta.slug.to_owned()], &[]).unwrap(),
        ..config()
    };
    let report = check(&repo, &config, &Scope::All).unwrap();
    let said = rule.meta.files.iter().chain(rule.meta.reads);
    let said = GlobSet::new(said.flat_map(|pattern| repo.layout().resolve(pattern))).unwrap();
    let found = report.findings.iter();
    let blamed: Vec<&RepoPath> = found
        .map(|finding| &repo.by_id(finding.at.file).unwrap().path)
        .collect();
    let mut read: Vec<RepoPath> = reads.lock().unwrap().keys().cloned().collect();
    read.retain(|path| !said.matches(path.as_str()) && !blamed.contains(&path));
    read
}

/// A template that carries `note` above the rule that opens everything.
fn open_to_all(note: &str) -> String {
    format!(
        "resource \"azurerm_network_security_rule\" \"all\" {{
  direction                  = \"Inbound\"
  access                     = \"Allow\"
  protocol                   = \"*\"
  source_port_range          = \"*\"
  destination_port_range     = \"*\"
  destination_address_prefix = \"*\"
  {note}
  source_address_prefix      = \"*\"
}}
"
    )
}

const OPENING: [&str; 3] = [
    "open-rdp-port",
    "open-ssh-port",
    "unrestricted-inbound-traffic",
];

/// The rules that some find in one file, those that comments answer for apart.
fn said(
    (path, text): (&str, &str),
    rules: &[&str],
    levels: &[(&'static str, Level)],
) -> [Vec<&'static str>; 2] {
    let source = Memory::new([(path, text)]);
    let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
    let rules: Vec<String> = rules.iter().map(|&rule| rule.to_owned()).collect();
    let mut config = config();
    config.selection = select(&rules, &[]).unwrap();
    config.levels.extend(levels.iter().copied());
    let report = check(&repo, &config, &Scope::All).unwrap();
    let answered = report.suppressed.iter().map(|it| it.finding.rule);
    let found = report.findings.iter().map(|finding| finding.rule);
    [found.collect(), answered.collect()]
}

#[test]
fn what_one_rule_says_of_a_place_is_not_said_again_by_those_that_yield_to_it() {
    let all = open_to_all("");
    let file = ("infra/main.tf", all.as_str());
    let [found, _] = said(file, &OPENING, &[]);
    assert_eq!(found, ["unrestricted-inbound-traffic"]);
    // A rule that was not asked says nothing.
    let [found, _] = said(file, &OPENING[..2], &[]);
    assert_eq!(found, OPENING[..2]);
    // One that matters less is not enough.
    let mild = [(OPENING[2], Level::At(Severity::Info))];
    let [found, _] = said(file, &OPENING, &mild);
    assert_eq!(found, OPENING);
    // A comment for the one answers for the others.
    let noted = open_to_all("# baton-ignore unrestricted-inbound-traffic: a honeypot");
    let [found, answered] = said(("infra/main.tf", &noted), &OPENING, &[]);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(answered, ["unrestricted-inbound-traffic"]);
}

#[test]
fn a_template_that_is_no_json_is_told_of_once() {
    let text = r#"{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "resources": [ { "name": "x"
  ]
}"#;
    let rules = ["arm-syntax-error", "unparsable-json"];
    let [found, _] = said(("infra/main.json", text), &rules, &[]);
    assert_eq!(found, ["unparsable-json"]);
    let [found, _] = said(("infra/main.json", text), &rules[..1], &[]);
    assert_eq!(found, ["arm-syntax-error"]);
}
