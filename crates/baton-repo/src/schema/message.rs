//! What a broken schema keyword means, in words.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::places::decode;

/// More allowed values than this are not listed.
const MOST_OPTIONS: usize = 12;

/// What a sentence calls the value at a JSON pointer.
pub(super) fn subject(pointer: &str) -> String {
    let Some((parent, last)) = pointer.rsplit_once('/') else {
        return "the document".to_owned();
    };
    let name = decode(last);
    let Ok(index) = name.parse::<usize>() else {
        return format!("`{name}`");
    };
    match parent.rsplit_once('/') {
        Some((_, name)) => format!("item {} of `{}`", index + 1, decode(name)),
        None => format!("item {}", index + 1),
    }
}

/// What is wrong with the value that a sentence calls `subject`.
pub(super) fn of(subject: &str, error: &ValidationError<'_>) -> String {
    let found = error.instance();
    match error.kind() {
        Kind::Type {
            kind: TypeKind::Single(JsonType::Integer),
        } if found.is_number() => format!("{subject} must be a whole number, not {found}"),
        Kind::Type { kind } => format!("{subject} must be {}, not {}", types(kind), a_value(found)),
        Kind::Enum { options } => format!(
            "{subject} must be {}, not {}",
            one_of(options),
            shown(found)
        ),
        Kind::Constant { expected_value } => {
            format!(
                "{subject} must be {}, not {}",
                shown(expected_value),
                shown(found)
            )
        }
        Kind::Pattern { pattern } => {
            format!(
                "{subject} is {}, which does not match `{pattern}`",
                shown(found)
            )
        }
        Kind::Format { format } => {
            format!(
                "{subject} is {}, which is not {}",
                shown(found),
                a_format(format)
            )
        }
        Kind::FalseSchema => format!("{subject} is not allowed here"),
        Kind::UniqueItems => format!("{subject} has the same item more than once"),
        Kind::Contains => format!("{subject} has no item of the kind it needs"),
        Kind::Not { .. } => format!("{subject} has a form that is not allowed"),
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => {
            format!("{subject} has none of the forms that are allowed")
        }
        Kind::OneOfMultipleValid { .. } => {
            format!("{subject} has more than one of the forms of which exactly one is allowed")
        }
        Kind::AdditionalItems { limit } => format!("{subject} has more than {limit} items"),
        Kind::UnevaluatedItems { .. } => format!("{subject} has items that are not allowed"),
        kind => {
            of_size(subject, kind, found).unwrap_or_else(|| format!("{subject} is wrong: {error}"))
        }
    }
}

/// Why a schema cannot be used.
pub(super) fn of_schema(error: &ValidationError<'_>) -> String {
    if let Kind::Referencing(problem) = error.kind() {
        return format!("the schema refers to what is not in it: {problem}");
    }
    let subject = subject(error.instance_path().as_str());
    format!("this is no JSON schema: {}", of(&subject, error))
}

fn of_size(subject: &str, kind: &Kind, found: &Value) -> Option<String> {
    let at_least = |limit: u64, what: &str| {
        let s = if limit == 1 { "" } else { "s" };
        format!("{subject} needs at least {limit} {what}{s}")
    };
    let at_most = |limit: u64, what: &str| {
        let s = if limit == 1 { "" } else { "s" };
        format!("{subject} has more than {limit} {what}{s}")
    };
    Some(match kind {
        Kind::MinLength { limit: 1 }
        | Kind::MinItems { limit: 1 }
        | Kind::MinProperties { limit: 1 } => format!("{subject} must not be empty"),
        Kind::MinLength { limit } => at_least(*limit, "character"),
        Kind::MaxLength { limit } => at_most(*limit, "character"),
        Kind::MinItems { limit } => at_least(*limit, "item"),
        Kind::MaxItems { limit } => at_most(*limit, "item"),
        Kind::MinProperties { limit } => at_least(*limit, "key"),
        Kind::MaxProperties { limit } => at_most(*limit, "key"),
        Kind::Minimum { limit } => format!("{subject} must be at least {limit}, not {found}"),
        Kind::Maximum { limit } => format!("{subject} must be at most {limit}, not {found}"),
        Kind::ExclusiveMinimum { limit } => {
            format!("{subject} must be greater than {limit}, not {found}")
        }
        Kind::ExclusiveMaximum { limit } => {
            format!("{subject} must be less than {limit}, not {found}")
        }
        Kind::MultipleOf { multiple_of } => {
            format!("{subject} must be a multiple of {multiple_of}, not {found}")
        }
        _ => return None,
    })
}

fn types(kind: &TypeKind) -> String {
    let words: Vec<&str> = match kind {
        TypeKind::Single(one) => vec![a_type(*one)],
        TypeKind::Multiple(several) => several.into_iter().map(a_type).collect(),
    };
    alternatives(&words)
}

fn a_type(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "a string",
        JsonType::Array => "a list",
        JsonType::Object => "an object",
    }
}

fn a_value(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn a_format(format: &str) -> String {
    let known = match format {
        "date-time" => "a date with time such as `2026-01-31T12:00:00Z`",
        "date" => "a date such as `2026-01-31`",
        "time" => "a time such as `12:00:00Z`",
        "duration" => "a duration such as `P1D`",
        "uri" | "iri" => "an absolute URI",
        "uri-reference" | "iri-reference" => "a URI",
        "email" | "idn-email" => "an e-mail address",
        "hostname" | "idn-hostname" => "a host name",
        "ipv4" => "an IPv4 address",
        "ipv6" => "an IPv6 address",
        "uuid" => "a UUID",
        "regex" => "a regular expression",
        "json-pointer" => "a JSON pointer",
        _ => return format!("of the format `{format}`"),
    };
    known.to_owned()
}

/// A short value as it is; of anything longer the kind.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) if text.chars().count() <= 60 => format!("`{text}`"),
        Value::Null | Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        other => a_value(other).to_owned(),
    }
}

fn one_of(options: &Value) -> String {
    let options = options.as_array().map_or(&[][..], Vec::as_slice);
    if options.len() > MOST_OPTIONS {
        return format!("one of the {} values that are allowed", options.len());
    }
    let options: Vec<String> = options.iter().map(shown).collect();
    alternatives(&options)
}

/// `a`, `a or b`, `a, b or c`.
fn alternatives(words: &[impl AsRef<str>]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}
