//! Simple commands: assignments, words and redirections.

use super::cursor::Cursor;
use super::word::Quoting;
use super::{Assignment, Command, CommandKind, Part, PartKind, Simple, Word};

impl Cursor<'_> {
    /// A simple command, or the definition of a function that begins like one.
    pub(super) fn simple(&mut self) -> Option<Command> {
        let start = self.pos;
        let mut simple = Simple::default();
        let mut redirections = Vec::new();
        let mut end = start;
        loop {
            self.blanks();
            if self.peek() == Some(b'#') && self.pos > end {
                break;
            }
            if let Some(redirection) = self.redirection() {
                redirections.push(redirection);
            } else if let Some(assignment) = self.leading_assignment(&simple) {
                simple.assignments.push(assignment);
            } else if let Some(word) = self.argument() {
                simple.words.push(word);
            } else if self.begins_function(&simple) && redirections.is_empty() {
                let name = simple.words.pop()?;
                return Some(self.function_body(start, name));
            } else {
                break;
            }
            end = self.pos;
        }
        if end == start {
            return None;
        }
        self.pos = end;
        Some(Command {
            span: self.span(start, end),
            kind: CommandKind::Simple(simple),
            redirections,
        })
    }

    /// Whether `()` follows the only word.
    fn begins_function(&mut self, simple: &Simple) -> bool {
        simple.words.len() == 1 && simple.assignments.is_empty() && self.take_parentheses()
    }

    /// `()`, with blanks between.
    pub(super) fn take_parentheses(&mut self) -> bool {
        let start = self.pos;
        if self.peek() == Some(b'(') {
            self.pos += 1;
            self.blanks();
            if self.peek() == Some(b')') {
                self.pos += 1;
                return true;
            }
        }
        self.pos = start;
        false
    }

    fn leading_assignment(&mut self, simple: &Simple) -> Option<Assignment> {
        if simple.words.is_empty() {
            self.assignment()
        } else {
            None
        }
    }

    /// `name=value`, if it stands here.
    fn assignment(&mut self) -> Option<Assignment> {
        let start = self.pos;
        let name_end = self.name_end(start);
        if name_end == start {
            return None;
        }
        let mut at = name_end;
        let mut brackets = None;
        if self.byte(at) == Some(b'[') {
            let end = self.bracket_end(at + 1)?;
            brackets = Some((at + 1, end));
            at = end + 1;
        }
        let append = self.byte(at) == Some(b'+');
        at += usize::from(append);
        if self.byte(at) != Some(b'=') {
            return None;
        }
        let subscript = brackets.map(|(from, end)| {
            self.nested(|cursor| {
                cursor.region(from, end, |cursor| cursor.parts(Quoting::Arithmetic))
            })
        });
        self.pos = (at + 1).min(self.end);
        let value = self.value();
        Some(Assignment {
            span: self.since(start),
            name: self.slice(start, name_end).to_owned(),
            subscript,
            append,
            value,
        })
    }

    /// What follows the equals sign.
    fn value(&mut self) -> Word {
        let start = self.pos;
        if self.peek() == Some(b'(') {
            let part = self.array();
            return Word {
                span: part.span,
                parts: vec![part],
            };
        }
        self.word(Quoting::None).unwrap_or_else(|| Word {
            span: self.span(start, start),
            parts: Vec::new(),
        })
    }

    /// An argument; that of `declare` and its kin may be `name=(…)`.
    fn argument(&mut self) -> Option<Word> {
        let mut word = self.word(Quoting::None)?;
        let assigns = match word.parts.last().map(|part| &part.kind) {
            Some(PartKind::Literal(text)) => text.len() > 1 && text.ends_with('='),
            _ => false,
        };
        if assigns && self.peek() == Some(b'(') {
            let part = self.array();
            word.span = word.span.to(part.span);
            word.parts.push(part);
        }
        Some(word)
    }

    /// The values of an array in parentheses.
    fn array(&mut self) -> Part {
        let start = self.pos;
        self.pos += 1;
        let words = self.nested(Cursor::elements);
        self.close(b')', start, "the array's parenthesis is not closed");
        Part {
            span: self.since(start),
            kind: PartKind::Array(words),
        }
    }

    /// Words over several lines, up to a closing parenthesis.
    fn elements(&mut self) -> Vec<Word> {
        let mut words = Vec::new();
        loop {
            self.newlines();
            if matches!(self.peek(), None | Some(b')')) {
                return words;
            }
            match self.word(Quoting::None) {
                Some(word) => words.push(word),
                None => self.unexpected(),
            }
        }
    }
}

impl Simple {
    /// The name of the command, without the folders before it.
    pub fn name(&self) -> Option<String> {
        let text = self.words.first()?.static_text()?;
        let name = text.rsplit('/').next().unwrap_or(&text);
        Some(name.to_owned())
    }
}
