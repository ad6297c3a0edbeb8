//! Whether a rule is about a command.

use super::Rule;
use super::paths::{Sets, like, normal};
use super::sql;
use crate::command::{Grammar, Reading, Style, read};
use crate::leaf::{Arg, Input, Leaf};
use crate::policy::Policy;
use crate::protection;

/// A command as rules look at it.
pub(crate) struct Setting<'p> {
    reading: Reading,
    style: Style,
    policy: &'p Policy,
    folder: Option<String>,
}

impl<'p> Setting<'p> {
    /// Whether the command only shows its help: that is the last word, and no value of an option.
    pub(crate) fn asks_for_help(&self, leaf: &Leaf) -> bool {
        let [.., before, last] = leaf.argv.as_slice() else {
            return false;
        };
        let short = self.style == Style::Verb && last.text == "-h";
        let asked = short || matches!(last.text.as_str(), "--help" | "-help");
        asked
            && !before.text.starts_with('-')
            && self
                .reading
                .options
                .last()
                .is_some_and(|option| option.name == last.text || self.style == Style::Go)
    }

    /// Reads the words of a command.
    pub(crate) fn of(leaf: &Leaf, grammar: &Grammar, policy: &'p Policy) -> Setting<'p> {
        Setting {
            reading: read(leaf.argv.get(1..).unwrap_or(&[]), grammar),
            style: grammar.style,
            policy,
            folder: leaf.folder.clone(),
        }
    }
}

/// Whether a rule is about a command.
pub(crate) fn matches(rule: &Rule, leaf: &Leaf, setting: &Setting<'_>) -> bool {
    let Some(operands) = after_subcommand(rule, &setting.reading.operands) else {
        return false;
    };
    if rule.piped && !leaf.piped {
        return false;
    }
    let count = operands.len();
    if count < rule.at_least || rule.at_most.is_some_and(|most| count > most) {
        return false;
    }
    let has = |spec: &String| has_option(spec, setting);
    rule.options.iter().all(has)
        && !rule.without.iter().any(has)
        && some(&rule.operands, operands, setting)
        && some(&rule.and_operands, operands, setting)
        && some(
            &rule.last,
            operands.get(count.saturating_sub(1)..).unwrap_or(&[]),
            setting,
        )
        && !operands
            .iter()
            .any(|operand| any(&rule.no_operands, operand, setting))
        && some(&rule.words, leaf.argv.get(1..).unwrap_or(&[]), setting)
        && reads(rule, leaf)
        && says_sql(rule, leaf, setting)
}

/// The operands after the subcommand that a rule is about.
fn after_subcommand<'o>(rule: &Rule, operands: &'o [Arg]) -> Option<&'o [Arg]> {
    if rule.subcommands.is_empty() {
        return Some(operands);
    }
    let rests = rule.subcommands.iter().filter_map(|wanted| {
        let wanted: Vec<&str> = wanted.split(' ').collect();
        let length = subcommand(&wanted, operands)?;
        operands.get(length..)
    });
    rests.min_by_key(|rest| rest.len())
}

/// How many operands a subcommand takes up.
fn subcommand(wanted: &[&str], operands: &[Arg]) -> Option<usize> {
    let Some((first, rest)) = wanted.split_first() else {
        return Some(0);
    };
    if *first == "**" {
        let lengths = (0..=operands.len()).rev();
        return lengths.into_iter().find_map(|skipped| {
            subcommand(rest, operands.get(skipped..)?).map(|length| length + skipped)
        });
    }
    let (operand, after) = operands.split_first()?;
    let same = first.split('|').any(|name| like(name, &operand.text));
    if same {
        subcommand(rest, after).map(|length| length + 1)
    } else {
        None
    }
}

/// Whether an option is there in one of its spellings.
fn has_option(spec: &str, setting: &Setting<'_>) -> bool {
    spec.split('|').any(|spelling| {
        let (name, value) = match spelling.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (spelling, None),
        };
        setting.reading.options.iter().any(|option| {
            same_option(name, &option.name, setting.style)
                && value.is_none_or(|wanted| {
                    option
                        .value
                        .as_ref()
                        .is_some_and(|given| given_value(wanted, given, setting))
                })
        })
    })
}

