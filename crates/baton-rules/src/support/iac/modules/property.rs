//! From a property to its parameter.

use baton_iac::evaluate::Known;

use super::version::{self, Version};
use super::{Given, Mapped, Otherwise, Row, Translation, VirtualResource, given};

type Ask<'a> = &'a dyn Fn(&[&str]) -> Given;

/// Where the property at `path` comes from: the rows of the longest path that leads there decide.
pub(super) fn property<'m>(
    resource: &'m VirtualResource,
    path: &[&'m str],
    version: Option<&str>,
    given: Ask<'_>,
) -> Mapped<'m> {
    let leads = |row: &&Row| row.segments().count() <= path.len() && is_prefix(row, path);
    let longest = resource.properties.iter().filter(leads);
    let Some(length) = longest.map(|row| row.segments().count()).max() else {
        return Mapped::Unmapped;
    };
    let rows = resource.properties.iter().filter(leads);
    let rows: Vec<&Row> = rows
        .filter(|row| row.segments().count() == length)
        .collect();
    let rest = path.get(length..).unwrap_or_default();
    let mut found: Option<Mapped<'m>> = None;
    for row in possible(&rows, version, given) {
        let mapped = row.mapped(rest, given);
        found = Some(match found {
            None => mapped,
            Some(before) => either(before, &mapped),
        });
    }
    found.unwrap_or(Mapped::Unmapped)
}

fn is_prefix(row: &Row, path: &[&str]) -> bool {
    let mut pairs = row.segments().zip(path);
    pairs.all(|(one, other)| one.eq_ignore_ascii_case(other))
}

/// The rows that hold for a version: of each stretch the first whose conditions hold, and those before it that may.
fn possible<'m>(rows: &[&'m Row], version: Option<&str>, given: Ask<'_>) -> Vec<&'m Row> {
    let versions = version::versions(version);
    let mut starts: Vec<Version> = rows.iter().map(|row| row.since()).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut possible = Vec::new();
    for (index, since) in starts.iter().enumerate() {
        if !versions.meet(*since, starts.get(index + 1).copied()) {
            continue;
        }
        for row in rows.iter().filter(|row| row.since() == *since) {
            match given::all_hold(&row.when, given) {
                Some(false) => {}
                None => possible.push(*row),
                Some(true) => {
                    possible.push(*row);
                    break;
                }
            }
        }
    }
    possible
}

/// What holds if one of two does.
fn either<'m>(one: Mapped<'m>, other: &Mapped<'m>) -> Mapped<'m> {
    if one == *other {
        return one;
    }
    let same = match (&one, other) {
        (
            Mapped::Parameter {
                path: left,
                translation: by,
                in_item,
                ..
            },
            Mapped::Parameter {
                path: right,
                translation: with,
                in_item: inside,
                ..
            },
        ) => left == right && by == with && in_item == inside,
        _ => false,
    };
    match one {
        Mapped::Parameter {
            path,
            in_item,
            translation,
            ..
        } if same => Mapped::Parameter {
            path,
            in_item,
            translation,
            otherwise: Otherwise::Unknown,
        },
        _ => Mapped::Unmapped,
    }
}

impl Row {
    pub(super) fn segments(&self) -> impl Iterator<Item = &str> {
        self.path.split('/')
    }

    pub(super) fn since(&self) -> Version {
        let since = self.since.as_deref().and_then(version::version);
        since.unwrap_or_default()
    }

    fn mapped<'m>(&'m self, rest: &[&'m str], given: Ask<'_>) -> Mapped<'m> {
        let Some(parameter) = &self.parameter else {
            return match (&self.value, self.absent) {
                (Some(value), _) => match below(value, rest) {
                    Some(value) => Mapped::Fixed(value),
                    None => Mapped::Absent,
                },
                (None, true) => Mapped::Absent,
                (None, false) => Mapped::Unmapped,
            };
        };
        if !rest.is_empty() && (self.opaque || !self.values.is_empty()) {
            return Mapped::Unmapped;
        }
        let inside = parameter.strip_prefix("each/");
        let own: Vec<&str> = inside.unwrap_or(parameter).split('/').collect();
        // The default is the parameter's as a whole: it says nothing of what a given one leaves out.
        let is_left_out =
            rest.is_empty() || (inside.is_none() && matches!(given(&own), Given::Nothing));
        let otherwise = if is_left_out {
            self.otherwise(rest)
        } else if inside.is_none() && !matches!(given(&own), Given::Unknown) {
            Otherwise::Absent
        } else {
            Otherwise::Unknown
        };
        let path = own.into_iter().chain(rest.iter().copied());
        Mapped::Parameter {
            path: path.collect(),
            in_item: inside.is_some(),
            translation: Translation((!self.values.is_empty()).then_some(&self.values)),
            otherwise,
        }
    }
}

impl Row {
    fn otherwise(&self, rest: &[&str]) -> Otherwise {
        match &self.default {
            Some(default) => below(default, rest).map_or(Otherwise::Absent, Otherwise::Default),
            None if self.absent => Otherwise::Absent,
            None => Otherwise::Unknown,
        }
    }
}

/// What a value of the table has at `path`.
fn below(value: &toml::Value, path: &[&str]) -> Option<Known> {
    let Some((first, rest)) = path.split_first() else {
        return Some(known(value));
    };
    let table = value.as_table()?;
    let mut entries = table.iter();
    let (_, value) = entries.find(|(key, _)| key.eq_ignore_ascii_case(first))?;
    below(value, rest)
}

/// A value of the table as the evaluator has it.
pub(super) fn known(value: &toml::Value) -> Known {
    match value {
        toml::Value::Boolean(value) => Known::Bool(*value),
        toml::Value::String(text) => Known::String(text.clone()),
        toml::Value::Array(items) => Known::Array {
            len: items.len(),
            open: false,
        },
        toml::Value::Table(table) => Known::Object {
            len: table.len(),
            open: false,
        },
        toml::Value::Integer(number) => Known::Number(number.to_string()),
        toml::Value::Float(number) => Known::Number(number.to_string()),
        toml::Value::Datetime(time) => Known::String(time.to_string()),
    }
}
