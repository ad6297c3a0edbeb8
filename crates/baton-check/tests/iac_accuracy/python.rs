//! What the tests of Checkov say, read from their Python.

use std::sync::LazyLock;

use regex::Regex;

#[expect(clippy::unwrap_used, reason = "the patterns are ours")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static IMPORT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"from (checkov\.[\w.]+\.checks\.[\w.]+) import \w+"));
static ID: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?:\bid|check_id)\s*=\s*['"](CKV2?_[A-Z]+_\d+)"#));
static FOLDER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(example_\w+)"));
static SET: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)(pass|fail)\w*\s*=\s*(?:set\()?[\[{(]([^\]})]*)[\]})]"));
static TEXT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?m)^[^#\n]*?['"]([^'"\n]+)['"]"#));
static ITEM: LazyLock<Regex> = LazyLock::new(|| pattern(r#"['"]([^'"\n]+)['"]"#));
static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?s)hcl2\.loads\(\s*(?:"""(.*?)"""|'''(.*?)''')|CheckResult\.(PASSED|FAILED)|\[['"](azurerm_\w+)['"]\]\[['"]([\w-]+)['"]\]"#,
    )
});

/// The file of the check that a test is for.
pub(crate) fn check(test: &str) -> Option<String> {
    let module = IMPORT.captures(test)?.get(1)?.as_str();
    Some(format!("{}.py", module.replace('.', "/")))
}

/// The id in the file of a check.
pub(crate) fn id(check: &str) -> Option<String> {
    Some(ID.captures(check)?.get(1)?.as_str().to_owned())
}

/// The folder of examples that a test reads.
pub(crate) fn folder(test: &str) -> Option<String> {
    Some(FOLDER.captures(test)?.get(1)?.as_str().to_owned())
}

/// The resources that pass and those that fail.
pub(crate) fn resources(test: &str) -> (Vec<String>, Vec<String>) {
    let (mut pass, mut fail) = (Vec::new(), Vec::new());
    for set in SET.captures_iter(test) {
        let list = match set.get(1).map(|kind| kind.as_str()) {
            Some("pass") => &mut pass,
            _ => &mut fail,
        };
        let names = set.get(2).map_or("", |names| names.as_str());
        for line in names.lines().filter(|line| TEXT.is_match(line)) {
            let code = line.split(" #").next().unwrap_or(line);
            let items = ITEM.captures_iter(code);
            list.extend(items.filter_map(|item| Some(item.get(1)?.as_str().to_owned())));
        }
    }
    (pass, fail)
}

/// Examples inside a test: the text, the resource that is judged, and whether it passes.
pub(crate) fn inline(test: &str) -> Vec<(String, String, bool)> {
    let mut examples = Vec::new();
    let mut text: Option<String> = None;
    let mut judged = String::new();
    for found in INLINE.captures_iter(test) {
        if let Some(verdict) = found.get(3) {
            if let Some(text) = text.take().filter(|_| !judged.is_empty()) {
                let passes = verdict.as_str() == "PASSED";
                examples.push((text, std::mem::take(&mut judged), passes));
            }
        } else if let (Some(kind), Some(name)) = (found.get(4), found.get(5)) {
            judged = format!("{}.{}", kind.as_str(), name.as_str());
        } else {
            let example = found.get(1).or_else(|| found.get(2));
            text = example.map(|example| example.as_str().to_owned());
        }
    }
    examples
}
