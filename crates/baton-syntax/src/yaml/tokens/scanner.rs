//! From sign to sign.

use baton_source::Span;

use super::{Comment, Token, TokenKind, Tokens};

/// How far behind its key the `:` may stand.
const MAX_KEY: usize = 1024;
/// How many brackets, and how many blocks, may stand inside one another.
const MAX_DEPTH: usize = 128;

/// A sign cannot stand where it stands.
pub(super) struct Misplaced;

/// What was read so far.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) line: usize,
    line_start: usize,
    out: Tokens,
    /// The column of the open block; -1 outside of all.
    pub(super) indent: isize,
    indents: Vec<isize>,
    /// For each open bracket, and outside of all: what may turn out to be a key.
    keys: Vec<Option<Candidate>>,
    /// Whether what comes may be a key.
    pub(super) key_allowed: bool,
}

/// Something that is a key if a `:` follows.
#[derive(Clone, Copy)]
struct Candidate {
    /// The number of signs before it.
    number: usize,
    required: bool,
    at: usize,
    line: usize,
    column: usize,
}

pub(super) fn scan(text: &str) -> Tokens {
    let mut scanner = Scanner {
        text,
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        line: 0,
        line_start: if text.starts_with('\u{feff}') { 3 } else { 0 },
        out: Tokens::default(),
        indent: -1,
        indents: Vec::new(),
        keys: vec![None],
        key_allowed: true,
    };
    loop {
        match scanner.next() {
            Ok(true) => {}
            Ok(false) => break,
            Err(Misplaced) => {
                scanner.out.stopped = Some(scanner.at);
                break;
            }
        }
    }
    scanner.out
}

