//! The examples in the tests of Checkov's checks for Azure, labelled resource by resource.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use baton_syntax::node::{Node, Value};
use baton_syntax::{json, yaml};
use regex::Regex;

use crate::disagreements::Disagreements;
use crate::judge::{judge, known_as};
use crate::score::{Score, table};
use crate::{Outcome, python};

/// Folders of tests.
const TESTS: [&str; 3] = [
    "tests/terraform/checks/resource/azure",
    "tests/arm/checks/resource",
    "tests/bicep/checks/resource/azure",
];
const GRAPH_TESTS: &str = "tests/terraform/graph/checks/resources";
const GRAPH_CHECKS: &str = "checkov/terraform/checks/graph_checks/azure";

/// Files that are judged together, and the labels of resources in them.
struct Labelled {
    check: String,
    language: &'static str,
    files: Vec<(String, String)>,
    pass: Vec<String>,
    fail: Vec<String>,
}

/// Judges all examples of a checkout; gives the tables.
pub(crate) fn score(checkout: &Path) -> Outcome<String> {
    let mut all = Vec::new();
    for folder in TESTS {
        tests(checkout, folder, &mut all)?;
    }
    graph(checkout, &mut all)?;
    let disagreements = Disagreements::read("checkov")?;
    let mut tally = Tally::default();
    for labelled in &all {
        let rules = known_as(&labelled.check);
        if rules.is_empty() {
            tally.without_rule += labelled.pass.len() + labelled.fail.len();
            continue;
        }
        tally.count(labelled, &rules, &disagreements)?;
    }
    let heads = ["Language", "Check", "Rules"];
    Ok(format!(
        "As labelled\n\n{}\nWithout labels that we do not follow\n\n{}\n{} resources of checks that no rule answers to\n\nWrong\n\n{}",
        table(&heads, &tally.scores),
        table(&heads, &tally.followed),
        tally.without_rule,
        tally.wrong
    ))
}

#[derive(Default)]
struct Tally {
    scores: BTreeMap<Vec<String>, Score>,
    followed: BTreeMap<Vec<String>, Score>,
    without_rule: usize,
    wrong: String,
}

impl Tally {
    fn count(
        &mut self,
        labelled: &Labelled,
        rules: &[String],
        disagreements: &Disagreements,
    ) -> Outcome<()> {
        let mut reported: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut present = Vec::new();
        for (path, text) in &labelled.files {
            present.extend(owners(labelled.language, text)?);
            if labelled.language != "terraform" {
                let found = judge(&[(path.clone(), text.clone())], rules)?;
                attribute(labelled, &found, &mut reported)?;
            }
        }
        if labelled.language == "terraform" {
            let found = judge(&labelled.files, rules)?;
            attribute(labelled, &found, &mut reported)?;
        }
        let row = vec![
            labelled.language.to_owned(),
            labelled.check.clone(),
            rules.join(", "),
        ];
        let good = labelled.pass.iter().map(|name| (name, false));
        for (name, bad) in good.chain(labelled.fail.iter().map(|name| (name, true))) {
            if present.iter().any(|(_, _, owner)| owner == name) {
                let reason = disagreements.reason(&labelled.check, name);
                self.verdict(&row, (name, bad), (reported.get(name), reason));
            }
        }
        Ok(())
    }

    fn verdict(
        &mut self,
        row: &[String],
        (name, bad): (&str, bool),
        (found, reason): (Option<&Vec<String>>, Option<&str>),
    ) {
        let score = self.scores.entry(row.to_vec()).or_default();
        score.verdict(bad, found.is_some());
        if reason.is_none() {
            let score = self.followed.entry(row.to_vec()).or_default();
            score.verdict(bad, found.is_some());
        }
        if bad == found.is_some() {
            return;
        }
        let said = if bad { "missed" } else { "false alarm" };
        let (check, reason) = (row[..2].join(" "), reason.unwrap_or(""));
        let _ = writeln!(self.wrong, "{check} {name}: {said} {found:?} {reason}");
    }
}

/// Says for each finding which resource it is in.
fn attribute(
    labelled: &Labelled,
    found: &[(String, String, usize)],
    reported: &mut BTreeMap<String, Vec<String>>,
) -> Outcome<()> {
    for (rule, path, line) in found {
        let Some((_, text)) = labelled.files.iter().find(|(known, _)| known == path) else {
            continue;
        };
        let owners = owners(labelled.language, text)?;
        let mut inside = owners
            .iter()
            .filter(|(from, to, _)| (*from..=*to).contains(line));
        if let Some((_, _, name)) = inside.next_back() {
            let findings = reported.entry(name.clone()).or_default();
            findings.push(format!("{rule} at {path}:{line}"));
        }
    }
    Ok(())
}

