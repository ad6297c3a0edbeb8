//! Rules about commands, read from their tables when a program they name is met.

mod matching;
mod paths;
mod sql;

use std::sync::LazyLock;

use serde::Deserialize;

use crate::command::{Grammar, Style};
use crate::leaf::Leaf;
use crate::policy::Policy;
use crate::verdict::{Decision, Severity, Threat};

pub(crate) use matching::{Setting, matches};
pub(crate) use paths::{Sets, like, normal};
pub(crate) use sql::looks_like_sql;

/// A rule about commands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Rule {
    /// Its slug.
    pub(crate) id: String,
    /// Programs it is about.
    pub(crate) programs: Vec<String>,
    /// Words with which the operands begin, one of them; `*` is any word, `**` any number.
    #[serde(default)]
    pub(crate) subcommands: Vec<String>,
    /// Options of which each must be there; `|` separates spellings of one.
    #[serde(default)]
    pub(crate) options: Vec<String>,
    /// Options none of which may be there.
    #[serde(default)]
    pub(crate) without: Vec<String>,
    /// Predicates of which some operand, after the subcommand, must satisfy one.
    #[serde(default)]
    pub(crate) operands: Vec<String>,
    /// Predicates of which some other operand must satisfy one.
    #[serde(default)]
    pub(crate) and_operands: Vec<String>,
    /// Predicates that no operand may satisfy.
    #[serde(default)]
    pub(crate) no_operands: Vec<String>,
    /// Predicates of which the last operand must satisfy one.
    #[serde(default)]
    pub(crate) last: Vec<String>,
    /// Predicates of which some word, be it a value of an option, must satisfy one.
    #[serde(default)]
    pub(crate) words: Vec<String>,
    /// How many operands there are at most.
    #[serde(default)]
    pub(crate) at_most: Option<usize>,
    /// How many operands there are at least.
    #[serde(default)]
    pub(crate) at_least: usize,
    /// Statements of SQL of which one must stand in its words or its input.
    #[serde(default)]
    pub(crate) sql: Vec<String>,
    /// Predicates of which the text it reads must satisfy one.
    #[serde(default)]
    pub(crate) input: Vec<String>,
    /// Whether another program must read what it writes.
    #[serde(default)]
    pub(crate) piped: bool,
    /// What it decides.
    pub(crate) decision: Decision,
    /// How much harm is done.
    pub(crate) severity: Severity,
    /// What to do instead.
    pub(crate) advice: String,
}

#[derive(Deserialize)]
struct RuleTable {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// How a program's words are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Program {
    names: Vec<String>,
    #[serde(default)]
    style: Style,
    #[serde(default)]
    values: String,
}

#[derive(Deserialize)]
struct ProgramTable {
    program: Vec<Program>,
}

macro_rules! tables {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../../rules/guard/", $name, ".toml")))),+]
    };
}

/// Categories and their tables.
const TABLES: [(&str, &str); 13] = tables![
    "bypass_safety",
    "credential_access",
    "database_destruction",
    "destructive_file_ops",
    "destructive_git_ops",
    "infra_destruction",
    "kubernetes_destruction",
    "network_exfiltration",
    "permission_abuse",
    "publishing",
    "self_protection",
    "system_danger",
    "unresolved",
];

const PROGRAMS: &str = include_str!("../../../rules/guard/programs.toml");

type Sections = Vec<(&'static str, &'static str)>;

static RULES: LazyLock<Vec<(&'static str, Sections)>> = LazyLock::new(|| {
    let indexed = |(category, text)| (category, sections(text, "[[rule]]", "programs"));
    TABLES.into_iter().map(indexed).collect()
});

static GRAMMARS: LazyLock<Sections> = LazyLock::new(|| sections(PROGRAMS, "[[program]]", "names"));

