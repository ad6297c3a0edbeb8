//! House limits that no other tool checks.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use walkdir::WalkDir;

use crate::{document, generate};

const LONGEST: usize = 400;

/// Modules a pure crate may not name.
const IMPURE: [&str; 6] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::time",
    "std::thread",
    "git2",
];

/// Fails with every breach of a house limit.
pub fn check(root: &Path) -> Result<()> {
    let breaches = breaches(root)?;
    if breaches.is_empty() {
        return Ok(());
    }
    bail!("{}", breaches.join("\n"))
}

/// Every breach of a house limit, as a sentence with the place first.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    sources(root, &mut breaches)?;
    rules(root, &mut breaches)?;
    Ok(breaches)
}

fn sources(root: &Path, breaches: &mut Vec<String>) -> Result<()> {
    let folders = ["crates", "xtask"].map(|folder| root.join(folder));
    for entry in folders.iter().flat_map(WalkDir::new) {
        let entry = entry?;
        let path = entry
            .path()
            .strip_prefix(root)?
            .to_string_lossy()
            .replace('\\', "/");
        let is_rust = entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "rs");
        if !is_rust || !entry.file_type().is_file() || path.contains("/examples/") {
            continue;
        }
        if path.ends_with("/mod.rs") {
            breaches.push(format!(
                "{path}: modules are `name.rs` beside a folder, never `mod.rs`"
            ));
        }
        let text = fs::read_to_string(entry.path())?;
        if !text.starts_with("//!") {
            breaches.push(format!("{path}: begin with `//!`: what the module is for"));
        }
        let is_test =
            path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("_test.rs");
        let lines = text.lines().count();
        if !is_test && path != generate::TABLE && lines > LONGEST {
            breaches.push(format!(
                "{path}: {lines} lines, {LONGEST} are allowed; split it by idea"
            ));
        }
        let is_pure =
            path.starts_with("crates/baton-rules/") || path.starts_with("crates/baton-iac/");
        if is_pure && path.contains("/src/") && !is_test {
            impure(&path, &text, breaches);
        }
    }
    Ok(())
}

fn impure(path: &str, text: &str, breaches: &mut Vec<String>) {
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        if code.contains("std::{") {
            let place = number + 1;
            breaches.push(format!(
                "{path}:{place}: name what is used of `std` line by line"
            ));
        }
        for module in IMPURE.iter().filter(|module| code.contains(**module)) {
            breaches.push(format!("{path}:{}: `{module}` in a pure crate", number + 1));
        }
    }
}

fn rules(root: &Path, breaches: &mut Vec<String>) -> Result<()> {
    let documents = document::read_all(root)?;
    for pair in documents.windows(2) {
        if let [first, second] = pair
            && first.slug == second.slug
        {
            breaches.push(format!(
                "{}: the slug is taken by {}",
                second.path, first.path
            ));
        }
    }
    for rule in &documents {
        let module = match rule.code.as_deref() {
            Some("checker" | "external") => continue,
            Some(code) => code.to_owned(),
            None => rule.slug.replace('-', "_"),
        };
        let folder = rule.family.replace('-', "_");
        let code = format!("crates/baton-rules/src/rules/{folder}/{module}.rs");
        if !root.join(&code).is_file() {
            breaches.push(format!("{}: there is no {code}", rule.path));
        }
        for prefix in ["no-", "check-"] {
            if rule.slug.starts_with(prefix) {
                breaches.push(format!(
                    "{}: a slug names the problem, without `{prefix}`",
                    rule.path
                ));
            }
        }
    }
    let current = fs::read_to_string(root.join(generate::TABLE)).unwrap_or_default();
    if current != generate::table(root)? {
        breaches.push(format!(
            "{}: is out of date; run `cargo xtask gen`",
            generate::TABLE
        ));
    }
    Ok(())
}
