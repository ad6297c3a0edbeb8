//! Our rules for Bicep beside the tests of its own linter.
//!
//! `BATON_BICEP=CHECKOUT cargo test -p baton-check --test bicep_linter -- --nocapture` reads the
//! tests of a checkout of Bicep's repository, runs each text through our rule, and prints how many
//! findings agree. Nothing of the checkout is kept. Without the variable there is nothing to do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use baton_check::{CheckConfig, Scope, check, fix, select};
use baton_repo::{Memory, Options, Repo};
use baton_rules::{RULES, Settings};
use baton_source::Applicability;

const RULE_FILES: &str = "src/Bicep.Core/Analyzers/Linter/Rules";
const TEST_FILES: &str = "src/Bicep.Core.UnitTests/Diagnostics/LinterRuleTests";

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// An argument of a call in the tests.
enum Argument {
    Text(String),
    Number(usize),
    List(usize),
    Other(String),
}

/// A text, how many findings its test expects, and what the fix makes of it.
struct Case {
    text: String,
    expected: usize,
    fixed: Option<String>,
}

#[test]
fn agrees_with_the_linter_of_bicep() -> Result<()> {
    let Some(checkout) = std::env::var_os("BATON_BICEP").map(PathBuf::from) else {
        return Ok(());
    };
    let codes = codes(&checkout.join(RULE_FILES))?;
    let (mut table, mut misses) = (String::new(), String::new());
    let mut total = (0, 0);
    for path in sources(&checkout.join(TEST_FILES))? {
        let source = fs::read_to_string(&path)?;
        let stem = path
            .file_stem()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        let named = codes.get(stem.trim_end_matches("Tests"));
        let Some(code) = named.map(String::as_str).or(code_of(&source, &codes)) else {
            continue;
        };
        if !RULES
            .iter()
            .any(|it| it.meta.slug == code || it.meta.aliases.contains(&code))
        {
            continue;
        }
        // Tests of limits make their texts.
        if code.starts_with("max-") {
            continue;
        }
        let cases = cases(&source);
        let mut agree = 0;
        for case in &cases {
            let (found, fixed) = findings(code, case)?;
            let wanted = case.fixed.as_deref();
            if found == case.expected && wanted.is_none_or(|it| squeezed(it) == squeezed(&fixed)) {
                agree += 1;
                continue;
            }
            let Case { text, expected, .. } = case;
            writeln!(misses, "{code}: {found} of {expected}\n{text}\n{fixed}\n")?;
        }
        total = (total.0 + agree, total.1 + cases.len());
        writeln!(table, "| {code} | {agree} | {} |", cases.len())?;
    }
    let mut out = std::io::stdout();
    if std::env::var_os("BATON_BICEP_MISSES").is_some() {
        writeln!(out, "{misses}")?;
    }
    writeln!(out, "{table}{} of {} cases agree", total.0, total.1)?;
    assert!(total.1 > 0, "the checkout holds no tests of the linter");
    Ok(())
}

/// Findings of one rule in a text, at whatever level it has, and what its fixes make of it.
fn findings(code: &str, case: &Case) -> Result<(usize, String)> {
    let config = format!(
        "{{\"analyzers\": {{\"core\": {{\"rules\": {{\"{code}\": {{\"level\": \"warning\"}}}}}}}}}}"
    );
    let files = [
        ("main.bicep", case.text.as_str()),
        ("bicepconfig.json", config.as_str()),
    ];
    let source = Memory::new(files);
    let repo = Repo::open(Arc::new(source.clone()), &Options::default())?;
    let config = CheckConfig {
        selection: select(&[code.to_owned()], &[])?,
        levels: BTreeMap::new(),
        overrides: Vec::new(),
        settings: Settings::default(),
        baseline: None,
        standing: None,
        today: "2026-11-21".parse().map_err(|()| "no day")?,
    };
    let found = check(&repo, &config, &Scope::All)?.findings.len();
    if case.fixed.is_none() {
        return Ok((found, String::new()));
    }
    let fixed = fix(
        Arc::new(source),
        &Options::default(),
        (&config, &Scope::All),
        Applicability::Unsafe,
    )?;
    let text = fixed.repo.file("main.bicep").map(|it| it.text().to_owned());
    Ok((found, text.unwrap_or_default()))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "cs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The codes of rules by the name of their class.
fn codes(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for path in sources(folder)? {
        let source = fs::read_to_string(path)?;
        let word = |after: &str| {
            let (_, rest) = source.split_once(after)?;
            rest.split([' ', '"', '\r', '\n', ':']).next()
        };
        if let (Some(class), Some(code)) = (word(" class "), word("Code = \"")) {
            found.insert(class.to_owned(), code.to_owned());
        }
    }
    Ok(found)
}

fn code_of<'c>(source: &str, codes: &'c BTreeMap<String, String>) -> Option<&'c str> {
    let named = codes
        .iter()
        .filter(|(class, _)| source.contains(&format!("{class}.Code")));
    let mut named = named.map(|(_, code)| code.as_str());
    named.next().filter(|_| named.next().is_none())
}