/// The sections of a table that begin with this header, each under every name that its line
/// `key = ["…"]` lists. Nothing else of it is read.
pub(crate) fn sections(text: &'static str, header: &str, key: &str) -> Sections {
    let mut all = Vec::new();
    let mut starts: Vec<usize> = text.match_indices(header).map(|(at, _)| at).collect();
    starts.push(text.len());
    for pair in starts.windows(2) {
        let [start, end] = pair else { continue };
        let Some(section) = text.get(*start..*end) else {
            continue;
        };
        let line = section
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = ["));
        for name in line.unwrap_or("").split('"').skip(1).step_by(2) {
            all.push((name, section));
        }
    }
    all.sort_by_key(|(name, _)| *name);
    all
}

/// The sections listed under a name.
pub(crate) fn sections_of<'s>(
    sections: &'s Sections,
    name: &str,
) -> impl Iterator<Item = &'static str> + use<'s> {
    let start = sections.partition_point(|(known, _)| *known < name);
    let end = sections.partition_point(|(known, _)| *known <= name);
    sections
        .get(start..end)
        .unwrap_or(&[])
        .iter()
        .map(|(_, section)| *section)
}

/// How a program's words are read.
pub(crate) fn grammar(program: &str) -> Grammar {
    let section = sections_of(&GRAMMARS, program).next();
    let table = section.and_then(|section| toml::from_str::<ProgramTable>(section).ok());
    let known = table.and_then(|table| table.program.into_iter().next());
    let known = known.filter(|known| known.names.iter().any(|name| name == program));
    match known {
        Some(known) => Grammar::of(known.style, &known.values),
        None if is_cmdlet(program) => Grammar::of(Style::PowerShell, ""),
        None => Grammar::default(),
    }
}

/// Whether a name looks like that of a command of `PowerShell`, as `get-item`.
fn is_cmdlet(program: &str) -> bool {
    const VERBS: [&str; 24] = [
        "get", "set", "new", "remove", "add", "clear", "invoke", "start", "stop", "restart",
        "test", "write", "out", "import", "export", "copy", "move", "rename", "update", "select",
        "where", "foreach", "publish", "register",
    ];
    program
        .split_once('-')
        .is_some_and(|(verb, _)| VERBS.contains(&verb))
}

/// The rules about a program with their categories.
fn rules_of(program: &str) -> impl Iterator<Item = (&'static str, Rule)> {
    RULES.iter().flat_map(move |(category, sections)| {
        let found: Vec<Rule> = sections_of(sections, program)
            .filter_map(|section| toml::from_str::<RuleTable>(section).ok())
            .flat_map(|table| table.rule)
            .filter(|rule| rule.programs.iter().any(|name| name == program))
            .collect();
        found.into_iter().map(|rule| (*category, rule))
    })
}

/// What the rules say of a program that is run.
pub(crate) fn threats(leaf: &Leaf, policy: &Policy) -> Vec<Threat> {
    let program = leaf.program();
    let mut rules = rules_of(&program).peekable();
    if rules.peek().is_none() {
        return Vec::new();
    }
    let setting = Setting::of(leaf, &grammar(&program), policy);
    if setting.asks_for_help(leaf) {
        return Vec::new();
    }
    let matched = rules.filter(|(_, rule)| matches(rule, leaf, &setting));
    let told = matched.map(|(category, rule)| threat(&rule, category, &leaf.words().join(" ")));
    told.collect()
}

/// What a rule that is about no program says of a text.
pub(crate) fn named(id: &str, matched: &str) -> Option<Threat> {
    TABLES.iter().find_map(|(category, text)| {
        let marker = format!("\nid = \"{id}\"\n");
        let at = text.find(&marker)?;
        let start = text.get(..at)?.rfind("[[rule]]")?;
        let rest = text.get(start..)?;
        let end = rest
            .get(1..)?
            .find("[[rule]]")
            .map_or(rest.len(), |end| end + 1);
        let table: RuleTable = toml::from_str(rest.get(..end)?).ok()?;
        let rule = table.rule.into_iter().next()?;
        Some(threat(&rule, category, matched))
    })
}

fn threat(rule: &Rule, category: &str, matched: &str) -> Threat {
    const LONGEST: usize = 200;
    let mut shown: String = matched.chars().take(LONGEST).collect();
    if shown.len() < matched.len() {
        shown.push('…');
    }
    Threat {
        rule: rule.id.clone(),
        category: category.to_owned(),
        severity: rule.severity,
        decision: rule.decision,
        matched: baton_secrets::redact_all(&shown).into_owned(),
        advice: rule.advice.clone(),
    }
}

#[cfg(test)]
mod tests;