/// The resources of a file: first line, last line, name.
fn owners(language: &str, text: &str) -> Outcome<Vec<(usize, usize, String)>> {
    if language == "arm" {
        let document = json::parse(text, json::Dialect::WithComments);
        let mut found = Vec::new();
        if let Some(root) = &document.root {
            resources(root, text, &mut found);
        }
        return Ok(found);
    }
    let header = Regex::new(
        r#"^\s*resource\s+(?:"?(?<type>[\w-]+)"?\s+"?(?<name>[\w-]+)"?|(?<symbol>\w+)\s+'(?<kind>[^'@]+)@)"#,
    )?;
    let block = Regex::new(
        r"^(resource|data|module|variable|locals|provider|output|terraform|param|var)\b",
    )?;
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    let mut open = false;
    for (index, line) in text.lines().enumerate() {
        if let Some(names) = header.captures(line) {
            let name = |key: &str| names.name(key).map_or("", |name| name.as_str());
            let name = match names.name("kind") {
                Some(kind) => format!("{}.{}", kind.as_str(), name("symbol")),
                None => format!("{}.{}", name("type"), name("name")),
            };
            found.push((index + 1, index + 1, name));
            open = true;
        } else if block.is_match(line) {
            open = false;
        } else if let Some(last) = found.last_mut().filter(|_| open) {
            last.1 = index + 1;
        }
    }
    Ok(found)
}

/// The resources of a template, those inside others last.
fn resources(node: &Node, text: &str, found: &mut Vec<(usize, usize, String)>) {
    let of = |key: &str| node.get(key).and_then(Node::as_str);
    let kind = of("type").filter(|kind| kind.contains('/'));
    if let (Some(kind), Some(name)) = (kind, of("name")) {
        let line = |at: u32| {
            let before = text.get(..at as usize).unwrap_or("");
            before.matches('\n').count() + 1
        };
        let place = (line(node.span.start), line(node.span.end));
        found.push((place.0, place.1, format!("{kind}.{name}")));
    }
    match &node.value {
        Value::Mapping(_) => {
            for entry in node.entries() {
                resources(&entry.value, text, found);
            }
        }
        Value::Sequence(items) => {
            for item in items {
                resources(item, text, found);
            }
        }
        _ => {}
    }
}

/// Tests of single resources.
fn tests(checkout: &Path, folder: &str, all: &mut Vec<Labelled>) -> Outcome<()> {
    let language = match folder.split('/').nth(1) {
        Some("arm") => "arm",
        Some("bicep") => "bicep",
        _ => "terraform",
    };
    for path in sorted(&checkout.join(folder))? {
        let Ok(test) = fs::read_to_string(&path) else {
            continue;
        };
        let id = python::check(&test)
            .and_then(|check| fs::read_to_string(checkout.join(check)).ok())
            .and_then(|check| python::id(&check));
        let Some(check) = id else {
            continue;
        };
        let (pass, fail) = python::resources(&test);
        let examples = python::folder(&test).map(|name| checkout.join(folder).join(name));
        if let Some(examples) = examples.filter(|_| !pass.is_empty() || !fail.is_empty()) {
            let mut files = Vec::new();
            gather(&examples, "infra", &mut files)?;
            all.push(Labelled {
                check: check.clone(),
                language,
                files,
                pass,
                fail,
            });
        }
        for (index, (text, name, passes)) in python::inline(&test).into_iter().enumerate() {
            let numbered = format!("{name}_{}", index + 1);
            let short = name.rsplit('.').next().unwrap_or_default();
            let text = text.replace(
                &format!("\"{short}\" {{"),
                &format!("\"{short}_{}\" {{", index + 1),
            );
            let (mut pass, mut fail) = (Vec::new(), Vec::new());
            if passes { &mut pass } else { &mut fail }.push(numbered);
            all.push(Labelled {
                check: check.clone(),
                language,
                files: vec![("infra/main.tf".to_owned(), text)],
                pass,
                fail,
            });
        }
    }
    Ok(())
}

/// Tests of resources that belong together.
fn graph(checkout: &Path, all: &mut Vec<Labelled>) -> Outcome<()> {
    for path in sorted(&checkout.join(GRAPH_TESTS))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let check = checkout.join(GRAPH_CHECKS).join(format!("{name}.yaml"));
        let (Ok(check), Ok(expected)) = (
            fs::read_to_string(check),
            fs::read_to_string(path.join("expected.yaml")),
        ) else {
            continue;
        };
        let text = |text: &str, pointer: &str| {
            let document = yaml::parse(text, 0);
            let node = document.root.as_ref()?.pointer(pointer)?.clone();
            Some(node)
        };
        let id = text(&check, "/metadata/id");
        let Some(check) = id.and_then(|id| id.as_str().map(str::to_owned)) else {
            continue;
        };
        let list = |kind: &str| -> Vec<String> {
            let list = text(&expected, kind);
            let items = list.iter().flat_map(Node::items);
            items
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect()
        };
        let mut files = Vec::new();
        gather(&path, "infra", &mut files)?;
        all.push(Labelled {
            check,
            language: "terraform",
            files,
            pass: list("/pass"),
            fail: list("/fail"),
        });
    }
    Ok(())
}

/// The infrastructure files of a folder, as they would stand in a repository.
fn gather(folder: &Path, below: &str, files: &mut Vec<(String, String)>) -> Outcome<()> {
    for path in sorted(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let inside = format!("{below}/{name}");
        if path.is_dir() {
            gather(&path, &inside, files)?;
        } else if [".tf", ".tfvars", ".json", ".bicep"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            files.push((inside, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> Outcome<Vec<std::path::PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut paths: Vec<_> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}