impl<'t> Scanner<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn column(&self) -> usize {
        let before = self.text.get(self.line_start..self.at);
        before.map_or(0, |before| before.chars().count())
    }

    pub(super) fn in_flow(&self) -> bool {
        self.keys.len() > 1
    }

    /// Goes on by a number of bytes, over line ends too.
    pub(super) fn skip(&mut self, bytes: usize) {
        let passed = self.text.get(self.at..self.at + bytes).unwrap_or("");
        if let Some(last) = passed.rfind('\n') {
            self.line += passed.matches('\n').count();
            self.line_start = self.at + last + 1;
        }
        self.at += bytes;
    }

    /// Whether `---` or `...` begins the line here.
    pub(super) fn at_document_mark(&self) -> bool {
        let rest = self.rest();
        let behind = rest.strip_prefix("---").or(rest.strip_prefix("..."));
        self.at == self.line_start && behind.is_some_and(is_apart)
    }

    /// Reads one sign; false at the end.
    fn next(&mut self) -> Result<bool, Misplaced> {
        use TokenKind::{Alias, Anchor, DocumentEnd, DocumentStart, Tag};
        self.skip_blanks();
        self.forget_stale_key()?;
        let column = self.column();
        self.unwind(isize::try_from(column).unwrap_or(isize::MAX));
        let rest = self.rest();
        let Some(sign) = rest.chars().next() else {
            self.unwind(-1);
            return self.forget_key().map(|()| false);
        };
        let apart = is_apart(rest.get(sign.len_utf8()..).unwrap_or(""));
        let flow = self.in_flow();
        match sign {
            '%' if column == 0 => self.directive()?,
            '-' if self.at_document_mark() => self.document_mark(DocumentStart)?,
            '.' if self.at_document_mark() => self.document_mark(DocumentEnd)?,
            '[' | '{' => self.flow_start(sign)?,
            ']' | '}' => self.flow_end(sign)?,
            ',' if flow => self.comma()?,
            '-' if apart => self.entry()?,
            '?' if apart => self.explicit_key()?,
            ':' if apart || (flow && self.ends_flow_key(rest)) => self.value()?,
            '*' => self.named(Alias)?,
            '&' => self.named(Anchor)?,
            '!' => self.named(Tag)?,
            '|' | '>' if !flow => self.block_scalar()?,
            '\'' | '"' => self.quoted(sign)?,
            '#' | '%' | '@' | '`' | ',' | '|' | '>' => return Err(Misplaced),
            _ => self.plain()?,
        }
        Ok(true)
    }

    /// Whether the `:` here follows a key in quotes or brackets, or something ends behind it.
    fn ends_flow_key(&self, rest: &str) -> bool {
        let quoted = self.out.tokens.last().is_some_and(|last| {
            last.span.end as usize == self.at && !matches!(last.kind, TokenKind::Plain)
        });
        let candidate = self.keys.last().copied().flatten().is_some();
        (quoted && candidate) || rest.get(1..).is_some_and(|rest| rest.starts_with(FLOW))
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
            self.skip(blanks);
            let rest = self.rest();
            if rest.starts_with('\n') {
                self.skip(1);
                self.key_allowed |= !self.in_flow();
            } else if rest.starts_with('#') && self.may_comment() {
                self.comment();
            } else {
                return;
            }
        }
    }

    fn may_comment(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or("");
        let before = before.chars().next_back();
        before.is_none_or(|before| {
            matches!(
                before,
                ' ' | '\t' | '\n' | '\u{feff}' | ',' | '[' | '{' | ']' | '}'
            )
        })
    }

    fn comment(&mut self) {
        let rest = self.rest();
        let end = rest.find('\n').unwrap_or(rest.len());
        let text = rest.get(..end).unwrap_or("").trim_end_matches('\r');
        let last = self.out.tokens.last();
        let comment = Comment {
            span: Span::new(self.at, self.at + text.len()),
            line: self.line,
            column: self.column(),
            is_inline: last.is_some_and(|last| last.end_line == self.line),
            after: self.out.tokens.len(),
        };
        self.out.comments.push(comment);
        self.skip(end);
    }

    /// Puts a sign that begins at a place of the current line's past and ends here.
    pub(super) fn push(&mut self, kind: TokenKind, start: Place) {
        self.out.tokens.push(Token {
            kind,
            span: Span::new(start.at, self.at),
            line: start.line,
            end_line: self.line,
            column: start.column,
        });
    }

    pub(super) fn place(&self) -> Place {
        Place {
            at: self.at,
            line: self.line,
            column: self.column(),
        }
    }

    fn one(&mut self, kind: TokenKind) {
        let start = self.place();
        self.skip(1);
        self.push(kind, start);
    }

    fn unwind(&mut self, column: isize) {
        if self.in_flow() {
            return;
        }
        while self.indent > column {
            let here = self.place();
            self.push(TokenKind::BlockEnd, here);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn add_indent(&mut self, column: usize) -> Result<bool, Misplaced> {
        let column = isize::try_from(column).unwrap_or(isize::MAX);
        let deeper = self.indent < column;
        if deeper {
            if self.indents.len() >= MAX_DEPTH {
                return Err(Misplaced);
            }
            self.indents.push(self.indent);
            self.indent = column;
        }
        Ok(deeper)
    }

    fn forget_stale_key(&mut self) -> Result<(), Misplaced> {
        let (line, at) = (self.line, self.at);
        for key in &mut self.keys {
            let Some(candidate) = *key else { continue };
            if candidate.line != line || at - candidate.at > MAX_KEY {
                if candidate.required {
                    return Err(Misplaced);
                }
                *key = None;
            }
        }
        Ok(())
    }

    /// What was a candidate is no key.
    pub(super) fn forget_key(&mut self) -> Result<(), Misplaced> {
        let key = self.keys.last_mut().and_then(Option::take);
        if key.is_some_and(|key| key.required) {
            return Err(Misplaced);
        }
        Ok(())
    }

    /// What comes may be a key.
    pub(super) fn note_key(&mut self) -> Result<(), Misplaced> {
        if !self.key_allowed {
            return Ok(());
        }
        let column = self.column();
        let required = !self.in_flow() && isize::try_from(column) == Ok(self.indent);
        self.forget_key()?;
        let candidate = Candidate {
            number: self.out.tokens.len(),
            required,
            at: self.at,
            line: self.line,
            column,
        };
        if let Some(last) = self.keys.last_mut() {
            *last = Some(candidate);
        }
        Ok(())
    }

    fn directive(&mut self) -> Result<(), Misplaced> {
        self.unwind(-1);
        self.forget_key()?;
        self.key_allowed = false;
        let start = self.place();
        let line = self.rest().lines().next().unwrap_or("");
        let end = line.find(" #").unwrap_or(line.len());
        self.skip(line.get(..end).unwrap_or("").trim_end().len());
        self.push(TokenKind::Directive, start);
        Ok(())
    }

    fn document_mark(&mut self, kind: TokenKind) -> Result<(), Misplaced> {
        self.unwind(-1);
        self.forget_key()?;
        self.key_allowed = false;
        let start = self.place();
        self.skip(3);
        self.push(kind, start);
        Ok(())
    }

    fn flow_start(&mut self, sign: char) -> Result<(), Misplaced> {
        self.note_key()?;
        if self.keys.len() > MAX_DEPTH {
            return Err(Misplaced);
        }
        self.keys.push(None);
        self.key_allowed = true;
        self.one(if sign == '[' {
            TokenKind::FlowSequenceStart
        } else {
            TokenKind::FlowMappingStart
        });
        Ok(())
    }

    fn flow_end(&mut self, sign: char) -> Result<(), Misplaced> {
        self.forget_key()?;
        if self.keys.len() < 2 {
            return Err(Misplaced);
        }
        self.keys.pop();
        self.key_allowed = false;
        self.one(if sign == ']' {
            TokenKind::FlowSequenceEnd
        } else {
            TokenKind::FlowMappingEnd
        });
        Ok(())
    }

    fn comma(&mut self) -> Result<(), Misplaced> {
        self.key_allowed = true;
        self.forget_key()?;
        self.one(TokenKind::Comma);
        Ok(())
    }

    fn block_start(&mut self, kind: TokenKind) -> Result<(), Misplaced> {
        if self.in_flow() {
            return Ok(());
        }
        if !self.key_allowed {
            return Err(Misplaced);
        }
        let here = self.place();
        if self.add_indent(here.column)? {
            self.push(kind, here);
        }
        Ok(())
    }

    fn entry(&mut self) -> Result<(), Misplaced> {
        self.block_start(TokenKind::SequenceStart)?;
        self.key_allowed = true;
        self.forget_key()?;
        self.one(TokenKind::Entry);
        Ok(())
    }

    fn explicit_key(&mut self) -> Result<(), Misplaced> {
        self.block_start(TokenKind::MappingStart)?;
        self.key_allowed = !self.in_flow();
        self.forget_key()?;
        self.one(TokenKind::Key);
        Ok(())
    }

    fn value(&mut self) -> Result<(), Misplaced> {
        if let Some(key) = self.keys.last_mut().and_then(Option::take) {
            let unwritten = |kind| Token {
                kind,
                span: Span::at(key.at),
                line: key.line,
                end_line: key.line,
                column: key.column,
            };
            self.insert(key.number, unwritten(TokenKind::Key));
            if !self.in_flow() && self.add_indent(key.column)? {
                self.insert(key.number, unwritten(TokenKind::MappingStart));
            }
            self.key_allowed = false;
        } else {
            self.block_start(TokenKind::MappingStart)?;
            self.key_allowed = !self.in_flow();
            self.forget_key()?;
        }
        self.one(TokenKind::Value);
        Ok(())
    }

    /// Puts a sign before others; a comment among those comes after it.
    fn insert(&mut self, number: usize, token: Token) {
        if number > self.out.tokens.len() {
            return;
        }
        self.out.tokens.insert(number, token);
        for comment in self.out.comments.iter_mut().rev() {
            if comment.after <= number {
                break;
            }
            comment.after += 1;
        }
    }
}

/// Where something begins.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The signs of brackets.
pub(super) const FLOW: [char; 5] = [',', '[', ']', '{', '}'];

/// Whether what follows a sign leaves it alone.
pub(super) fn is_apart(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with([' ', '\t', '\r', '\n'])
}
