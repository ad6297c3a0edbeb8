//! Review lenses: which there are, and where texts name one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use baton_repo::Repo;
use baton_source::Span;
use baton_syntax::markdown::{self, Heading};
use regex::Regex;

use crate::File;

/// The lenses of the repository's protocol.
pub(crate) struct Registry<'a> {
    /// The protocol.
    pub(crate) file: &'a File,
    /// The heading above the table.
    pub(crate) heading: Option<&'a Heading>,
    /// Their names.
    pub(crate) names: BTreeSet<&'a str>,
}

/// The protocol's lenses; `None` where there is no protocol.
pub(crate) fn registry(repo: &Repo) -> Option<Registry<'_>> {
    let title = repo.handoff_conventions().lens_heading.as_deref()?;
    let file = repo.of_kind("lens-protocol").next()?;
    if file.problem().is_some() {
        return None;
    }
    let outline = file.markdown();
    let heading = outline.h2().find(|heading| heading.text.trim() == title);
    let tables = heading.map_or(&[][..], |heading| {
        markdown::within(&outline.tables, outline.section(heading))
    });
    let rows = tables.iter().flat_map(|table| &table.rows);
    let names = rows.filter_map(|row| row.first()?.raw.strip_prefix('`')?.strip_suffix('`'));
    Some(Registry {
        file,
        heading,
        names: names.collect(),
    })
}

/// The lenses a text names, with their places in it.
pub(crate) fn named(text: &str) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    // Most texts name none.
    if !text.contains("review_focus") && !text.contains("lenses") {
        return found;
    }
    for list in LIST.captures_iter(text).filter_map(|list| list.get(1)) {
        // Objects name their lenses by keys of their own.
        if !list.as_str().contains('{') {
            let names = QUOTED.captures_iter(list.as_str());
            let names = names.filter_map(|name| name.get(1));
            found.extend(names.map(|name| (name.as_str(), span(name).shifted(list.start()))));
        }
    }
    for value in VALUE.captures_iter(text) {
        let is_key = value.get(1).is_some_and(|quote| !quote.is_empty());
        let has_sign = value
            .get(2)
            .is_some_and(|sign| !sign.as_str().trim().is_empty());
        if let Some(name) = value.get(3).filter(|_| has_sign || !is_key) {
            found.push((name.as_str(), span(name)));
        }
    }
    found.sort_by_key(|(_, span)| span.start);
    found.dedup_by_key(|(_, span)| span.start);
    found
}

fn span(found: regex::Match<'_>) -> Span {
    Span::new(found.start(), found.end())
}

#[expect(clippy::unwrap_used, reason = "the pattern is a constant and tested")]
static LIST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"lenses["'`]?\s*[:=]?\s*\[([^\]]+)\]"#).unwrap());

#[expect(clippy::unwrap_used, reason = "the pattern is a constant and tested")]
static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"["'`]([a-zA-Z][\w-]+)["'`]"#).unwrap());

#[expect(clippy::unwrap_used, reason = "the pattern is a constant and tested")]
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    let keys = "(?:review_focus(?:_default|_value)?|lenses)";
    let value = r#"["'`]([a-zA-Z][\w-]+)["'`]"#;
    Regex::new(&format!(r#"{keys}(["'`]?)(\s*[:=]?\s*\[?\s*){value}"#)).unwrap()
});

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn finds_names_in_every_form() {
        for (text, names) in [
            ("`review_focus` = `a-b`", vec!["a-b"]),
            ("review_focus: \"ab\"", vec!["ab"]),
            ("review_focus 'ab'", vec!["ab"]),
            ("\"default_lenses\": [\"ab\", \"cd\"]", vec!["ab", "cd"]),
            ("lenses [`ab`,\n `cd`]", vec!["ab", "cd"]),
            (
                "\"batch_lenses\": [{\"review_focus\": \"ab\", \"n\": 2}]",
                vec!["ab"],
            ),
            ("`review_focus`, `pass_number`", vec![]),
            ("`review_focus` `ab`", vec![]),
            ("`review_focus`: one of `ab`", vec![]),
            ("review_focus: \"ab | cd\"", vec![]),
            ("`comprehensive`", vec![]),
        ] {
            let found: Vec<&str> = named(text).into_iter().map(|(name, _)| name).collect();
            assert_eq!(found, names, "{text}");
        }
        let text = "lenses: [\"ab\"]";
        let places: Vec<&str> = named(text).iter().map(|(_, span)| span.of(text)).collect();
        assert_eq!(places, ["ab"]);
    }
}
