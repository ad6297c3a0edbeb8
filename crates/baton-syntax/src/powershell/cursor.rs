//! Statements, pipes and words.

use baton_source::{Span, SyntaxError};

use super::{Command, MAX_DEPTH, Part, PartKind, Pipeline, Redirection, Script, Word};

/// Reads one text.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) pos: usize,
    pub(super) errors: Vec<SyntaxError>,
    depth: usize,
}

/// What stands at the start of a word, or between words.
enum Sign {
    /// The end of a command, statement or group.
    End,
    /// A redirection with the bytes of its operator.
    Redirection(usize),
    /// A word.
    Word,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Cursor<'a> {
        Cursor {
            text,
            pos: usize::from(text.starts_with('\u{feff}')) * '\u{feff}'.len_utf8(),
            errors: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(start, self.pos)
    }

    pub(super) fn skip(&mut self, sign: char) {
        self.pos += sign.len_utf8();
    }

    pub(super) fn error(&mut self, start: usize, message: &str) {
        let end = self.text.get(start..).and_then(|rest| rest.chars().next());
        let end = start + end.map_or(0, char::len_utf8);
        self.errors
            .push(SyntaxError::new(Span::new(start, end), message));
    }

    /// Statements up to the sign that closes them, which stays.
    pub(super) fn script(&mut self, closing: Option<char>) -> Script {
        let mut script = Script::default();
        loop {
            self.blanks(true);
            match self.peek() {
                None => return script,
                sign if sign == closing => return script,
                Some(';' | '|') => self.pos += 1,
                Some('&') if self.rest().starts_with("&&") => self.pos += 2,
                Some(sign @ (')' | '}')) => self.stray(sign),
                Some(sign) => self.statement(sign, &mut script),
            }
        }
    }

    /// A sign that closes nothing.
    fn stray(&mut self, sign: char) {
        self.error(self.pos, "nothing is open that this would close");
        self.skip(sign);
    }

    /// A statement, or a sign that begins none.
    fn statement(&mut self, sign: char, script: &mut Script) {
        let before = self.pos;
        let pipeline = self.pipeline();
        if pipeline.commands.is_empty() && self.pos == before {
            self.skip(sign);
        } else {
            script.pipelines.push(pipeline);
        }
    }

    /// Blanks, comments and continued lines; line endings too where they mean nothing.
    fn blanks(&mut self, lines: bool) {
        while let Some(length) = self.blank(lines) {
            self.pos += length;
        }
    }

    /// How long the blank or comment is that begins here.
    fn blank(&mut self, lines: bool) -> Option<usize> {
        let rest = self.rest();
        let sign = rest.chars().next()?;
        let continued = ["`\r\n", "`\n"].iter().find(|end| rest.starts_with(**end));
        if let Some(end) = continued {
            return Some(end.len());
        }
        if matches!(sign, '\n' | '\r') {
            return lines.then_some(1);
        }
        if sign.is_whitespace() {
            return Some(sign.len_utf8());
        }
        if rest.starts_with("<#") {
            let end = rest.find("#>");
            if end.is_none() {
                self.error(self.pos, "the comment is not closed");
            }
            return Some(end.map_or(rest.len(), |end| end + 2));
        }
        (sign == '#').then(|| rest.find(['\n', '\r']).unwrap_or(rest.len()))
    }

    fn pipeline(&mut self) -> Pipeline {
        let start = self.pos;
        let mut commands = Vec::new();
        loop {
            let command = self.command();
            if !command.words.is_empty() || !command.redirections.is_empty() {
                commands.push(command);
            }
            let end = self.pos;
            self.blanks(true);
            let rest = self.rest();
            if !rest.starts_with('|') || rest.starts_with("||") {
                self.pos = end;
                break;
            }
            self.pos += 1;
            self.blanks(true);
        }
        Pipeline {
            span: self.since(start),
            commands,
        }
    }

    fn command(&mut self) -> Command {
        let start = self.pos;
        let mut command = Command::default();
        let mut end = self.pos;
        let mut joined = false;
        // `&` before the first word calls what that word names.
        if self.rest().starts_with('&') && !self.rest().starts_with("&&") {
            self.pos += 1;
            command.words.push(self.literal(start, "&"));
            end = self.pos;
        }
        loop {
            self.blanks(false);
            match self.sign() {
                Sign::End if self.peek() == Some(',') => {
                    self.pos += 1;
                    self.blanks(true);
                    joined = true;
                    continue;
                }
                Sign::End => break,
                Sign::Redirection(length) => {
                    let redirection = self.redirection(length);
                    command.redirections.push(redirection);
                }
                Sign::Word if self.rest().starts_with("--%") => self.stop_parsing(&mut command),
                Sign::Word => {
                    let mut word = self.word();
                    word.joined = std::mem::take(&mut joined);
                    command.words.push(word);
                }
            }
            end = self.pos;
        }
        self.pos = end;
        command.span = self.since(start);
        command
    }

