//! The place in the text, and what lies between words.

use baton_source::{Span, SyntaxError};

use super::here_doc::Pending;
use super::{HereDoc, List, MAX_DEPTH, Script};
use crate::excerpt::{self, Piece};

/// Reads one text.
pub(super) struct Cursor<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Where the pieces of the text stand; none when it is where it stands.
    pub(super) pieces: &'a [Piece],
    /// The next byte.
    pub(super) pos: usize,
    /// Where reading stops: the end of the text, or of the region being read.
    pub(super) end: usize,
    /// What was read so far, apart from the tree.
    pub(super) aside: Aside,
    /// No `]` ends a subscript between here and there.
    pub(super) no_bracket: (usize, usize),
}

/// What belongs to the script as a whole.
#[derive(Default)]
pub(super) struct Aside {
    /// What could not be read.
    pub(super) errors: Vec<SyntaxError>,
    /// Comments.
    pub(super) comments: Vec<Span>,
    /// Bodies of here-documents; those announced but not yet read are empty.
    pub(super) here_docs: Vec<HereDoc>,
    /// Here-documents whose bodies follow the current line.
    pub(super) pending: Vec<Pending>,
    /// How deep the cursor is.
    pub(super) depth: usize,
}

/// Reads a whole text.
pub(super) fn parse(text: &str, pieces: &[Piece]) -> (Script, Vec<SyntaxError>) {
    let mut cursor = Cursor::new(text, pieces);
    let list = cursor.script();
    cursor.finish_here_docs();
    let first = text.lines().next().unwrap_or("");
    let mut errors = cursor.aside.errors;
    errors.sort_by_key(|error| error.span);
    let script = Script {
        list,
        here_docs: cursor.aside.here_docs,
        comments: cursor.aside.comments,
        errexit: first.starts_with("#!") && asks_errexit(first),
    };
    (script, errors)
}

/// Whether the line that names the interpreter has an option group with `e`.
fn asks_errexit(line: &str) -> bool {
    line.split_whitespace().skip(1).any(|word| {
        word.strip_prefix('-').is_some_and(|flags| {
            flags.contains('e') && flags.bytes().all(|flag| flag.is_ascii_alphabetic())
        })
    })
}

