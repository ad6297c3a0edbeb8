//! Where things stand in a YAML text.
//!
//! The parser counts characters and lets its ranges run on to the next token; here they
//! become bytes and end where the text of the value ends.

use std::ops::Range;

use baton_source::{Span, SyntaxError};
use saphyr_parser::{Marker, ScanError};

use crate::node::{Node, Value};

const TAB: &str = "a tab cannot indent";

/// The text the parser reads and how its positions become ours.
pub(super) struct Source<'t> {
    /// The text without a byte order mark.
    pub(super) text: &'t str,
    base: usize,
    /// For each character of several bytes: the number of the character after it, and how
    /// many more bytes than characters there are up to that.
    wide: Vec<(usize, usize)>,
}

impl<'t> Source<'t> {
    pub(super) fn new(whole: &'t str, offset: usize) -> Source<'t> {
        let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
        let mut extra = 0;
        let characters = text.chars().enumerate();
        let wide = characters.filter(|(_, character)| !character.is_ascii());
        let wide = wide.map(|(number, character)| {
            extra += character.len_utf8() - 1;
            (number + 1, extra)
        });
        let wide = if text.is_ascii() {
            Vec::new()
        } else {
            wide.collect()
        };
        Source {
            text,
            base: offset + whole.len() - text.len(),
            wide,
        }
    }

    /// The bytes between the parser's marks.
    pub(super) fn range(&self, span: saphyr_parser::Span) -> Range<usize> {
        let start = self.byte(span.start);
        start..self.byte(span.end).max(start)
    }

    fn byte(&self, marker: Marker) -> usize {
        let number = marker.index();
        let passed = self.wide.partition_point(|(after, _)| *after <= number);
        let extra = passed.checked_sub(1).and_then(|last| self.wide.get(last));
        let mut byte = number + extra.map_or(0, |(_, extra)| *extra);
        byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }

    /// The place of a range in the file.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.base)
    }

