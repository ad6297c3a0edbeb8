//! The YAML block at the top of a Markdown file.
//!
//! Finds the block by its delimiter lines; reading it is the business of `yaml`.

use baton_source::Span;

/// What the first lines of a text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// No delimiter opens the text.
    None,
    /// The delimiter that opens the text is never closed.
    Unclosed(Span),
    /// A whole block.
    Found(FrontMatter),
}

/// Where a front matter block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontMatter {
    /// The block with both delimiters, without the line ending of the closing one.
    pub block: Span,
    /// What stands between the delimiter lines; its last line ending included.
    pub yaml: Span,
    /// Where the body begins: after the line ending of the closing delimiter.
    pub body: usize,
}

impl Split {
    /// The block, if there is a whole one.
    pub fn found(self) -> Option<FrontMatter> {
        match self {
            Split::Found(found) => Some(found),
            Split::None | Split::Unclosed(_) => None,
        }
    }
}

/// Finds the front matter of a text.
///
/// The opening line is `---` at the very start or after a byte order mark; the closing one is
/// `---` or `...`. Blanks may follow both; lines end with LF or CRLF.
pub fn split(text: &str) -> Split {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut lines = text.get(start..).unwrap_or("").split_inclusive('\n');
    let Some(opening) = lines.next() else {
        return Split::None;
    };
    if opening.trim_end() != "---" {
        return Split::None;
    }
    let yaml = start + opening.len();
    let mut at = yaml;
    for line in lines {
        let closing = line.trim_end();
        if matches!(closing, "---" | "...") {
            return Split::Found(FrontMatter {
                block: Span::new(start, at + closing.len()),
                yaml: Span::new(yaml, at),
                body: at + line.len(),
            });
        }
        at += line.len();
    }
    Split::Unclosed(Span::new(start, start + "---".len()))
}

#[cfg(test)]
mod tests {
    use baton_source::Span;
    use proptest::prelude::*;

    use super::{Split, split};

    /// The YAML and the body of a text; panics unless it has a block.
    fn parts(text: &str) -> (&str, &str) {
        let found = split(text).found().expect("a block");
        (
            found.yaml.of(text),
            text.get(found.body..).expect("a boundary"),
        )
    }

    #[test]
    fn finds_the_block() {
        let cases = [
            ("---\na: 1\n---\nbody\n", "a: 1\n", "body\n"),
            ("---\na: 1\n---", "a: 1\n", ""),
            ("---\na: 1\n...\nbody", "a: 1\n", "body"),
            ("---  \na: 1\n--- \t\nbody", "a: 1\n", "body"),
            ("---\r\na: 1\r\n---\r\nbody\r\n", "a: 1\r\n", "body\r\n"),
            ("\u{feff}---\na: 1\n---\nbody", "a: 1\n", "body"),
            ("---\n---\nbody", "", "body"),
            ("---\n\n---\n", "\n", ""),
            ("---\na: |\n  ---\n ---\n---\nb", "a: |\n  ---\n ---\n", "b"),
            ("---\na: 1\n----\n---x\n---\nb", "a: 1\n----\n---x\n", "b"),
        ];
        for (text, yaml, body) in cases {
            assert_eq!(parts(text), (yaml, body), "{text:?}");
        }
    }

    #[test]
    fn the_block_holds_both_delimiters() {
        let text = "\u{feff}---\r\na: 1\r\n--- \r\nbody";
        let block = split(text).found().expect("a block").block;
        assert_eq!(block.of(text), "---\r\na: 1\r\n---");
    }

    #[test]
    fn leaves_other_beginnings_alone() {
        for text in [
            "",
            "body",
            "\n---\na: 1\n---\n",
            " ---\n---\n",
            "----\n---\n",
            "--- a\n---\n",
        ] {
            assert_eq!(split(text), Split::None, "{text:?}");
        }
    }

    #[test]
    fn tells_an_unclosed_block() {
        for text in [
            "---",
            "---\n",
            "---\na: 1\n",
            "---\na: 1\n ---\n",
            "---\r\na: 1",
        ] {
            assert_eq!(split(text), Split::Unclosed(Span::new(0, 3)), "{text:?}");
        }
        assert_eq!(split("\u{feff}---\na"), Split::Unclosed(Span::new(3, 6)));
    }

    proptest! {
        #[test]
        fn spans_fit_any_text(text in "(\u{feff})?(---[ \t]?\r?\n)?([-. é\r\n]|\n---\n?){0,12}") {
            if let Split::Found(found) = split(&text) {
                prop_assert!(text.get(found.body..).is_some());
                prop_assert!(found.block.of(&text).starts_with("---"));
                prop_assert!(found.yaml.is_empty() || !found.yaml.of(&text).is_empty());
            }
        }
    }
}
