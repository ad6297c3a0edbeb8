//! What links in Markdown lead to, as written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use baton_source::Span;
use baton_syntax::markdown::{LinkKind, attributes};

use crate::File;

/// Attributes that lead somewhere.
const LEADING: &[&str] = &["href", "src"];

/// Pieces of destinations that somebody is to replace, and of patterns.
const PLACEHOLDERS: &[&str] = &[
    "{", "}", "<", ">", "$", "*", "|", "[", "]", "...", "…", "path/to/", "your-", "YOUR", "XXX",
    "NNN", "0000",
];

/// Destinations that stand for one.
const PLACEHOLDER_WORDS: &[&str] = &[
    "url", "link", "path", "href", "src", "file", "target", "todo", "tbd",
];

/// Where a link leads, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// The destination, escapes decoded.
    pub(crate) destination: String,
    /// Its place.
    pub(crate) span: Span,
}

/// What kind of destination it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// On the web.
    Web,
    /// Something a program opens, such as `mailto:`.
    Other,
    /// Nothing that is meant to be there.
    Placeholder,
    /// From the root of a site or a repository.
    Rooted,
    /// From where the file lies; an empty path is the file itself.
    Relative,
}

/// The destinations of a file in order; a definition's counts once, whoever refers to it.
pub(crate) fn targets(file: &File) -> Vec<Target> {
    let markdown = file.markdown();
    let mut found = BTreeMap::new();
    for link in &markdown.links {
        if link.kind != LinkKind::Email {
            found.insert(link.destination_span, link.destination.clone());
        }
    }
    for html in &markdown.html {
        for attribute in attributes(file.text(), html.span) {
            let is_hidden = markdown.is_comment(attribute.value.start);
            if LEADING.contains(&attribute.name) && !is_hidden {
                let value = attribute.value.of(file.text()).replace("&amp;", "&");
                found.insert(attribute.value, value);
            }
        }
    }
    let targets = found.into_iter();
    targets
        .map(|(span, destination)| Target { destination, span })
        .collect()
}

impl Target {
    /// What kind of destination it is.
    pub(crate) fn class(&self) -> Class {
        let destination = self.destination.trim();
        let scheme = destination.split_once(':').map(|(scheme, _)| scheme);
        let scheme = scheme.filter(|scheme| is_scheme(scheme));
        if destination.starts_with("//") || matches!(scheme, Some("http" | "https")) {
            return Class::Web;
        }
        if scheme.is_some() || destination.is_empty() {
            return Class::Other;
        }
        if is_placeholder(destination) {
            return Class::Placeholder;
        }
        if destination.starts_with('/') {
            Class::Rooted
        } else {
            Class::Relative
        }
    }

    /// The part before query and fragment, as written.
    pub(crate) fn path(&self) -> &str {
        let end = self.destination.find(['?', '#']);
        let path = end.and_then(|end| self.destination.get(..end));
        path.unwrap_or(&self.destination).trim()
    }

    /// The part after the first `#`, without percent signs.
    pub(crate) fn fragment(&self) -> Option<String> {
        let (_, fragment) = self.destination.split_once('#')?;
        Some(decoded(fragment.trim()))
    }

    /// The place of the path in a text, and of what follows the first `#`.
    pub(crate) fn places(&self, text: &str) -> (Span, Option<Span>) {
        let written = self.span.of(text);
        let start = self.span.start as usize;
        let path = written.find(['?', '#']).unwrap_or(written.len());
        let fragment = written
            .find('#')
            .map(|at| Span::new(start + at + 1, self.span.end as usize));
        (Span::new(start, start + path), fragment)
    }
}

fn is_scheme(word: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    word.starts_with(|first: char| first.is_ascii_alphabetic()) && word.bytes().all(is_part)
}

fn is_placeholder(destination: &str) -> bool {
    let lower = destination.to_lowercase();
    PLACEHOLDER_WORDS.contains(&lower.as_str())
        || lower.ends_with("-url")
        || PLACEHOLDERS.iter().any(|piece| destination.contains(piece))
}

/// A text with `%20` and its like replaced; as it is where that would be no text.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).filter(|_| *first == b'%');
        let code = pair.and_then(|pair| std::str::from_utf8(pair).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        rest = code.and_then(|_| after.get(2..)).unwrap_or(after);
        bytes.push(code.unwrap_or(*first));
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// A path as it stands in a link.
pub(crate) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '%' | '#' | '?' | '(' | ')' | '<' | '>' | '"' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use baton_source::Span;

    use super::{Class, Target, decoded, encoded};

    fn target(destination: &str) -> Target {
        Target {
            destination: destination.to_owned(),
            span: Span::new(0, destination.len()),
        }
    }

    #[test]
    fn tells_destinations_apart() {
        let cases = [
            ("https://example.com", Class::Web),
            ("//example.com/x", Class::Web),
            ("mailto:a@b.c", Class::Other),
            ("", Class::Other),
            ("{{url}}", Class::Placeholder),
            ("path/to/file.md", Class::Placeholder),
            ("URL", Class::Placeholder),
            ("/guides/x/", Class::Rooted),
            ("#top", Class::Relative),
            ("../a.md", Class::Relative),
            ("a b:c.md", Class::Relative),
        ];
        for (destination, class) in cases {
            assert_eq!(target(destination).class(), class, "{destination}");
        }
    }

    #[test]
    fn splits_destinations() {
        let target = target("a%20b.md?plain=1#L%31");
        assert_eq!(target.path(), "a%20b.md");
        assert_eq!(target.fragment().as_deref(), Some("L1"));
        let (path, fragment) = target.places(&target.destination);
        assert_eq!(path.of(&target.destination), "a%20b.md");
        assert_eq!(
            fragment.map(|span| span.of(&target.destination)),
            Some("L%31")
        );
    }

    #[test]
    fn decodes_and_encodes() {
        assert_eq!(decoded("a%20b%C3%A9%zz%"), "a bé%zz%");
        assert_eq!(decoded("%FF"), "%FF");
        assert_eq!(encoded("a b(1)é.md"), "a%20b%281%29é.md");
    }
}