fn cases(source: &str) -> Vec<Case> {
    let names = [
        "DataRow(",
        "CompileAndTest(",
        "AssertLinterRuleDiagnostics(",
        "AssertNoDiagnostics(",
        "AssertDiagnostics(",
        "AssertCodeFix(",
    ];
    let mut found = Vec::new();
    for name in names {
        for (at, _) in source.match_indices(name) {
            let rest = source.get(at + name.len()..).unwrap_or_default();
            let Some(mut arguments) = arguments(rest) else {
                continue;
            };
            match (name, arguments.as_slice()) {
                // A row with a text alone leaves the figure to the test below it.
                ("DataRow(", [Argument::Text(_)]) => arguments.extend(below(rest)),
                ("AssertNoDiagnostics(", _) => arguments.push(Argument::Number(0)),
                ("AssertDiagnostics(", [Argument::Text(_)]) => arguments.push(Argument::Number(1)),
                ("AssertCodeFix(", [Argument::Text(text), Argument::Text(fixed)]) => {
                    found.push(Case {
                        text: text.replacen('|', "", 1),
                        expected: 1,
                        fixed: Some(fixed.clone()),
                    });
                    continue;
                }
                _ => {}
            }
            found.extend(case(&arguments));
        }
    }
    found
}

/// The figure in the call that a test makes with its rows.
fn below(source: &str) -> Option<Argument> {
    let names = [
        "CompileAndTest(",
        "AssertLinterRuleDiagnostics(",
        "AssertDiagnostics(",
    ];
    let calls = names.into_iter();
    let (at, name) = calls.filter_map(|it| Some((source.find(it)?, it))).min()?;
    let mut passed = arguments(source.get(at + name.len()..)?)?;
    if name == "AssertDiagnostics(" && passed.len() == 1 {
        return Some(Argument::Number(1));
    }
    let is_figure = |it: &Argument| matches!(it, Argument::Number(_) | Argument::List(_));
    if let Some(at) = passed.iter().position(is_figure) {
        return Some(passed.swap_remove(at));
    }
    // A list of messages that the row does not fill is empty.
    let is_list = |it: &Argument| matches!(it, Argument::Other(it) if it.ends_with('s'));
    let listed = passed.iter().any(is_list);
    Some(if listed {
        Argument::Number(0)
    } else {
        Argument::Other(String::new())
    })
}

fn case(arguments: &[Argument]) -> Option<Case> {
    let mut texts = Vec::new();
    let mut expected = None;
    for argument in arguments {
        match argument {
            Argument::Text(text) => texts.push(text),
            Argument::Number(number) | Argument::List(number) => expected = Some(*number),
            // What the test sets besides, or computes, is not understood.
            Argument::Other(it) => {
                let plain = [".Code", "DisplayName", "OnCompileErrors."];
                let plain = plain.iter().any(|word| it.contains(word));
                let special = ["Patch", "Files", "Types", "Override"];
                if !plain || special.iter().any(|word| it.contains(word)) {
                    return None;
                }
            }
        }
    }
    let (text, messages) = texts.split_first()?;
    let several = messages.iter().any(|it| it.contains('\n'));
    // Tests of limits repeat a pattern.
    let pattern = text.contains('%') || text.contains("func newGuid") || text.contains("import");
    if several || pattern || text.is_empty() || expected.is_some() && !messages.is_empty() {
        return None;
    }
    Some(Case {
        text: (*text).clone(),
        expected: expected.unwrap_or(messages.len()),
        fixed: None,
    })
}

/// The arguments of a call, up to its closing parenthesis.
fn arguments(source: &str) -> Option<Vec<Argument>> {
    let mut found = Vec::new();
    let mut rest = source;
    loop {
        let (argument, after) = argument(rest)?;
        found.extend(argument);
        match after.chars().next()? {
            ',' => rest = after.get(1..)?,
            _ => return Some(found),
        }
    }
}

/// One argument and what follows it, from the comma or parenthesis on.
fn argument(source: &str) -> Option<(Option<Argument>, &str)> {
    let mut rest = source;
    let (mut text, mut code, mut depth, mut items) = (None, String::new(), 0, 0);
    loop {
        if let Some((literal, after)) = literal(rest) {
            if depth == 0 {
                text = Some(literal);
            }
            items += 1;
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix("//") {
            rest = after.get(after.find('\n')?..)?;
            continue;
        }
        let next = rest.chars().next()?;
        match next {
            ')' | ',' if depth == 0 => break,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        code.push(next);
        rest = rest.get(next.len_utf8()..)?;
    }
    let code = code.trim();
    let list =
        code.starts_with('[') || code.starts_with("new[]") || code.starts_with("new string[");
    let argument = match (text, code) {
        (Some(text), "") => Some(Argument::Text(text)),
        (None, "") => None,
        (None, number) if number.parse::<usize>().is_ok() => {
            Some(Argument::Number(number.parse().ok()?))
        }
        (None, _) if list => Some(Argument::List(items)),
        (_, other) => Some(Argument::Other(other.to_owned())),
    };
    Some((argument, rest))
}

/// The string a C# text begins with, and what follows.
fn literal(source: &str) -> Option<(String, &str)> {
    let quoted = source.trim_start_matches(['$', '@']);
    let marks = source.strip_suffix(quoted)?;
    let quotes = quoted.len() - quoted.trim_start_matches('"').len();
    if quotes >= 3 {
        let fence = "\"".repeat(quotes);
        let inner = quoted.get(quotes..)?;
        let end = inner.find(&fence)?;
        return Some((inner.get(..end)?.to_owned(), inner.get(end + quotes..)?));
    }
    let mut rest = quoted.strip_prefix('"')?;
    let mut text = String::new();
    loop {
        let next = rest.chars().next()?;
        let after = rest.get(next.len_utf8()..)?;
        match next {
            '"' if marks.contains('@') && after.starts_with('"') => {
                text.push('"');
                rest = after.get(1..)?;
            }
            '"' => return Some((text, after)),
            '\\' if !marks.contains('@') => {
                let escaped = after.chars().next()?;
                text.push(match escaped {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    other => other,
                });
                rest = after.get(escaped.len_utf8()..)?;
            }
            other => {
                text.push(other);
                rest = after;
            }
        }
    }
}
