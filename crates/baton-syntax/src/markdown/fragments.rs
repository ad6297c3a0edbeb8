//! The parts of a Markdown text that links may name.

use std::collections::BTreeSet;

use super::{Markdown, anchors, attributes, slug};

/// Anchors of headings, names that headings give themselves, and those of HTML elements.
pub fn fragments(text: &str, markdown: &Markdown) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = anchors(&markdown.headings).into_iter().collect();
    for heading in &markdown.headings {
        // `## Title {#id}`, as several generators of sites read it.
        if let Some((title, id)) = heading.text.rsplit_once("{#") {
            all.insert(slug(title));
            all.insert(id.trim_end_matches(['}', ' ']).to_owned());
        }
    }
    for html in &markdown.html {
        let found = attributes(text, html.span).into_iter();
        let ids = found.filter(|one| one.name == "id" || one.name == "name" && one.tag == "a");
        all.extend(ids.map(|one| one.value.of(text).to_owned()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::fragments;
    use crate::markdown::parse;

    #[test]
    fn names_headings_and_elements() {
        let text = "# A\n\n## A\n\n## B {#own}\n\n<a name=\"n\"></a> <p id=\"i\" name=\"x\">\n";
        let found: Vec<String> = fragments(text, &parse(text, 0)).into_iter().collect();
        assert_eq!(found, ["a", "a-1", "b", "b-own", "i", "n", "own"]);
    }
}