impl<'a> Cursor<'a> {
    /// At the start of a text.
    pub(super) fn new(text: &'a str, pieces: &'a [Piece]) -> Cursor<'a> {
        Cursor {
            text,
            pieces,
            pos: 0,
            end: text.len(),
            aside: Aside::default(),
            no_bracket: (0, 0),
        }
    }

    /// The whole text: what ends a list without having begun one is an error.
    pub(super) fn script(&mut self) -> List {
        let mut list = self.list();
        while self.pos < self.end {
            self.unexpected();
            let more = self.list();
            list.statements.extend(more.statements);
        }
        list.span = self.span(0, self.end);
        list
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        self.byte(self.pos)
    }

    /// The byte `ahead` bytes after the next one.
    pub(super) fn ahead(&self, ahead: usize) -> Option<u8> {
        self.byte(self.pos + ahead)
    }

    /// The byte at an offset before the end.
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        (at < self.end)
            .then(|| self.text.as_bytes().get(at).copied())
            .flatten()
    }

    /// What is left to read.
    pub(super) fn rest(&self) -> &'a str {
        self.slice(self.pos, self.end)
    }

    /// A part of the text; empty when it cuts a character.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Whether these bytes follow, line continuations between them left out; where they end.
    pub(super) fn sees(&self, operator: &str) -> Option<usize> {
        let mut at = self.pos;
        for (index, byte) in operator.bytes().enumerate() {
            if index > 0 {
                at += self.continuation(at);
            }
            if self.byte(at) != Some(byte) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Reads these bytes if they follow.
    pub(super) fn take(&mut self, operator: &str) -> bool {
        match self.sees(operator) {
            Some(end) => {
                self.pos = end;
                true
            }
            None => false,
        }
    }

    /// How many bytes of line continuations stand at an offset.
    pub(super) fn continuation(&self, at: usize) -> usize {
        let mut end = at;
        while self.byte(end) == Some(b'\\') {
            match (self.byte(end + 1), self.byte(end + 2)) {
                (Some(b'\n'), _) => end += 2,
                (Some(b'\r'), Some(b'\n')) => end += 3,
                _ => break,
            }
        }
        end - at
    }

    /// Where a range of the text stands.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        if self.pieces.is_empty() {
            Span::new(start, end)
        } else {
            excerpt::span(self.pieces, start, end)
        }
    }

    /// From an offset to what was read last.
    pub(super) fn since(&self, start: usize) -> Span {
        self.span(start, self.pos.max(start))
    }

    /// Reports an error.
    pub(super) fn error(&mut self, start: usize, end: usize, message: impl Into<String>) {
        let span = self.span(start, end);
        self.aside.errors.push(SyntaxError::new(span, message));
    }

    /// Reports what stands here as something that cannot, and passes it.
    pub(super) fn unexpected(&mut self) {
        let start = self.pos;
        self.pass();
        let found = self.slice(start, self.pos).trim_end();
        let message = match found {
            "" => "expected a command before the end of the line".to_owned(),
            found => format!("unexpected `{found}`"),
        };
        self.error(start, self.pos, message);
        // The semicolon after something that cannot stand here is no second error.
        self.blanks();
        if self.peek() == Some(b';') && self.sees(";;").is_none() && self.sees(";&").is_none() {
            self.pos += 1;
        }
    }

    /// Passes one sign, or a run of bytes that is none.
    fn pass(&mut self) {
        for operator in [";;&", ";;", ";&", "&&", "||", "|&"] {
            if self.take(operator) {
                return;
            }
        }
        let start = self.pos;
        self.pos = self.bare_end(start);
        if self.pos == start {
            self.pos = (start + 1).min(self.end);
        }
    }

    /// Where the run of bytes that separate nothing ends.
    pub(super) fn bare_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes().get(start..self.end).unwrap_or(&[]);
        let length = bytes.iter().position(|byte| is_meta(*byte));
        start + length.unwrap_or(bytes.len())
    }

    /// Passes blanks and line continuations.
    pub(super) fn blanks(&mut self) {
        loop {
            let start = self.pos;
            while matches!(self.peek(), Some(b' ' | b'\t'))
                || (self.peek() == Some(b'\r') && matches!(self.ahead(1), Some(b'\n') | None))
            {
                self.pos += 1;
            }
            self.pos += self.continuation(self.pos);
            if self.pos == start {
                return;
            }
        }
    }

    /// Passes blanks, and a comment if one begins here.
    pub(super) fn blanks_and_comment(&mut self) {
        self.blanks();
        if self.peek() == Some(b'#') {
            let start = self.pos;
            let line = self.rest().split('\n').next().unwrap_or("");
            self.pos += line.trim_end_matches('\r').len();
            let span = self.since(start);
            self.aside.comments.push(span);
            self.blanks();
        }
    }

    /// Passes line ends with what stands between them; bodies of here-documents too.
    pub(super) fn newlines(&mut self) {
        self.blanks_and_comment();
        while self.peek() == Some(b'\n') {
            self.pos += 1;
            self.here_doc_bodies();
            self.blanks_and_comment();
        }
    }

    /// The bare word that stands here, if it could be a reserved one.
    pub(super) fn keyword(&self) -> &'a str {
        self.slice(self.pos, self.bare_end(self.pos))
    }

    /// Reads a reserved word if it stands here.
    pub(super) fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = self.keyword() == keyword;
        if found {
            self.pos += keyword.len();
        }
        found
    }

    /// Reads something one level deeper; too deep is an error that ends reading.
    pub(super) fn nested<T: Default>(&mut self, read: impl FnOnce(&mut Cursor<'a>) -> T) -> T {
        if self.aside.depth >= MAX_DEPTH {
            if self.pos < self.end {
                let message = format!("nested deeper than {MAX_DEPTH} levels");
                self.error(self.pos, self.pos, message);
            }
            self.pos = self.end;
            return T::default();
        }
        self.aside.depth += 1;
        let result = read(self);
        self.aside.depth -= 1;
        result
    }

    /// Reads a region as if the text ended with it.
    pub(super) fn region<T>(
        &mut self,
        start: usize,
        end: usize,
        read: impl FnOnce(&mut Cursor<'a>) -> T,
    ) -> T {
        let outer = self.end;
        let pending = std::mem::take(&mut self.aside.pending);
        self.pos = start;
        self.end = end;
        let result = read(self);
        self.finish_here_docs();
        self.aside.pending = pending;
        self.pos = end;
        self.end = outer;
        result
    }
}

/// Whether a byte ends a bare word.
pub(super) fn is_meta(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t' | b'\n' | b'\r' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')'
    )
}
