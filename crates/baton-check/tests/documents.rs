//! Every rule document is a test: the rule alone gives exactly Expected on Bad, nothing on Good.
//!
//! A block `baton.toml` among the files sets what a configuration may, `select`, `rules`
//! and the like aside; `baseline` names another block. A block with
//! `escaped` in its info string writes bytes as `\xNN`, and a backslash at the end of a line
//! joins it with the next; one with `link=TARGET` is a link; one with `undecodable-name` has a
//! name that is not UTF-8; one with `executable` may be run; one with `base` is what the file was before, for rules that ask.
//! For rules that a tool of others finds, blocks `tool=CHECK arguments=A,B exit=N` hold what it
//! prints (`stream=stderr` where it prints there).
//! `BLESS=1` rewrites Expected.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use baton_check::baseline::{self, Baseline};
use baton_check::{CheckConfig, Report, Scope, Standing, check, fix, select};
use baton_repo::{Date, Memory, Options, Repo};
use baton_rules::{File, RULES, Rule, Settings};
use baton_source::{Applicability, Diagnostic, Span};
use baton_syntax::markdown::{self, Fence, Markdown};
use serde::Deserialize;

type TestResult = Result<(), Box<dyn std::error::Error>>;

datatest_stable::harness! {
    { test = document, root = "../../rules", pattern = r"^[a-z-]+/[a-z0-9-]+\.md$" },
}

/// One example repository and the settings it is judged with.
#[derive(Default)]
struct Example {
    /// What tools of others print, for rules they find.
    printed: Vec<Printed>,
    source: Memory,
    files: usize,
    options: Options,
    settings: Settings,
    baseline: Option<Arc<Baseline>>,
    standing: Option<Arc<Standing>>,
}

