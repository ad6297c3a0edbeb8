//! Code of other languages in a command line: what it would run, delete and write.
//!
//! No language is parsed. Texts in quotes are judged as commands and paths where the code holds
//! calls that run, delete or write; code that hides what it does is for a person to read.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::command::{Code, Shell};
use crate::judge::command_threats;
use crate::policy::Policy;
use crate::protection;
use crate::rules::{self, Sets, normal};
use crate::verdict::{Decision, Threat};

/// What calls look like in a language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    names: Vec<String>,
    /// Calls that run commands.
    #[serde(default)]
    runs: Vec<String>,
    /// Calls that delete.
    #[serde(default)]
    deletes: Vec<String>,
    /// Calls that write files.
    #[serde(default)]
    writes: Vec<String>,
    /// Calls behind which anything may be.
    #[serde(default)]
    hides: Vec<String>,
}

#[derive(Deserialize)]
struct Table {
    language: Vec<Language>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let text = include_str!("../../../rules/guard/languages.toml");
    toml::from_str::<Table>(text).map_or_else(|_| Vec::new(), |table| table.language)
});

/// What is said of code.
pub(crate) fn threats(code: &Code, policy: &Policy) -> Vec<Threat> {
    let known = |language: &&Language| language.names.contains(&code.program);
    let Some(language) = LANGUAGES.iter().find(known) else {
        return Vec::new();
    };
    let text = code.text.as_str();
    let has = |marks: &[String]| marks.iter().any(|mark| text.contains(mark.as_str()));
    let quoted = quoted(text);
    let mut threats = Vec::new();
    let mut tell = |rule: &str| threats.extend(rules::named(rule, text));
    if has(&language.hides) || text.contains(crate::leaf::UNKNOWN) && has(&language.runs) {
        tell("hidden-code");
    }
    if has(&language.deletes) {
        let ruins = quoted.iter().any(|path| ruins(path));
        tell(if ruins {
            "code-that-deletes-much"
        } else {
            "code-that-deletes"
        });
    }
    if has(&language.runs) {
        threats.extend(run(&quoted, policy));
        if quoted.is_empty() {
            threats.extend(rules::named("hidden-code", text));
        }
    }
    if has(&language.writes) || has(&language.deletes) {
        let found = quoted
            .iter()
            .filter_map(|path| protection::of(path, None, policy));
        threats.extend(found);
    }
    threats
}

/// Whether deleting this path loses more than a project's output.
fn ruins(path: &str) -> bool {
    let normal = normal(path, None);
    ["root", "home", "system"]
        .iter()
        .any(|set| Sets::known().contain(set, &normal))
        || matches!(path, "." | ".." | "./" | "../" | "*")
}

/// What the commands in quotes would do: each text alone, and all of them as the words of one.
fn run(quoted: &[String], policy: &Policy) -> Vec<Threat> {
    let mut threats = Vec::new();
    for text in quoted {
        threats.extend(command_threats(text, Shell::Posix, policy).1);
    }
    for start in 0..quoted.len().min(16) {
        let words: Vec<&str> = quoted.iter().skip(start).map(String::as_str).collect();
        threats.extend(command_threats(&words.join(" "), Shell::Posix, policy).1);
        threats.extend(command_threats(&words.concat(), Shell::Posix, policy).1);
    }
    threats
        .retain(|threat| threat.rule != "unreadable-command" || threat.decision == Decision::Deny);
    threats.dedup();
    threats
}

/// The texts in quotes, backslashes read as most languages do.
fn quoted(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut signs = text.chars();
    while let Some(open) = signs.next() {
        let close = match open {
            '\'' | '"' | '`' => open,
            _ => continue,
        };
        let mut literal = String::new();
        while let Some(sign) = signs.next() {
            if sign == close {
                break;
            }
            if sign == '\\' {
                literal.extend(signs.next());
            } else {
                literal.push(sign);
            }
        }
        if !literal.is_empty() {
            all.push(literal);
        }
    }
    all.extend(bracketed(text));
    all
}

/// Commands in `qx{…}`, `q(…)`, `%x(…)` of Perl and Ruby.
fn bracketed(text: &str) -> Vec<String> {
    let marks = ["qx", "%x", "qw", "qq", "q"];
    let pairs = [('{', '}'), ('(', ')'), ('[', ']'), ('/', '/'), ('|', '|')];
    let mut all = Vec::new();
    for mark in marks {
        for (_, after) in text
            .match_indices(mark)
            .filter_map(|(at, _)| text.split_at_checked(at + mark.len()))
        {
            let Some((_, close)) = pairs.iter().find(|(open, _)| after.starts_with(*open)) else {
                continue;
            };
            if let Some((inner, _)) = after.get(1..).and_then(|rest| rest.split_once(*close)) {
                all.push(inner.to_owned());
            }
        }
    }
    all
}
