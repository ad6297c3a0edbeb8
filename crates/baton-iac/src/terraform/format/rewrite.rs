//! Old spellings, replaced by today's: names without quotes, types in quotes, and strings that
//! are nothing but an interpolation.

use super::super::scanner::TokenKind;
use super::Piece;

/// The tokens of a whole file, old spellings replaced.
pub(super) fn rewritten<'t>(pieces: &[Piece<'t>]) -> Vec<Piece<'t>> {
    let mut rewriting = Rewriting {
        blocks: Vec::new(),
        done: Vec::with_capacity(pieces.len()),
    };
    let mut rest = pieces;
    while let [first, after @ ..] = rest {
        let length = match first.kind {
            TokenKind::Identifier => rewriting.item(first, after),
            _ => rewriting.between_items(first),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    rewriting.done
}

struct Rewriting<'t> {
    /// The types of the blocks around, outermost first.
    blocks: Vec<&'t str>,
    done: Vec<Piece<'t>>,
}

impl<'t> Rewriting<'t> {
    fn between_items(&mut self, piece: &Piece<'t>) -> usize {
        if piece.is("}") {
            self.blocks.pop();
        }
        self.done.push(*piece);
        1
    }

    /// An attribute or the head of a block; how many tokens it has.
    fn item(&mut self, name: &Piece<'t>, after: &[Piece<'t>]) -> usize {
        self.done.push(*name);
        let between = after.iter().take_while(|piece| is_comment(piece)).count();
        let is_attribute = after.get(between).is_some_and(|piece| piece.is("="));
        if is_attribute {
            let value = after.get(between + 1..).unwrap_or_default();
            let before = value.iter().take_while(|piece| is_comment(piece)).count();
            let head = between + 1 + before;
            self.done.extend(after.iter().take(head));
            let value = expression(after.get(head..).unwrap_or_default());
            if self.blocks == ["variable"] && name.text == "type" {
                self.done.extend(modern_type(value));
            } else {
                self.done.extend(unwrapped(value));
            }
            1 + head + value.len()
        } else {
            self.blocks.push(name.text);
            1 + self.head(after)
        }
    }

    /// What stands between the type of a block and its body.
    fn head(&mut self, after: &[Piece<'t>]) -> usize {
        let ends = |piece: &Piece<'_>| piece.is("{") || piece.ends_line();
        let length = after.iter().position(ends).unwrap_or(after.len());
        let head = after.get(..length).unwrap_or(after);
        let labels = head.iter().rposition(|piece| !is_comment(piece));
        let (labels, behind) = head.split_at(labels.map_or(0, |last| last + 1));
        for piece in labels.iter().filter(|piece| !is_comment(piece)) {
            if piece.kind == TokenKind::Identifier {
                self.done.push(Piece::new(TokenKind::OpenQuote, "\""));
                self.done
                    .push(Piece::new(TokenKind::QuotedText, piece.text));
                self.done.push(Piece::new(TokenKind::CloseQuote, "\""));
            } else {
                self.done.push(*piece);
            }
        }
        self.done.extend(behind);
        self.done.extend(after.get(length));
        length + 1
    }
}

fn is_comment(piece: &Piece<'_>) -> bool {
    piece.kind == TokenKind::BlockComment
}

/// The value a text begins with, without comments behind it.
fn expression<'p, 't>(rest: &'p [Piece<'t>]) -> &'p [Piece<'t>] {
    let mut open = 0_i64;
    let ends = |piece: &Piece<'_>| {
        open += piece.bracket();
        open < 0 || (open == 0 && matches!(piece.kind, TokenKind::Newline | TokenKind::LineComment))
    };
    let end = rest.iter().position(ends).unwrap_or(rest.len());
    let mut value = rest.get(..end).unwrap_or(rest);
    while let [before @ .., last] = value
        && is_comment(last)
    {
        value = before;
    }
    value
}

/// The type of a variable as it is written today.
fn modern_type<'t>(value: &[Piece<'t>]) -> Vec<Piece<'t>> {
    let name = |text| Piece::new(TokenKind::Identifier, text);
    let of = |collection, element| {
        let bracket = |text| Piece::new(TokenKind::Punctuation, text);
        vec![name(collection), bracket("("), name(element), bracket(")")]
    };
    match value {
        [only] if only.kind == TokenKind::Identifier => match only.text {
            "list" | "map" | "set" => of(only.text, "any"),
            _ => vec![*only],
        },
        [open, word, close]
            if open.kind == TokenKind::OpenQuote && close.kind == TokenKind::CloseQuote =>
        {
            match word.text {
                "string" => vec![name("string")],
                "list" | "map" => of(word.text, "string"),
                _ => value.to_vec(),
            }
        }
        _ => value.to_vec(),
    }
}

/// A value without the quotes around its one interpolation.
fn unwrapped<'t>(value: &[Piece<'t>]) -> Vec<Piece<'t>> {
    let mut value = value;
    let mut wrapped = false;
    while let Some(inside) = only_interpolation(value) {
        value = inside;
        wrapped = true;
    }
    let has_breaks = value
        .iter()
        .any(|piece| matches!(piece.kind, TokenKind::Newline | TokenKind::LineComment));
    if !wrapped || !has_breaks || is_in_parentheses(value) {
        return value.to_vec();
    }
    let parenthesis = |text| Piece::new(TokenKind::Punctuation, text);
    let mut list = vec![parenthesis("(")];
    list.extend(value);
    list.push(parenthesis(")"));
    list
}

/// What is interpolated in a string, if certainly nothing else is in it.
fn only_interpolation<'p, 't>(value: &'p [Piece<'t>]) -> Option<&'p [Piece<'t>]> {
    let [open, opener, inside @ .., closer, close] = value else {
        return None;
    };
    let is_string = open.kind == TokenKind::OpenQuote && close.kind == TokenKind::CloseQuote;
    let is_interpolation = opener.kind == TokenKind::OpenTemplate && opener.text.starts_with('$');
    if !is_string || !is_interpolation || closer.kind != TokenKind::CloseTemplate {
        return None;
    }
    let mut quotes = 0_usize;
    for piece in inside {
        match piece.kind {
            TokenKind::OpenQuote => quotes += 1,
            TokenKind::CloseQuote => quotes = quotes.checked_sub(1)?,
            TokenKind::CloseTemplate | TokenKind::QuotedText if quotes == 0 => return None,
            TokenKind::OpenTemplate if quotes == 0 && piece.text.starts_with('$') => return None,
            _ => {}
        }
    }
    let is_break = |piece: &Piece<'_>| piece.kind == TokenKind::Newline;
    let start = inside.iter().position(|piece| !is_break(piece))?;
    let end = inside.iter().rposition(|piece| !is_break(piece))?;
    inside.get(start..=end)
}

/// Whether the first token is a parenthesis that the last one closes.
fn is_in_parentheses(value: &[Piece<'_>]) -> bool {
    let mut open = 0_i64;
    let closed = value.iter().position(|piece| {
        open += piece.bracket();
        open == 0
    });
    value.first().is_some_and(|first| first.is("("))
        && closed.is_some_and(|at| at + 1 == value.len())
}