/// What a tool of others printed.
struct Printed {
    check: String,
    arguments: Vec<String>,
    stdout: String,
    stderr: String,
    exit: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Config {
    #[serde(default)]
    options: Settings,
    max_file_size: Option<usize>,
    baseline: Option<String>,
    #[serde(default)]
    exclude: Vec<String>,
    #[serde(default)]
    layout: Layout,
    /// Read by the rules about the configuration only.
    #[serde(default, rename = "overrides")]
    _overrides: Vec<toml::Table>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    kinds: BTreeMap<String, Vec<String>>,
}

fn document(path: &Path, text: String) -> TestResult {
    let slug = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .ok_or("the document has no name")?;
    let rule = RULES.iter().find(|rule| rule.meta.slug == slug);
    let rule = rule.ok_or("the rule is not in the table; run `cargo xtask gen`")?;
    let outline = markdown::parse(&text, 0);
    let sections = sections(&text, &outline);
    for name in ["Why", "Bad", "Good", "Fix", "Expected"] {
        if !sections.contains_key(name) {
            return Err(format!("the document lacks the section `{name}`").into());
        }
    }
    let mut blessed: Vec<(Span, String)> = Vec::new();
    for (name, place) in &sections {
        if name.starts_with("Good") {
            clean(rule, &example(&text, &outline, *place)?)?;
        }
        let Some(case) = name.strip_prefix("Bad") else {
            continue;
        };
        let bad = example(&text, &outline, *place)?;
        let expected = sections.get(&format!("Expected{case}"));
        let expected = *expected.ok_or(format!("`{name}` has no `Expected{case}`"))?;
        bad_section(rule, &bad, (&text, &outline, expected), &mut blessed)?;
    }
    if blessed.is_empty() {
        return Ok(());
    }
    blessed.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
    let mut text = text;
    for (span, found) in blessed {
        text.replace_range(span.start as usize..span.end as usize, &found);
    }
    std::fs::write(path, text)?;
    Ok(())
}

fn clean(rule: &'static Rule, good: &Example) -> TestResult {
    let (repo, report) = judge(rule, good)?;
    let found = render(rule, &repo, &report);
    if found.is_empty() {
        return Ok(());
    }
    Err(format!("a good example is not clean:\n{found}").into())
}

fn bad_section(
    rule: &'static Rule,
    bad: &Example,
    expected: (&str, &Markdown, (usize, usize)),
    blessed: &mut Vec<(Span, String)>,
) -> TestResult {
    let (text, outline, (start, end)) = expected;
    let (repo, report) = judge(rule, bad)?;
    let found = render(rule, &repo, &report);
    if found.is_empty() {
        return Err("the bad example gives no finding".into());
    }
    let fence = outline.fences.iter().find(|fence| {
        (start..end).contains(&(fence.span.start as usize)) && fence.info.trim() == "text"
    });
    let content = fence.ok_or("`Expected` holds no `text` block")?.content;
    let wanted = content.of(text);
    if found != wanted {
        if std::env::var_os("BLESS").is_none() {
            return Err(format!("expected:\n{wanted}\nfound:\n{found}").into());
        }
        blessed.push((content, found));
    }
    fixes(rule, bad, (&repo, &report))
}

/// A rule with fixes shows one; safe fixes leave nothing; fixing twice changes nothing more; what
/// could be parsed can be parsed afterwards.
fn fixes(rule: &'static Rule, bad: &Example, (repo, report): (&Repo, &Report)) -> TestResult {
    let has_fix = |finding: &Diagnostic| finding.rule == rule.meta.slug && finding.fix.is_some();
    let shows_fix = report.findings.iter().any(has_fix);
    let Some(applicability) = rule.meta.fix else {
        return if shows_fix {
            Err("a finding has a fix; say so in the front matter".into())
        } else {
            Ok(())
        };
    };
    if applicability == Applicability::Display || !shows_fix {
        return Ok(());
    }
    let config = config(rule, bad)?;
    let fixed = fix(
        Arc::new(bad.source.clone()),
        &bad.options,
        (&config, &Scope::All),
        applicability,
    )?;
    let left = render(rule, &fixed.repo, &fixed.report);
    let fixable = fixed.report.findings.iter().any(has_fix);
    if fixable || (applicability == Applicability::Safe && !left.is_empty()) {
        return Err(format!("after fixing, this is left:\n{left}").into());
    }
    for path in fixed.changed.keys() {
        let errors = |repo: &Repo| repo.file(path.as_str()).map_or(0, syntax_errors);
        if errors(&fixed.repo) > errors(repo) {
            return Err(format!("the fix breaks the syntax of {path}").into());
        }
    }
    Ok(())
}

fn syntax_errors(file: &File) -> usize {
    match (file.iac(), file.path.name().rsplit_once('.')) {
        (Some(iac), _) => iac.errors.len(),
        (None, Some((_, "json" | "yml" | "yaml"))) => file.document().errors.len(),
        (None, Some((_, "drawio"))) => file.xml().errors.len(),
        _ => file.front_matter().errors.len(),
    }
}

fn judge(
    rule: &'static Rule,
    example: &Example,
) -> Result<(Repo, Report), Box<dyn std::error::Error>> {
    if example.files == 0 {
        return Err("an example holds no block with `path=`".into());
    }
    let repo = Repo::open(Arc::new(example.source.clone()), &example.options)?;
    if matches!(rule.check, baton_rules::Check::External) {
        let findings = printed(&repo, example)?;
        return Ok((
            repo,
            Report {
                findings,
                ..Report::default()
            },
        ));
    }
    let report = check(&repo, &config(rule, example)?, &Scope::All)?;
    if let Some(failure) = report.failures.first() {
        return Err(failure.message.clone().into());
    }
    Ok((repo, report))
}

/// The findings in what tools of others printed.
fn printed(repo: &Repo, example: &Example) -> Result<Vec<Diagnostic>, Box<dyn std::error::Error>> {
    if example.printed.is_empty() {
        return Err("an example holds no block with `tool=`".into());
    }
    let mut findings = Vec::new();
    for printed in &example.printed {
        let arguments: Vec<&str> = printed.arguments.iter().map(String::as_str).collect();
        findings.extend(baton_check::external::read(
            (&printed.check, &arguments),
            repo,
            (&printed.stdout, &printed.stderr),
            printed.exit,
        )?);
    }
    Ok(findings)
}

fn config(
    rule: &'static Rule,
    example: &Example,
) -> Result<CheckConfig, Box<dyn std::error::Error>> {
    let from_checker = matches!(rule.check, baton_rules::Check::Checker);
    let names = if from_checker {
        Vec::new()
    } else {
        vec![rule.meta.slug.to_owned()]
    };
    Ok(CheckConfig {
        selection: select(&names, &[])?,
        levels: BTreeMap::new(),
        overrides: Vec::new(),
        settings: example.settings.clone(),
        baseline: example.baseline.clone(),
        standing: example.standing.clone(),
        today: "2026-11-21".parse::<Date>().map_err(|()| "a bad date")?,
    })
}

fn render(rule: &Rule, repo: &Repo, report: &Report) -> String {
    let mut text = String::new();
    for finding in report
        .findings
        .iter()
        .filter(|finding| finding.rule == rule.meta.slug)
    {
        let Some(file) = repo.by_id(finding.at.file) else {
            continue;
        };
        let _ = write!(text, "{}[{}] {}", finding.severity, finding.rule, file.path);
        if let Some(span) = finding.at.span {
            let at = file.lines().locate(file.text(), span.start);
            let _ = write!(text, ":{}:{}", at.line, at.column);
        }
        let _ = writeln!(text, ": {}", finding.message);
    }
    text
}

fn sections(text: &str, outline: &Markdown) -> BTreeMap<String, (usize, usize)> {
    let mut sections = BTreeMap::new();
    for heading in outline.h2() {
        let section = outline.section(heading);
        debug_assert!(section.end as usize <= text.len());
        sections.insert(
            heading.text.clone(),
            (section.start as usize, section.end as usize),
        );
    }
    sections
}

fn example(
    text: &str,
    outline: &Markdown,
    (start, end): (usize, usize),
) -> Result<Example, Box<dyn std::error::Error>> {
    let mut example = Example::default();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut links: Vec<(String, String)> = Vec::new();
    let mut undecodable: Vec<String> = Vec::new();
    let mut executables: Vec<String> = Vec::new();
    let mut recorded: Option<String> = None;
    let mut before: Vec<(String, Vec<u8>)> = Vec::new();
    let inside = |fence: &&Fence| (start..end).contains(&(fence.span.start as usize));
    for fence in outline.fences.iter().filter(inside) {
        let words = || fence.info.split_whitespace();
        let attribute = |name: &str| {
            let prefix = format!("{name}=");
            words().find_map(|word| word.strip_prefix(&prefix).map(str::to_owned))
        };
        let content = fence.content.of(text);
        if let Some(check) = attribute("tool") {
            example.printed.push(print(check, content, attribute)?);
        }
        let Some(path) = attribute("path") else {
            continue;
        };
        let says = |word: &str| words().any(|known| known == word);
        if says("base") {
            before.push((path, content.as_bytes().to_vec()));
            continue;
        }
        if says("undecodable-name") {
            undecodable.push(path.clone());
        }
        if says("executable") {
            executables.push(path.clone());
        }
        if path == "baton.toml" {
            let (baseline, is_file) = configure(&mut example, content)?;
            recorded = baseline;
            if is_file {
                files.push((path, content.as_bytes().to_vec()));
            }
        } else if let Some(target) = attribute("link") {
            links.push((path, target));
        } else if says("escaped") {
            files.push((path, unescape(content)));
        } else {
            files.push((path, content.as_bytes().to_vec()));
        }
    }
    if let Some(path) = recorded {
        example.baseline = Some(Arc::new(recorded_in(&path, &files)?));
    }
    if !before.is_empty() {
        example.standing = Some(Arc::new(standing(before, &example.options)?));
    }
    example.files = files.len() + links.len();
    example.source = Memory::new(files)
        .with_links(links)
        .with_undecodable(undecodable)
        .with_executables(executables);
    Ok(example)
}

/// Sets what a configuration says; gives the baseline it names, and whether it is a file too.
fn configure(
    example: &mut Example,
    content: &str,
) -> Result<(Option<String>, bool), toml::de::Error> {
    let config: Config = toml::from_str(content)?;
    example.settings = config.options;
    example.options.exclude = config.exclude;
    example.options.kinds = config.layout.kinds;
    let is_file = config.max_file_size.is_none();
    let usual = example.options.max_file_size;
    example.options.max_file_size = config.max_file_size.unwrap_or(usual);
    Ok((config.baseline, is_file))
}

/// What the files were before.
fn standing(
    files: Vec<(String, Vec<u8>)>,
    options: &Options,
) -> Result<Standing, Box<dyn std::error::Error>> {
    Ok(Standing {
        name: "origin/main".to_owned(),
        repo: Repo::open(Arc::new(Memory::new(files)), options)?,
        entries: Vec::new(),
    })
}

/// The baseline that one of the blocks holds.
fn recorded_in(
    path: &str,
    files: &[(String, Vec<u8>)],
) -> Result<Baseline, Box<dyn std::error::Error>> {
    let file = files.iter().find(|(known, _)| known == path);
    let (_, text) = file.ok_or("the baseline is no block of the example")?;
    let read = baseline::read(str::from_utf8(text)?).map_err(|error| error.message)?;
    Ok(Baseline {
        name: path.to_owned(),
        path: Some(path.into()),
        ..read
    })
}

/// What a block says that a tool printed.
fn print(
    check: String,
    content: &str,
    attribute: impl Fn(&str) -> Option<String>,
) -> Result<Printed, Box<dyn std::error::Error>> {
    let mut streams = [content.to_owned(), String::new()];
    if attribute("stream").as_deref() == Some("stderr") {
        streams.reverse();
    }
    let [stdout, stderr] = streams;
    let arguments = attribute("arguments").unwrap_or_default();
    Ok(Printed {
        check,
        arguments: arguments.split(',').map(str::to_owned).collect(),
        stdout,
        stderr,
        exit: attribute("exit")
            .ok_or("a tool has no exit code")?
            .parse()?,
    })
}

/// Decodes `\xNN`; a backslash at the end of a line takes the line ending away.
fn unescape(text: &str) -> Vec<u8> {
    let text = text.replace("\\\n", "");
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or("").as_bytes().to_vec();
    for part in parts {
        bytes.push(
            part.get(..2)
                .and_then(|digits| u8::from_str_radix(digits, 16).ok())
                .unwrap_or(b'?'),
        );
        bytes.extend_from_slice(part.get(2..).unwrap_or("").as_bytes());
    }
    bytes
}