    fn literal(&self, start: usize, text: &str) -> Word {
        let span = self.since(start);
        Word {
            span,
            parts: vec![Part {
                span,
                kind: PartKind::Literal(text.to_owned()),
            }],
            joined: false,
        }
    }

    /// `--%`: what follows on the line is taken as it is.
    fn stop_parsing(&mut self, command: &mut Command) {
        self.pos += 3;
        let line = self.rest();
        let end = line.find(['\n', '\r', '|']).unwrap_or(line.len());
        let stop = self.pos + end;
        while self.pos < stop {
            let rest = self.text.get(self.pos..stop).unwrap_or("");
            let blank = rest.len() - rest.trim_start().len();
            self.pos += blank;
            let start = self.pos;
            let length = rest.trim_start().find(char::is_whitespace);
            self.pos = length.map_or(stop, |length| start + length);
            if self.pos > start {
                let text = self.text.get(start..self.pos).unwrap_or("");
                let word = self.literal(start, text);
                command.words.push(word);
            }
        }
    }

    fn sign(&self) -> Sign {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Sign::End;
        };
        let digits = usize::from(rest.starts_with(|sign: char| "123456*".contains(sign)));
        if let Some(operator) = rest.get(digits..).filter(|rest| rest.starts_with('>')) {
            let arrows = 1 + usize::from(operator.starts_with(">>"));
            let stream = operator.get(arrows..).is_some_and(|rest| {
                let after = rest.strip_prefix('&');
                after.is_some_and(|after| after.starts_with(|sign: char| sign.is_ascii_digit()))
            });
            return Sign::Redirection(digits + arrows + if stream { 2 } else { 0 });
        }
        match first {
            ';' | '|' | ')' | '}' | '\n' | '\r' | ',' | '&' => Sign::End,
            '<' => Sign::Redirection(1),
            _ => Sign::Word,
        }
    }

    fn redirection(&mut self, length: usize) -> Redirection {
        let start = self.pos;
        self.pos += length;
        let operator = self.text.get(start..self.pos).unwrap_or("").to_owned();
        let mut target = None;
        if !operator.contains('&') {
            let end = self.pos;
            self.blanks(false);
            if matches!(self.sign(), Sign::Word) {
                target = Some(self.word());
            } else {
                self.pos = end;
                self.error(start, "the redirection names no file");
            }
        }
        Redirection {
            span: self.since(start),
            operator,
            target,
        }
    }

    fn word(&mut self) -> Word {
        let start = self.pos;
        let mut parts: Vec<Part> = Vec::new();
        while let Some(sign) = self.peek() {
            let ends = sign.is_whitespace() || matches!(sign, ';' | '|' | ')' | '}' | ',' | '&');
            if ends || (matches!(sign, '>' | '<') && self.pos > start) {
                break;
            }
            let before = self.pos;
            let kind = self.part(sign, start);
            match (kind, parts.last_mut()) {
                (
                    PartKind::Literal(text),
                    Some(Part {
                        span,
                        kind: PartKind::Literal(last),
                    }),
                ) => {
                    last.push_str(&text);
                    *span = Span::new(span.start as usize, self.pos);
                }
                (kind, _) => parts.push(Part {
                    span: self.since(before),
                    kind,
                }),
            }
        }
        Word {
            span: self.since(start),
            parts,
            joined: false,
        }
    }

    fn part(&mut self, sign: char, start: usize) -> PartKind {
        let rest = self.rest();
        match sign {
            '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' => self.single_quoted(),
            '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' => self.double_quoted(),
            '@' if rest.starts_with("@'") || rest.starts_with("@\"") => self.here_string(),
            '@' if rest.starts_with("@(") => {
                self.pos += 1;
                PartKind::Group(self.enclosed(')'))
            }
            '@' if rest.starts_with("@{") => {
                self.pos += 1;
                PartKind::Table(self.enclosed('}'))
            }
            '$' => self.dollar(),
            '(' => PartKind::Group(self.enclosed(')')),
            '{' if self.pos == start || !rest.starts_with("{}") => {
                PartKind::Block(self.enclosed('}'))
            }
            '`' => {
                self.pos += 1;
                let next = self.peek();
                if let Some(next) = next {
                    self.skip(next);
                }
                PartKind::Literal(next.map_or_else(String::new, String::from))
            }
            _ => {
                self.skip(sign);
                PartKind::Literal(sign.to_string())
            }
        }
    }

    /// What stands between a sign, which is next, and the one that closes it.
    pub(super) fn enclosed(&mut self, closing: char) -> Script {
        let start = self.pos;
        self.pos += 1;
        if self.depth >= MAX_DEPTH {
            self.error(start, "this is nested too deeply");
            self.pos = self.text.len();
            return Script::default();
        }
        self.depth += 1;
        let script = self.script(Some(closing));
        self.depth -= 1;
        if self.peek() == Some(closing) {
            self.pos += 1;
        } else {
            self.error(start, "this is not closed");
        }
        script
    }
}
