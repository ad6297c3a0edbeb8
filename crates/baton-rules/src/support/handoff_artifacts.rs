//! Artifacts that prompts of handoffs name.

use std::sync::LazyLock;

use baton_repo::Text;
use baton_repo::graph::{self, GraphNode};
use baton_source::Span;
use regex::Regex;

/// An artifact in a prompt.
pub(crate) struct Mention {
    /// Its file name.
    pub(crate) name: String,
    /// What it is there for.
    pub(crate) role: Role,
    /// Where it stands in the file; the whole prompt when it is written with escapes.
    pub(crate) span: Span,
}

/// What an artifact is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// To be read.
    Input,
    /// To be written.
    Output,
    /// Nothing is said.
    Unknown,
}

/// The documents that a prompt names below the folder of artifacts.
pub(crate) fn mentions(prefix: &str, prompt: &Text, text: &str) -> Vec<Mention> {
    if prefix.is_empty() {
        return Vec::new();
    }
    let written = prompt.span.of(text);
    let mut from = 0;
    let mut mentions = Vec::new();
    for (at, _) in prompt.value.match_indices(prefix) {
        let Some(name) = document(prompt.value.get(at + prefix.len()..).unwrap_or("")) else {
            continue;
        };
        let path = format!("{prefix}{name}");
        let place = written.get(from..).and_then(|rest| rest.find(&path));
        let span = place.map_or(prompt.span, |place| {
            let start = from + place;
            from = start + path.len();
            Span::new(start, from).shifted(prompt.span.start as usize)
        });
        mentions.push(Mention {
            name: name.to_owned(),
            role: role(prompt.value.get(..at).unwrap_or("")),
            span,
        });
    }
    mentions
}

/// Whether a list of artifacts holds a document, by its file name.
pub(crate) fn fits(produces: &[graph::Text], name: &str) -> bool {
    let mut bases = produces.iter().map(|path| base(&path.value));
    bases.any(|pattern| matches(pattern, name))
}

/// The documents a step produces.
pub(crate) fn documents(node: &GraphNode) -> impl Iterator<Item = &str> {
    let produces = node.produces.iter().flatten();
    let bases = produces.map(|path| base(&path.value));
    bases.filter(|base| base.contains('*') || matches!(base.rsplit_once('.'), Some((_, "md"))))
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The file name at the beginning of a text, when it is that of a document.
fn document(text: &str) -> Option<&str> {
    let goes_on = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-');
    let end = text.find(|letter| !goes_on(letter)).unwrap_or(text.len());
    let name = text.get(..end)?;
    let end = name.rfind(".md").filter(|end| *end > 0)? + ".md".len();
    name.get(..end)
}

/// What the last label before a place says.
fn role(before: &str) -> Role {
    let label = LABEL.captures_iter(before).last();
    let label = label.and_then(|found| found.get(1));
    match label.map(|label| label.as_str().to_ascii_lowercase()) {
        Some(label) if label == "input" => Role::Input,
        Some(_) => Role::Output,
        None => Role::Unknown,
    }
}

/// Whether a name fits a pattern with `*` for anything.
fn matches(pattern: &str, name: &str) -> bool {
    let mut pieces: Vec<&str> = pattern.split('*').collect();
    if pieces.len() < 2 {
        return pattern == name;
    }
    let (first, last) = (pieces.remove(0), pieces.pop().unwrap_or(""));
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    for piece in pieces {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[expect(clippy::unwrap_used, reason = "the pattern is a constant and tested")]
static LABEL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\b(input|output)\s*:").unwrap());

#[cfg(test)]
mod tests {
    use super::{Role, document, matches, role};

    #[test]
    fn reads_names_and_patterns() {
        assert_eq!(document("01-a.md."), Some("01-a.md"));
        assert_eq!(document("01-a.md`, more"), Some("01-a.md"));
        assert_eq!(document("01-a.json"), None);
        assert_eq!(document(".md"), None);
        assert!(matches("03-adr-*.md", "03-adr-1.md"));
        assert!(!matches("03-adr-*.md", "03-ad-1.md"));
        assert!(matches("a", "a") && !matches("a", "b"));
        assert!(matches("*a*b", "xaxb") && !matches("*a*b", "xb"));
    }

    #[test]
    fn takes_the_nearest_label() {
        assert_eq!(role("Input: a. OUTPUT : "), Role::Output);
        assert_eq!(role("Output: a. input: "), Role::Input);
        assert_eq!(role("Throughput: "), Role::Unknown);
    }
}
