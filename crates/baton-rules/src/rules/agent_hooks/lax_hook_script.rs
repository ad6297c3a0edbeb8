//! Scripts of hooks end at the first failure.

use std::collections::BTreeSet;

use baton_repo::agent_hooks::calls;

use crate::support::agent_hooks::{conventions, ends_in, scripts};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !conventions(ctx).strict_mode {
        return;
    }
    let mut seen = BTreeSet::new();
    for used in scripts(ctx) {
        let script = used.text(ctx);
        let shell = script.filter(|script| ends_in(script.path.as_str(), "sh"));
        let Some(script) = shell.filter(|script| !is_strict(script.text())) else {
            continue;
        };
        if seen.insert(script.id) {
            out.report(
                script.whole(),
                "the script of a hook goes on after a failure",
            )
            .label(used.file.at(used.command), "the hook that runs it")
            .help("Write `set -euo pipefail` at its top.");
        }
    }
}

/// Whether a script sets `errexit`, `nounset` and `pipefail`.
fn is_strict(text: &str) -> bool {
    let mut missing = BTreeSet::from(["errexit", "nounset", "pipefail"]);
    // What cannot be read as shell is read line by line.
    let mut sets: Vec<Vec<Option<String>>> =
        calls(text).into_iter().map(|call| call.words).collect();
    if sets.is_empty() {
        let lines = text
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("set "));
        let words = |line: &str| {
            line.split_whitespace()
                .map(|word| Some(word.to_owned()))
                .collect()
        };
        sets.extend(lines.map(words));
    }
    for words in sets {
        let words: Vec<&str> = words.iter().map_while(Option::as_deref).collect();
        let ["set", options @ ..] = words.as_slice() else {
            continue;
        };
        for option in options {
            missing.remove(*option);
            let flags = option.strip_prefix('-').unwrap_or("");
            missing.retain(|name| match *name {
                "errexit" => !flags.contains('e'),
                "nounset" => !flags.contains('u'),
                _ => true,
            });
        }
    }
    missing.is_empty()
}
