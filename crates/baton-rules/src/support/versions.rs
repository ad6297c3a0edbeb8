//! Versions of three numbers, and the files that say them.

use std::sync::LazyLock;

use baton_source::Span;
use regex::Regex;

use crate::{Ctx, File};

/// The first version in a text, and its place.
pub(crate) fn first(text: &str) -> Option<Span> {
    static VERSION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[0-9]+\.[0-9]+\.[0-9]+").ok());
    let found = VERSION.as_ref()?.find(text)?;
    Some(Span::new(found.start(), found.end()))
}

/// The file that says which version this is, when its text can be read.
pub(crate) fn source<'a>(ctx: &Ctx<'a>) -> Option<&'a File> {
    let mut files = ctx.repo.of_kind("version-file");
    files.find(|file| file.problem().is_none())
}

/// The version of a `package.json`.
pub(crate) fn of_package(file: &File) -> Option<Span> {
    let node = file.node()?.get("version")?;
    node.as_str()?;
    let found = first(node.span.of(file.text()))?;
    Some(found.shifted(node.span.start as usize))
}

/// The first version that heads a section of a change log.
pub(crate) fn of_changelog(file: &File) -> Option<Span> {
    let headings = file.markdown().headings.iter();
    let mut sections = headings.filter(|heading| heading.top_level && heading.level > 1);
    sections.find_map(|heading| {
        let text = heading.text_span.of(file.text());
        let version = text.trim_start_matches('[').trim_start_matches(['v', 'V']);
        let start = heading.text_span.start as usize + (text.len() - version.len());
        let found = first(version).filter(|found| found.start == 0)?;
        Some(found.shifted(start))
    })
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn takes_the_first_three_numbers() {
        let of = |text| first(text).map(|span| span.of(text).to_owned());
        assert_eq!(of("é v1.2 and v10.20.30-rc.1").as_deref(), Some("10.20.30"));
        assert_eq!(of("1.2.3.4").as_deref(), Some("1.2.3"));
        assert_eq!(of("1.2"), None);
    }
}
