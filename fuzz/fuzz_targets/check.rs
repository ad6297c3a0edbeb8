//! The checker: one text as a file of every kind, all rules on; no rule panics, every place and
//! every edit fits.
#![no_main]

use std::collections::BTreeMap;
use std::sync::Arc;

use baton_check::{CheckConfig, Report, Scope, Selection, check, select};
use baton_fuzz::assert_fits;
use baton_repo::{Date, Memory, Options, Repo};
use baton_rules::Settings;
use baton_source::{Diagnostic, Location};
use libfuzzer_sys::fuzz_target;

/// One file of each kind that rules look for.
const PATHS: [&str; 19] = [
    "AGENTS.md",
    ".github/agents/01-first.agent.md",
    ".github/agents/_subagents/second-subagent.agent.md",
    ".github/copilot-instructions.md",
    ".github/instructions/markdown.instructions.md",
    ".github/skills/azure-artifacts/SKILL.md",
    ".github/skills/azure-artifacts/templates/00-session-state.template.json",
    ".github/skills/azure-artifacts/templates/01-requirements.template.md",
    ".github/skills/workflow-engine/templates/workflow-graph.json",
    ".github/workflows/check.yml",
    "agent-output/shop/00-session-state.json",
    "agent-output/shop/01-requirements.md",
    "agent-output/shop/04-governance-constraints.json",
    "agent-output/shop/04-governance-constraints.md",
    "infra/bicep/shop/main.bicep",
    "infra/bicep/shop/main.bicepparam",
    "infra/terraform/shop/main.tf",
    "infra/terraform/shop/shop.tfvars",
    "tools/registry/agent-registry.json",
];

fuzz_target!(|bytes: &[u8]| {
    let memory = Memory::new(PATHS.map(|path| (path, bytes)));
    let Ok(repo) = Repo::open(Arc::new(memory), &Options::default()) else {
        panic!("a repository in memory does not open");
    };
    let Ok(report) = check(&repo, &config(), &Scope::All) else {
        panic!("a repository in memory is not judged");
    };
    assert_report(&repo, &report);
});

fn config() -> CheckConfig {
    CheckConfig {
        selection: every_rule(),
        levels: BTreeMap::new(),
        overrides: Vec::new(),
        settings: Settings::default(),
        baseline: None,
        standing: None,
        today: Date::from_unix_seconds(1_763_683_200),
    }
}

fn every_rule() -> Selection {
    let rules = baton_rules::RULES.iter();
    let slugs: Vec<String> = rules.map(|rule| rule.meta.slug.to_owned()).collect();
    match select(&slugs, &[]) {
        Ok(selection) => selection,
        Err(error) => panic!("{error}"),
    }
}

fn assert_report(repo: &Repo, report: &Report) {
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    assert!(report.findings.is_sorted_by_key(|finding| finding.at));
    let suppressed = report.suppressed.iter();
    let suppressed = suppressed.map(|suppressed| &suppressed.finding);
    for finding in report.findings.iter().chain(suppressed) {
        assert_finding(repo, finding);
    }
}

fn assert_finding(repo: &Repo, finding: &Diagnostic) {
    assert_location(repo, finding.at);
    assert!(!finding.rule.is_empty() && !finding.message.is_empty());
    for label in &finding.labels {
        assert_location(repo, label.at);
    }
    for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
        assert_location(
            repo,
            Location {
                file: edit.file,
                span: Some(edit.span),
            },
        );
    }
}

fn assert_location(repo: &Repo, at: Location) {
    let Some(file) = repo.by_id(at.file) else {
        panic!("no file {:?}", at.file);
    };
    if let Some(span) = at.span {
        assert_fits(file.text(), span);
    }
}
