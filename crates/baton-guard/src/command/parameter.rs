//! `$name` and `${…}`, as far as a script says what they hold.

use baton_syntax::shell::{Parameter, Part, PartKind};

use super::expand::{Choices, Ground, whole};
use crate::leaf::{Arg, UNKNOWN};

/// Whether it stands for all positional parameters, or all values of an array.
pub(crate) fn is_all(parameter: &Parameter) -> bool {
    parameter.name == "@" || subscript(parameter).as_deref() == Some("@")
}

/// The words it stands for, when it stands for several.
pub(crate) fn words(parameter: &Parameter, ground: Ground<'_, '_>) -> Option<Vec<Arg>> {
    if !parameter.prefix.is_empty() || !parameter.operator.is_empty() {
        return None;
    }
    if matches!(parameter.name.as_str(), "@" | "*") {
        let unknown = || vec![Arg::unknown()];
        return Some(ground.scope.positional.clone().unwrap_or_else(unknown));
    }
    let array = ground.scope.names.arrays.get(&parameter.name)?;
    match subscript(parameter).as_deref() {
        Some("@" | "*") => Some(array.clone()),
        Some(at) => {
            let at: usize = at.parse().ok()?;
            Some(array.get(at).cloned().into_iter().collect())
        }
        None => Some(array.first().cloned().into_iter().collect()),
    }
}

fn subscript(parameter: &Parameter) -> Option<String> {
    let parts = parameter.subscript.as_ref()?;
    match parts.as_slice() {
        [
            Part {
                kind: PartKind::Literal(text),
                ..
            },
        ] => Some(text.clone()),
        [
            Part {
                kind: PartKind::Glob(_),
                ..
            },
        ] => Some("*".to_owned()),
        _ => None,
    }
}

/// The text it stands for.
pub(crate) fn text(parameter: &Parameter, ground: Ground<'_, '_>, choices: &mut Choices) -> String {
    let name = parameter.name.as_str();
    let argument = |choices: &mut Choices| whole(&parameter.argument, ground, choices);
    let value = value(name, ground, choices);
    match (parameter.prefix.as_str(), parameter.operator.as_str()) {
        ("", "") => words(parameter, ground).map_or(value, |words| joined(&words)),
        ("!", "") if !value.contains(UNKNOWN) => {
            choices.pick(&value, ground.scope.names.values(&value))
        }
        ("", ":-" | "-" | ":=" | "=") => {
            if value.contains(UNKNOWN) || value.is_empty() {
                argument(choices)
            } else {
                value
            }
        }
        ("", ":+" | "+") => argument(choices),
        ("", ":?" | "?") => value,
        ("", operator) if !value.contains(UNKNOWN) => {
            let argument = argument(choices);
            changed(&value, operator, &argument).unwrap_or_else(|| UNKNOWN.to_string())
        }
        _ => UNKNOWN.to_string(),
    }
}

fn joined(words: &[Arg]) -> String {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    texts.join(" ")
}

/// The value of a variable or positional parameter.
fn value(name: &str, ground: Ground<'_, '_>, choices: &mut Choices) -> String {
    let Ok(at) = name.parse::<usize>() else {
        return choices.pick(name, ground.scope.names.values(name));
    };
    match (&ground.scope.positional, at.checked_sub(1)) {
        (Some(words), Some(at)) => words
            .get(at)
            .map_or_else(String::new, |arg| arg.text.clone()),
        (_, None) => ground
            .scope
            .zero
            .clone()
            .unwrap_or_else(|| UNKNOWN.to_string()),
        (None, Some(_)) => UNKNOWN.to_string(),
    }
}

/// What an operator makes of a value; `None` for those that only a shell can tell.
fn changed(value: &str, operator: &str, argument: &str) -> Option<String> {
    if argument.contains(UNKNOWN) {
        return None;
    }
    match operator {
        ":" => cut(value, argument),
        "#" | "##" => Some(
            value
                .strip_prefix(literal(argument)?)
                .unwrap_or(value)
                .to_owned(),
        ),
        "%" | "%%" => Some(
            value
                .strip_suffix(literal(argument)?)
                .unwrap_or(value)
                .to_owned(),
        ),
        "/" | "//" => {
            let (old, new) = argument.split_once('/').unwrap_or((argument, ""));
            let old = literal(old).filter(|old| !old.is_empty())?;
            let count = if operator == "/" { 1 } else { usize::MAX };
            Some(value.replacen(old, new, count))
        }
        "," | ",," => Some(value.to_lowercase()),
        "^" | "^^" => Some(value.to_uppercase()),
        _ => None,
    }
}

/// A pattern that is only text.
fn literal(pattern: &str) -> Option<&str> {
    (!pattern.contains(['*', '?', '['])).then_some(pattern)
}

/// `${name:from:length}`.
fn cut(value: &str, argument: &str) -> Option<String> {
    let (from, length) = match argument.split_once(':') {
        Some((from, length)) => (from, Some(length)),
        None => (argument, None),
    };
    let count = value.chars().count();
    let from: isize = from.trim().parse().ok()?;
    let from = if from < 0 {
        count.saturating_sub(from.unsigned_abs())
    } else {
        from.unsigned_abs()
    };
    let rest = value.chars().skip(from);
    match length {
        None => Some(rest.collect()),
        Some(length) => Some(rest.take(length.trim().parse().ok()?).collect()),
    }
}