    /// The text from a byte on.
    pub(super) fn after(&self, start: usize) -> &'t str {
        self.text.get(start..).unwrap_or("")
    }

    /// Whether nothing but one line lies between a place in the file and a byte of the text.
    pub(super) fn same_line(&self, span: Span, byte: usize) -> bool {
        let end = (span.end as usize).saturating_sub(self.base);
        let between = self.text.get(end..byte);
        between.is_none_or(|between| !between.contains('\n'))
    }

    /// What the parser could not read, in our words.
    pub(super) fn error(&self, error: &ScanError) -> SyntaxError {
        let at = self.byte(*error.marker());
        let message = message(error.info());
        if message == TAB {
            return self.error_at(self.tab(at).unwrap_or(at), TAB);
        }
        self.error_at(at, message)
    }

    /// The next tab among the blanks that lines begin with; the parser tells its neighbourhood.
    fn tab(&self, near: usize) -> Option<usize> {
        let before = self.text.get(..near)?;
        let mut start = before.rfind('\n').map_or(0, |feed| feed + 1);
        for line in self.after(start).split_inclusive('\n') {
            let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
            let tab = line.get(..blank)?.find('\t');
            if let Some(tab) = tab {
                return Some(start + tab);
            }
            start += line.len();
        }
        None
    }

    /// An error at one character.
    pub(super) fn error_at(&self, at: usize, message: impl Into<String>) -> SyntaxError {
        let here = self.after(at).chars().next();
        let here = here.filter(|character| !matches!(character, '\n' | '\r'));
        let end = at + here.map_or(0, char::len_utf8);
        SyntaxError::new(self.span(&(at..end)), message)
    }

    /// The byte of the text that an error is at.
    pub(super) fn byte_of(&self, error: &SyntaxError) -> usize {
        (error.span.start as usize).saturating_sub(self.base)
    }

    /// Where the value begins whose tag or anchor begins at `start`.
    pub(super) fn skip_properties(&self, start: usize) -> usize {
        let mut rest = self.after(start);
        while rest.starts_with(['&', '!']) {
            let end = if rest.starts_with("!<") {
                rest.find('>').map(|end| end + 1)
            } else {
                rest.find(|c: char| c.is_whitespace() || ",[]{}".contains(c))
            };
            rest = end.and_then(|end| rest.get(end..)).unwrap_or("");
            rest = skip_blanks_and_comments(rest);
        }
        self.text.len() - rest.len()
    }

    /// The quoted text that begins at `start`, up to its closing quote.
    pub(super) fn quoted(&self, start: usize) -> Range<usize> {
        let rest = self.after(start);
        let single = rest.starts_with('\'');
        let mut characters = rest.char_indices().skip(1).peekable();
        while let Some((at, character)) = characters.next() {
            match character {
                '\\' if !single => {
                    characters.next();
                }
                '\'' if single && characters.next_if(|(_, next)| *next == '\'').is_some() => {}
                '\'' if single => return start..start + at + 1,
                '"' if !single => return start..start + at + 1,
                _ => {}
            }
        }
        start..self.text.len()
    }

    /// The block scalar whose content the parser found in `content`, from its `|` or `>`.
    ///
    /// `after` is where the token before it ends.
    pub(super) fn block(&self, after: usize, content: &Range<usize>) -> Range<usize> {
        let start = self.skip_indicators(after, &['-', '?', ':']);
        let whole = self.text.get(start..content.end).unwrap_or("");
        let trimmed = whole.trim_end().len();
        // Blanks at the end of the last line belong to it.
        let tail = whole.get(trimmed..).unwrap_or("");
        let blanks = tail.find(['\n', '\r']).unwrap_or(tail.len());
        start..start + trimmed + blanks
    }

    /// The `-` that begins a list, where `after` is the end of the key before it.
    pub(super) fn dash(&self, after: usize) -> Option<usize> {
        let start = self.skip_indicators(after, &['?', ':']);
        is_dash(self.after(start)).then_some(start)
    }

    /// Skips blanks, comments, anchors, tags and some indicators.
    fn skip_indicators(&self, after: usize, indicators: &[char]) -> usize {
        let mut rest = skip_blanks_and_comments(self.after(after));
        loop {
            let start = self.text.len() - rest.len();
            let next = if rest.starts_with(indicators) {
                start + 1
            } else {
                self.skip_properties(start)
            };
            if next == start {
                return start;
            }
            rest = skip_blanks_and_comments(self.after(next));
        }
    }

    /// The text of a key that is not written as a scalar.
    pub(super) fn key_text(&self, node: &Node) -> String {
        match &node.value {
            Value::String(text) | Value::Number(text) => text.clone(),
            Value::Bool(value) => value.to_string(),
            Value::Null => "null".to_owned(),
            Value::Sequence(_) | Value::Mapping(_) => {
                let start = (node.span.start as usize).saturating_sub(self.base);
                let end = (node.span.end as usize).saturating_sub(self.base);
                self.text.get(start..end).unwrap_or("").to_owned()
            }
        }
    }

    /// Takes the line break away that the parser adds to a block scalar on an unended last line.
    pub(super) fn drop_invented_break(&self, scalar: &mut String, end: usize) {
        let last_line = self.text.rsplit('\n').next().unwrap_or("");
        if end < self.text.len() || last_line.is_empty() {
            return;
        }
        let blank = last_line.chars().all(|character| character == ' ');
        if scalar.ends_with(if blank { "\n\n" } else { "\n" }) {
            scalar.pop();
        }
    }

    /// Where a value stands that is not written: after the `:`, `-` or `?` that asks for it.
    pub(super) fn nothing(&self, after: usize, marked: usize) -> Range<usize> {
        if marked >= after && self.after(marked).starts_with([':', '?']) {
            return marked + 1..marked + 1;
        }
        let rest = skip_blanks_and_comments(self.after(after));
        let dash = self.text.len() - rest.len();
        let at = if is_dash(rest) && dash < marked {
            dash + 1
        } else {
            after
        };
        at..at
    }
}

/// Whether a text begins with the `-` of a list item.
fn is_dash(text: &str) -> bool {
    let after = text.strip_prefix('-');
    after.is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace))
}

fn skip_blanks_and_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with('#') {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        rest = rest.get(end..).unwrap_or("").trim_start();
    }
    rest
}

/// The parser's messages that name its own machinery, in the words of the text's author.
fn message(info: &str) -> &str {
    match info {
        "mapping values are not allowed in this context" | "illegal placement of ':' indicator" => {
            "`:` cannot stand here; put the text in quotes"
        }
        "simple key expect ':'" | "simple key expected" => "a key needs a `:` after it",
        "while parsing node, found unknown anchor" => "this alias names no anchor before it",
        "while parsing a block mapping, did not find expected key" => {
            "expected a key at the indentation of the mapping"
        }
        "while parsing a block collection, did not find expected '-' indicator" => {
            "expected `-` at the indentation of the list"
        }
        "while parsing a node, did not find expected node content" => "expected a value",
        "while parsing a flow mapping, did not find expected ',' or '}'" => "expected `,` or `}`",
        "while parsing a flow sequence, expected ',' or ']'" => "expected `,` or `]`",
        "tabs disallowed within this context (block indentation)"
        | "while scanning a plain scalar, found a tab" => TAB,
        "while scanning a quoted scalar, found unexpected end of stream" => {
            "this quoted text is never closed"
        }
        "recursion limit exceeded" => "nested deeper than 128 levels",
        other => other,
    }
}
