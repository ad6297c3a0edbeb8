//! Which project somebody means who asks for something in plain words.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::project::is_name;

/// Names are no longer than this.
const LONGEST: usize = 30;

/// The project a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// The request is nothing but a name.
    Named(String),
    /// It mentions a project that is there.
    Known(String),
    /// It calls the project so.
    Called(String),
    /// It says no name; these are the words that say most.
    Likely(String),
    /// It gives no clue.
    Nothing,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Words {
    introducers: Vec<String>,
    fillers: Vec<String>,
    nothing: Vec<String>,
    longest: usize,
}

/// The project that a request is about, among those that are there or as a new one.
pub fn meant(request: &str, known: &[String]) -> Meant {
    let request = request.trim();
    if is_name(request) {
        return Meant::Named(request.to_owned());
    }
    let lower = request.to_lowercase();
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let words: Vec<&str> = lower
        .split(|c: char| !is_part(c))
        .filter(|word| !word.is_empty())
        .collect();
    let mentioned = known.iter().filter(|name| words.contains(&name.as_str()));
    if let Some(name) = mentioned.max_by_key(|name| name.len()) {
        return Meant::Known(name.clone());
    }
    let called = quoted(&lower).or_else(|| introduced(&words));
    if let Some(name) = called.and_then(|name| slug([name].into_iter())) {
        return Meant::Called(name);
    }
    let table = words_table();
    let telling = words.iter().copied().filter(|word| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        !is_number && !table.nothing.iter().any(|nothing| nothing == word)
    });
    match slug(telling.take(table.longest)) {
        Some(name) => Meant::Likely(name),
        None => Meant::Nothing,
    }
}

/// What stands in quotation marks, if that is short enough for a name.
fn quoted(text: &str) -> Option<&str> {
    let marks = [('"', '"'), ('`', '`'), ('“', '”'), ('„', '“'), ('«', '»')];
    let between = marks.into_iter().filter_map(|(open, close)| {
        let (_, rest) = text.split_once(open)?;
        let (inner, _) = rest.split_once(close)?;
        Some(inner.trim())
    });
    let mut short = between.filter(|inner| !inner.is_empty() && inner.chars().count() <= LONGEST);
    short.next()
}

/// The word that follows one which introduces a name.
fn introduced<'w>(words: &[&'w str]) -> Option<&'w str> {
    let table = words_table();
    let says = |list: &[String], word: &str| list.iter().any(|one| one == word);
    let at = words.iter().position(|word| {
        let starts = says(&table.introducers, word);
        starts && *word != "project"
    });
    let at = at.or_else(|| words.iter().position(|word| *word == "project"))?;
    let mut rest = words.iter().skip(at + 1).copied();
    let name = rest.find(|word| !says(&table.fillers, word))?;
    (!says(&table.nothing, name)).then_some(name)
}

/// A name made of words; `None` if nothing of them can stand in one.
fn slug<'w>(words: impl Iterator<Item = &'w str>) -> Option<String> {
    let mut name = String::new();
    for word in words {
        let plain: String = word
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '-'
                }
            })
            .collect();
        let parts = plain.split('-').filter(|part| !part.is_empty());
        for part in parts {
            let grown = name.len() + part.len() + usize::from(!name.is_empty());
            if grown > LONGEST {
                continue;
            }
            if !name.is_empty() {
                name.push('-');
            }
            name.push_str(part);
        }
    }
    is_name(&name).then_some(name)
}

fn words_table() -> &'static Words {
    static TABLE: LazyLock<Words> = LazyLock::new(|| {
        let text = include_str!("../../../rules/packs/apex/request.toml");
        toml::from_str(text).unwrap_or(Words {
            introducers: Vec::new(),
            fillers: Vec::new(),
            nothing: Vec::new(),
            longest: 0,
        })
    });
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::{Meant, meant, words_table};

    #[test]
    fn the_words_are_there() {
        assert_eq!(words_table().longest, 3);
    }

    #[test]
    fn finds_the_name_in_a_request() {
        let known = ["shop".to_owned(), "shop-eu".to_owned()];
        let cases = [
            ("shop-us", Meant::Named("shop-us".into())),
            ("go on with shop-eu please", Meant::Known("shop-eu".into())),
            (
                "Build a web app called Harbor in Bicep",
                Meant::Called("harbor".into()),
            ),
            (
                "the project is named Blue_Lagoon",
                Meant::Called("blue-lagoon".into()),
            ),
            (
                "start project nova-7 in west europe",
                Meant::Called("nova-7".into()),
            ),
            (
                "I want “Patient Portal” on Azure",
                Meant::Called("patient-portal".into()),
            ),
            (
                "Please build a HIPAA patient portal on Azure with Terraform",
                Meant::Likely("hipaa-patient-portal".into()),
            ),
            ("deploy our infrastructure with bicep", Meant::Nothing),
            ("do something", Meant::Nothing),
            ("", Meant::Nothing),
            ("../../etc", Meant::Likely("etc".into())),
            ("部署一个网站", Meant::Nothing),
        ];
        for (request, expected) in cases {
            assert_eq!(meant(request, &known), expected, "{request}");
        }
    }

    #[test]
    fn names_stay_short() {
        let long = "an extraordinarily comprehensive telecommunications-observability platform";
        let Meant::Likely(name) = meant(long, &[]) else {
            panic!("a name");
        };
        assert!(crate::project::is_name(&name), "{name}");
    }
}
