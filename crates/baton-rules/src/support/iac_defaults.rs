//! What a property that is not set comes to, by the version that decides.

use baton_iac::model::{Block, ExprKind, Language};

use super::iac_rows::{Defaults, Row, Versioned};
use super::iac_subject::Subject;

/// What is known of the version of the Terraform provider, or of the API of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Version {
    /// The day of an API version.
    Day(String),
    /// From one major version of the provider to before another.
    Majors(u32, Option<u32>),
    /// Nothing.
    Unknown,
}

/// The version that decides about the defaults of a resource.
pub(crate) fn version(subject: &Subject<'_>) -> Version {
    if subject.dialect != Language::Terraform {
        let version = subject.resource.and_then(|it| it.version.as_deref());
        let day = version.and_then(|text| text.get(..10));
        return day.map_or(Version::Unknown, |day| Version::Day(day.to_owned()));
    }
    let mut instance = Some(subject.instance);
    while let Some(one) = instance {
        let mut blocks = one.module.settings();
        if let Some((from, before)) = blocks.find_map(provider_version) {
            return Version::Majors(from, before);
        }
        instance = one.call.as_ref().map(|call| call.caller.as_ref());
    }
    Version::Unknown
}

/// The default of a row, if the version decides it.
pub(crate) fn default<'r>(row: &'r Row, version: &Version) -> Option<&'r str> {
    match row.default.as_ref()? {
        Defaults::One(value) => Some(value),
        Defaults::Versions(all) => {
            let possible = possible(all, version);
            let (first, rest) = possible.split_first()?;
            let verdict = row.holds(first);
            rest.iter()
                .all(|other| row.holds(other) == verdict)
                .then_some(*first)
        }
    }
}

/// The values that some possible version has.
fn possible<'r>(all: &'r [Versioned], version: &Version) -> Vec<&'r str> {
    let mut values = Vec::new();
    for one in all {
        if one
            .from
            .as_ref()
            .is_some_and(|from| !is_since(version, from))
        {
            continue;
        }
        let Some(below) = &one.below else {
            values.push(one.value.as_str());
            break;
        };
        let limit = below.parse::<u32>();
        let (is_possible, is_certain) = match (version, limit) {
            (Version::Day(day), _) => (day < below, day < below),
            (Version::Majors(from, before), Ok(limit)) => {
                (*from < limit, before.is_some_and(|before| before <= limit))
            }
            _ => (true, false),
        };
        if is_possible {
            values.push(&one.value);
        }
        if is_certain {
            break;
        }
    }
    values
}

/// Whether no version before `from` is possible.
fn is_since(version: &Version, from: &str) -> bool {
    match version {
        Version::Day(day) => day.as_str() >= from,
        Version::Majors(oldest, _) => from.parse::<u32>().is_ok_and(|from| *oldest >= from),
        Version::Unknown => false,
    }
}

/// The major versions that `required_providers` allows for azurerm.
fn provider_version(block: &Block) -> Option<(u32, Option<u32>)> {
    let providers = block.body.property("required_providers")?;
    let providers = match &providers.value.kind {
        ExprKind::Array(items) => items.first()?,
        _ => &providers.value,
    };
    let wanted = &providers.property("azurerm")?.value;
    let text = match wanted.as_str() {
        Some(text) => text,
        None => wanted.property("version")?.value.as_str()?,
    };
    majors(text)
}

/// From the first major version to before another, of a constraint such as `>= 3.0, < 5.0`.
fn majors(text: &str) -> Option<(u32, Option<u32>)> {
    let (mut from, mut before) = (0, None::<u32>);
    for part in text.split(',').map(str::trim) {
        let digits = part.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let sign = part.get(..part.len() - digits.len())?.trim();
        let mut numbers = digits.split('.');
        let major: u32 = numbers.next()?.parse().ok()?;
        let is_whole = numbers.all(|number| number == "0");
        let end = match sign {
            "<" if is_whole => Some(major),
            "" | "=" | "~>" | "<" | "<=" => Some(major + 1),
            _ => None,
        };
        if matches!(sign, "" | "=" | "~>" | ">" | ">=") {
            from = from.max(major);
        }
        before = match (before, end) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
    }
    Some((from, before))
}

#[cfg(test)]
mod tests {
    use super::{Version, majors, possible};
    use crate::support::iac_rows::Versioned;

    #[test]
    fn constraints_allow_major_versions() {
        let cases = [
            ("~> 3.0", (3, Some(4))),
            ("~> 4.12.1", (4, Some(5))),
            ("4.1.0", (4, Some(5))),
            (">= 3.0", (3, None)),
            (">= 3.0, < 5.0", (3, Some(5))),
            (">= 3.7, < 4.2.0", (3, Some(5))),
            ("< 4.0.0", (0, Some(4))),
            ("!= 4.1.0", (0, None)),
        ];
        for (text, expected) in cases {
            assert_eq!(majors(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_name_that_a_version_brought_or_took_is_judged_where_it_exists() {
        let entry = |from: Option<&str>, below: Option<&str>| Versioned {
            from: from.map(str::to_owned),
            below: below.map(str::to_owned),
            value: "true".to_owned(),
        };
        let (new, old) = ([entry(Some("5"), None)], [entry(None, Some("5"))]);
        let cases = [
            (Version::Majors(4, Some(5)), false, true),
            (Version::Majors(5, Some(6)), true, false),
            (Version::Majors(3, None), false, true),
            (Version::Unknown, false, true),
        ];
        for (version, is_new, is_old) in cases {
            assert_eq!(!possible(&new, &version).is_empty(), is_new, "{version:?}");
            assert_eq!(!possible(&old, &version).is_empty(), is_old, "{version:?}");
        }
    }
}