fn given_value(wanted: &str, given: &Arg, setting: &Setting<'_>) -> bool {
    satisfies(wanted, given, setting)
}

/// Whether what was written is this option, cut short where the program allows that.
fn same_option(name: &str, written: &str, style: Style) -> bool {
    match style {
        Style::Gnu | Style::Verb | Style::Leading => {
            let cut = written.len() > 2 && written.starts_with("--") && name.starts_with(written);
            written == name || cut
        }
        Style::Go | Style::Long => written == name,
        Style::PowerShell => {
            let (name, written) = (name.to_lowercase(), written.to_lowercase());
            written == name || (written.len() > 1 && name.starts_with(&written))
        }
        Style::Dos => written.eq_ignore_ascii_case(name) || like(&format!("{name}:*"), written),
    }
}

/// Whether no predicate is asked for, or some word satisfies one.
fn some(predicates: &[String], words: &[Arg], setting: &Setting<'_>) -> bool {
    predicates.is_empty() || words.iter().any(|word| any(predicates, word, setting))
}

fn any(predicates: &[String], word: &Arg, setting: &Setting<'_>) -> bool {
    predicates
        .iter()
        .any(|predicate| satisfies(predicate, word, setting))
}

/// Whether a word satisfies a predicate: `@set` of paths, `!unknown`, `=exact`, or a text in
/// which `*` stands for anything.
fn satisfies(predicate: &str, word: &Arg, setting: &Setting<'_>) -> bool {
    if let Some(exact) = predicate.strip_prefix('=') {
        return word.text == exact;
    }
    if let Some(set) = predicate
        .strip_prefix('@')
        .filter(|set| Sets::known().has(set))
    {
        return in_set(set, word, setting);
    }
    match predicate {
        "!unknown" => word.is_unknown(),
        "!partly-unknown" => !word.is_known(),
        "!protected" => protection::of(&word.text, folder(setting), setting.policy).is_some(),
        "!above-protected" => protection::above(&word.text, folder(setting)),
        _ => like(predicate, &word.text),
    }
}

fn folder<'s>(setting: &'s Setting<'_>) -> Option<&'s str> {
    setting.folder.as_deref()
}

/// Whether a word names a path of a set; a pattern in its first name may match any of them.
fn in_set(set: &str, word: &Arg, setting: &Setting<'_>) -> bool {
    let path = word.text.trim_start_matches('@');
    let path = match path.split_once('=') {
        Some((name, value)) if !name.contains('/') => value.trim_start_matches('@'),
        _ => path,
    };
    let normal = normal(path, folder(setting));
    if Sets::known().contain(set, &normal) {
        return true;
    }
    let whole = normal
        .strip_prefix('/')
        .is_some_and(|rest| !rest.contains('/'));
    set == "root" && word.glob && whole && normal.contains(['*', '?', '['])
}

/// Whether a command reads what a rule asks for.
fn reads(rule: &Rule, leaf: &Leaf) -> bool {
    if rule.input.is_empty() {
        return true;
    }
    match &leaf.input {
        Input::Text(text) => rule.input.iter().any(|wanted| like(wanted, text)),
        Input::Download => rule.input.iter().any(|wanted| wanted == "@download"),
        Input::Output => rule.input.iter().any(|wanted| wanted == "@output"),
        Input::None | Input::File(_) => false,
    }
}

/// Whether SQL that a rule asks for stands in the words or the input of a command.
fn says_sql(rule: &Rule, leaf: &Leaf, setting: &Setting<'_>) -> bool {
    if rule.sql.is_empty() {
        return true;
    }
    let says = |text: &str| {
        let found = sql::statements(text);
        found
            .iter()
            .any(|found| rule.sql.iter().any(|wanted| wanted == found.name()))
    };
    let input = match &leaf.input {
        Input::Text(text) => says(text),
        _ => false,
    };
    let word = |arg: &Arg| {
        says(&arg.text)
            || arg
                .text
                .split_once('=')
                .is_some_and(|(_, value)| says(value))
    };
    let values = setting
        .reading
        .options
        .iter()
        .filter_map(|option| option.value.as_ref());
    input || leaf.argv.iter().skip(1).any(word) || values.into_iter().any(word)
}
