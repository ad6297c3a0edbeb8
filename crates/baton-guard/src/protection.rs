//! Files on which the guard itself, hooks, policies and builds depend.

use std::sync::LazyLock;

use baton_syntax::glob;
use serde::Deserialize;

use crate::policy::Policy;
use crate::rules::normal;
use crate::verdict::{Decision, Severity, Threat};

/// A group of files that agents must not change by themselves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Group {
    /// Its slug.
    id: String,
    /// Where they lie, from the end of a path; `/**` takes in all below.
    paths: Vec<String>,
    /// What an edit must mention to count; empty when every edit does.
    #[serde(default)]
    mentions: Vec<String>,
    decision: Decision,
    severity: Severity,
    advice: String,
}

#[derive(Deserialize)]
struct Table {
    group: Vec<Group>,
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let text = include_str!("../../../rules/guard/protected.toml");
    toml::from_str::<Table>(text).map_or_else(|_| Vec::new(), |table| table.group)
});

/// What is said of a change of this file, if it is protected.
pub(crate) fn of(path: &str, folder: Option<&str>, policy: &Policy) -> Option<Threat> {
    edit(path, folder, (policy, None))
}

/// The same for an edit whose texts are known.
pub(crate) fn edit(
    path: &str,
    folder: Option<&str>,
    (policy, texts): (&Policy, Option<&str>),
) -> Option<Threat> {
    let normal = normal(path, folder);
    let group = GROUPS.iter().find(|group| {
        let mentions = texts.is_none_or(|texts| {
            group.mentions.is_empty() || group.mentions.iter().any(|key| texts.contains(key))
        });
        mentions && group.paths.iter().any(|pattern| lies(pattern, &normal))
    });
    if let Some(group) = group {
        return Some(group.threat(path));
    }
    let own = policy
        .protected
        .iter()
        .any(|pattern| own_pattern(pattern, &normal));
    own.then(|| Threat {
        rule: "edit-of-protected-file".to_owned(),
        category: "self_protection".to_owned(),
        severity: Severity::High,
        decision: Decision::Deny,
        matched: path.to_owned(),
        advice: "The policy protects this file: ask its owner to change it.".to_owned(),
    })
}

/// Whether a folder holds protected files.
pub(crate) fn above(path: &str, folder: Option<&str>) -> bool {
    const ABOVE: [&str; 6] = [
        ".github", ".claude", ".git", ".husky", ".vscode", ".copilot",
    ];
    let normal = normal(path, folder);
    let last = normal.rsplit('/').next().unwrap_or("");
    ABOVE.iter().any(|name| last.eq_ignore_ascii_case(name))
}

/// Whether a path ends as a pattern says.
fn lies(pattern: &str, path: &str) -> bool {
    let path = format!("/{}", path.trim_start_matches('/').to_lowercase());
    let pattern = pattern.to_lowercase();
    let below = pattern.strip_suffix("/**");
    let wanted: Vec<&str> = below.unwrap_or(&pattern).split('/').collect();
    let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
    let mut places = names.windows(wanted.len()).enumerate();
    places.any(|(at, place)| {
        let ends = below.is_some() || at + wanted.len() == names.len();
        ends && place
            .iter()
            .zip(&wanted)
            .all(|(name, wanted)| named(wanted, name))
    })
}

/// Whether a name is the wanted one; wildcards on either side may stand for it.
fn named(wanted: &str, name: &str) -> bool {
    let simple = |pattern: &str, text: &str| match pattern.split_once('*') {
        Some((start, end)) => {
            text.len() >= start.len() + end.len() && text.starts_with(start) && text.ends_with(end)
        }
        None => pattern == text,
    };
    simple(wanted, name) || (name.len() > 1 && simple(name, wanted))
}

/// Whether a pattern of the policy covers a path.
fn own_pattern(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_start_matches("./");
    glob::matches(pattern, path).unwrap_or(false) || lies(pattern, path)
}

impl Group {
    fn threat(&self, path: &str) -> Threat {
        Threat {
            rule: self.id.clone(),
            category: "self_protection".to_owned(),
            severity: self.severity,
            decision: self.decision,
            matched: crate::leaf::shown(path),
            advice: self.advice.clone(),
        }
    }
}
