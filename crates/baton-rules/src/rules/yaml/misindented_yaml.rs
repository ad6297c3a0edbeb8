//! What begins a line is indented as configured.

use baton_syntax::yaml::tokens::{Token, TokenKind};

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Where what begins a line must stand.
#[derive(Clone, Copy)]
enum Place {
    /// At a column.
    At(usize),
    /// Deeper than a column, by the width that is configured or used before.
    Below(usize),
}

/// How lists below a key are indented.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lists {
    Indented,
    Flush,
    Either,
    /// As the first one is.
    AsFirst,
}

/// Goes through the signs of a file.
struct Walk<'l, 'a> {
    lint: &'l Lint<'a>,
    out: &'l mut Findings,
    tokens: &'a [Token],
    at: usize,
    /// One step, once it is known.
    step: Option<usize>,
    lists: Lists,
    texts: bool,
    /// The line that was judged last.
    judged: Option<usize>,
}

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "indentation") else {
        return;
    };
    let lists = match lint.word("indent-sequences", "true") {
        "false" => Lists::Flush,
        "whatever" => Lists::Either,
        "consistent" => Lists::AsFirst,
        _ => Lists::Indented,
    };
    let step = usize::try_from(lint.number("spaces", 0));
    let mut walk = Walk {
        lint: &lint,
        out,
        tokens: lint.tokens(),
        at: 0,
        step: step.ok().filter(|step| *step > 0),
        lists,
        texts: lint.flag("check-multi-line-strings", false),
        judged: None,
    };
    let mut complete = false;
    while let Some(token) = walk.peek() {
        match token.kind {
            TokenKind::Directive | TokenKind::DocumentStart | TokenKind::DocumentEnd => {
                walk.judge(token, Place::At(0));
                walk.at += 1;
            }
            _ if complete => return,
            _ => walk.node(Place::At(0)),
        }
        // Behind a whole value another document begins; nothing else can be understood.
        complete = !matches!(
            token.kind,
            TokenKind::Directive | TokenKind::DocumentStart | TokenKind::DocumentEnd
        );
    }
}

