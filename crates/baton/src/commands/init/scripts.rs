//! `baton init --from-package-json`: which npm scripts have a counterpart here.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use baton_rules::CHECKS;
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;

use super::super::print;
use crate::exit::Verdict;
use crate::terminal::{Terminal, harmless};

/// Scripts that run others, and what runs the same here.
const AGGREGATES: [(&str, &str); 4] = [
    ("validate:all", "baton validate all"),
    ("validate:_node", "baton validate all --skip-external"),
    (
        "validate:_node-ci",
        "baton validate all --skip-external --profile ci",
    ),
    ("validate:_external", "baton validate all"),
];

/// Prints what each validator of a `package.json` is called here, and which have no name.
pub(super) fn compare(root: &Path) -> Result<Verdict> {
    let path = root.join("package.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let document = json::parse(&text, Dialect::Strict);
    if let Some(error) = document.errors.first() {
        bail!("`{}` is not JSON: {}", path.display(), error.message);
    }
    let scripts = document.root.as_ref().and_then(|root| root.get("scripts"));
    let names = scripts.map(Node::entries).unwrap_or_default().iter();
    let names = names.map(|entry| entry.key.as_str());
    let validators: Vec<&str> = names.filter(|name| is_validator(name)).collect();
    let (known, unknown): (Vec<&str>, Vec<&str>) = validators
        .iter()
        .partition(|name| counterpart(name).is_some());
    let width = known.iter().map(|name| name.len()).max().unwrap_or(0);
    let terminal = Terminal::stdout();
    print(|out| {
        for name in &known {
            let ours = counterpart(name).unwrap_or_default();
            writeln!(out, "{:<width$}  {}", harmless(name), terminal.name(&ours))?;
        }
        if !unknown.is_empty() {
            writeln!(out, "\n{}", terminal.bold("No counterpart:"))?;
        }
        for name in &unknown {
            writeln!(out, "  {}", harmless(name))?;
        }
        let (total, covered) = (validators.len(), known.len());
        writeln!(out, "\n{covered} of {total} validators have a counterpart.")
    })?;
    Ok(Verdict::Clean)
}

fn is_validator(name: &str) -> bool {
    ["validate:", "lint:", "check:"]
        .iter()
        .any(|group| name.starts_with(group))
}

/// What runs the same here.
fn counterpart(name: &str) -> Option<String> {
    let aggregate = AGGREGATES.iter().find(|(script, _)| *script == name);
    if let Some((_, ours)) = aggregate {
        return Some((*ours).to_owned());
    }
    let mut checks = CHECKS.iter();
    let check = checks.find(|check| check.name == name || check.aliases.contains(&name))?;
    let (group, short) = check.name.split_once(':')?;
    Some(match group {
        "validate" | "lint" => format!("baton {group} {short}"),
        _ => format!("baton check --select {}", check.name),
    })
}

#[cfg(test)]
mod tests {
    use super::counterpart;

    #[test]
    fn scripts_have_the_names_of_checks() {
        let ours = |name| counterpart(name);
        assert_eq!(
            ours("lint:h2-sync").as_deref(),
            Some("baton validate artifacts")
        );
        assert_eq!(ours("lint:python").as_deref(), Some("baton lint python"));
        assert_eq!(ours("validate:all").as_deref(), Some("baton validate all"));
        assert_eq!(ours("validate:weather"), None);
    }
}