impl<'a> Walk<'_, 'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn is_next(&self, kind: TokenKind) -> bool {
        self.peek().is_some_and(|token| token.kind == kind)
    }

    /// The column of a place; the first step taken says how wide steps are.
    fn column(&mut self, place: Place, found: usize) -> usize {
        match place {
            Place::At(column) => column,
            Place::Below(column) => {
                let step = *self.step.get_or_insert(found.saturating_sub(column));
                column + step
            }
        }
    }

    /// Judges what begins a line; anything else stands where it stands.
    fn judge(&mut self, token: &Token, place: Place) {
        let begins = self.lint.indent_of(token.line) == token.column;
        let known = self.judged.is_some_and(|judged| judged >= token.line);
        if !begins || known {
            return;
        }
        self.judged = Some(token.line);
        let wanted = self.column(place, token.column);
        if wanted != token.column {
            self.report(token, &wanted.to_string());
        }
    }

    fn report(&mut self, token: &Token, wanted: &str) {
        let found = token.column;
        let message = format!("this line is indented by {found}, not by {wanted}");
        if let Some(finding) = self.lint.report(self.out, token.span, message) {
            finding.help("Indent it as its neighbours and the configuration demand.");
        }
    }

    /// A value with its anchor and tag.
    fn node(&mut self, place: Place) {
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Anchor | TokenKind::Tag => {
                    self.judge(token, place);
                    self.at += 1;
                }
                TokenKind::MappingStart => return self.mapping(place),
                TokenKind::SequenceStart => {
                    self.judge(token, place);
                    self.at += 1;
                    self.entries();
                    if self.is_next(TokenKind::BlockEnd) {
                        self.at += 1;
                    }
                    return;
                }
                kind if kind.is_flow_start() => return self.flow(place),
                kind if kind.is_scalar() || kind == TokenKind::Alias => {
                    self.judge(token, place);
                    self.at += 1;
                    if self.texts {
                        self.text(token, place);
                    }
                    return;
                }
                _ => return,
            }
        }
    }

    /// A mapping on lines of its own.
    fn mapping(&mut self, place: Place) {
        let Some(start) = self.peek() else { return };
        self.judge(start, place);
        let column = start.column;
        self.at += 1;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Key => self.key(token, column),
                TokenKind::Value => self.value(token, column),
                _ => break,
            }
        }
        if self.is_next(TokenKind::BlockEnd) {
            self.at += 1;
        }
    }

    fn key(&mut self, token: &'a Token, column: usize) {
        self.judge(token, Place::At(column));
        self.at += 1;
        if token.span.is_empty() {
            return self.node(Place::At(column));
        }
        let inner = self.inner(token, column);
        self.node(inner);
    }

    /// Where what follows a sign belongs: beside it, or on the next line one step deeper.
    fn inner(&self, token: &Token, column: usize) -> Place {
        match self.peek() {
            Some(next) if next.line == token.line => Place::At(next.column),
            _ => Place::Below(column),
        }
    }

    fn value(&mut self, token: &'a Token, column: usize) {
        self.judge(token, Place::At(column));
        self.at += 1;
        let mut next = self.at;
        while let Some(one) = self.tokens.get(next) {
            let property = matches!(one.kind, TokenKind::Anchor | TokenKind::Tag);
            if !property || one.line != token.line {
                break;
            }
            next += 1;
        }
        let Some(next) = self.tokens.get(next) else {
            return;
        };
        match next.kind {
            TokenKind::Entry | TokenKind::SequenceStart if next.line != token.line => {
                self.at = next_index(self.tokens, next, self.at);
                self.list(next, column);
            }
            // Nothing stands there, or nothing but an anchor or a tag.
            TokenKind::BlockEnd | TokenKind::Key => {
                self.at = next_index(self.tokens, next, self.at);
            }
            _ if next.line == token.line => self.node(Place::At(next.column)),
            _ => self.node(Place::Below(column)),
        }
    }

    /// A list below a key.
    fn list(&mut self, first: &'a Token, column: usize) {
        let flush = first.column == column;
        if self.lists == Lists::AsFirst {
            self.lists = if flush { Lists::Flush } else { Lists::Indented };
        }
        let place = match self.lists {
            Lists::Flush => Place::At(column),
            Lists::Either if flush => Place::At(column),
            // Nothing can be learnt from a list that is not indented at all.
            _ if flush && self.step.is_none() => {
                self.judged = Some(first.line);
                self.report(first, &format!("at least {}", column + 1));
                Place::At(column)
            }
            _ => Place::Below(column),
        };
        if first.kind == TokenKind::SequenceStart {
            return self.node(place);
        }
        self.judge(first, place);
        self.entries();
    }

    /// The items of a list.
    fn entries(&mut self) {
        let Some(first) = self.peek() else { return };
        let column = first.column;
        while let Some(token) = self.peek().filter(|token| token.kind == TokenKind::Entry) {
            self.judge(token, Place::At(column));
            self.at += 1;
            let Some(next) = self.peek() else { return };
            let nothing = matches!(
                next.kind,
                TokenKind::Entry | TokenKind::BlockEnd | TokenKind::Key
            );
            if !nothing {
                let inner = self.inner(token, column);
                self.node(inner);
            }
        }
    }

    /// Brackets: what is in them begins beside the bracket, or one step deeper than its line.
    fn flow(&mut self, place: Place) {
        let Some(start) = self.peek() else { return };
        self.judge(start, place);
        let line = self.lint.indent_of(start.line);
        self.at += 1;
        let inner = self.inner(start, line);
        let inner = match (inner, self.peek()) {
            (Place::Below(_), Some(next)) if !next.kind.is_flow_end() => {
                Place::At(self.column(inner, next.column))
            }
            _ => inner,
        };
        while let Some(token) = self.peek() {
            if token.kind.is_flow_end() {
                self.judge(token, Place::At(line));
                self.at += 1;
                return;
            }
            let before = self.at;
            self.flow_entry(token, inner);
            if self.at == before {
                return;
            }
        }
    }

    fn flow_entry(&mut self, token: &'a Token, inner: Place) {
        match token.kind {
            TokenKind::Comma | TokenKind::Key => {
                self.judge(token, inner);
                self.at += 1;
            }
            TokenKind::Value => {
                self.judge(token, inner);
                self.at += 1;
                let column = match inner {
                    Place::At(column) | Place::Below(column) => column,
                };
                let ends = self
                    .peek()
                    .is_none_or(|next| next.kind == TokenKind::Comma || next.kind.is_flow_end());
                if !ends {
                    let value = self.inner(token, column);
                    self.node(value);
                }
            }
            _ => self.node(inner),
        }
    }

    /// The further lines of a text.
    fn text(&mut self, token: &Token, place: Place) {
        let block = token.kind == TokenKind::Block;
        let quoted = matches!(token.kind, TokenKind::Single | TokenKind::Double);
        let mut wanted = (!block).then_some(token.column + usize::from(quoted));
        let base = match place {
            Place::Below(column) => column,
            Place::At(_) => self.lint.indent_of(token.line),
        };
        for line in token.line + 1..=token.end_line {
            let lines = self.lint.file.lines();
            let text = lines.line_text(self.lint.text, line);
            let indent = self.lint.indent_of(line);
            if text.trim().is_empty() {
                continue;
            }
            let wanted = match wanted {
                Some(wanted) => wanted,
                None => *wanted.insert(self.column(Place::Below(base), indent)),
            };
            if wanted != indent {
                let start = lines.start_of(line).unwrap_or(0) as usize;
                let span = baton_source::Span::new(start, start + text.trim_end().len());
                let message = format!("this line of text is indented by {indent}, not by {wanted}");
                if let Some(finding) = self.lint.report(self.out, span, message) {
                    finding.help("Indent all lines of a text alike.");
                }
            }
        }
    }
}

/// The number of a token that stands at or behind a place.
fn next_index(tokens: &[Token], wanted: &Token, from: usize) -> usize {
    let rest = tokens.get(from..).unwrap_or(&[]);
    let distance = rest.iter().position(|token| std::ptr::eq(token, wanted));
    from + distance.unwrap_or(0)
}
