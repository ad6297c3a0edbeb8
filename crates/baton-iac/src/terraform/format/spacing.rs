//! Whether two tokens of a line have a blank between them.

use super::super::scanner::TokenKind;
use super::Piece;

/// Whether `subject` and `after` are apart; `before` stands before them in the same cell.
pub(super) fn is_spaced(
    before: Option<&Piece<'_>>,
    subject: &Piece<'_>,
    after: &Piece<'_>,
) -> bool {
    if is_tight(subject, after) {
        return false;
    }
    if subject.is(",") {
        return true;
    }
    if holds_text(subject, after) {
        return false;
    }
    let follows_name = before.is_some_and(|before| before.kind == TokenKind::Identifier);
    if subject.kind == TokenKind::Identifier && subject.text == "in" && follows_name {
        return true;
    }
    if (after.is("[") && is_operand(subject)) || subject.is("!") {
        return false;
    }
    if subject.is("-") {
        return before.is_some_and(|before| !wants_operand(before));
    }
    between_brackets(subject, after)
}

/// What stands close to its neighbour wherever it is.
fn is_tight(subject: &Piece<'_>, after: &Piece<'_>) -> bool {
    let is_name = |piece: &Piece<'_>| piece.kind == TokenKind::Identifier;
    let is_dot = |piece: &Piece<'_>| piece.is(".") || piece.is("..");
    after.kind == TokenKind::Newline
        || (is_name(subject) && (after.is("(") || after.is("::")))
        || (subject.is("::") && is_name(after))
        || is_dot(subject)
        || is_dot(after)
        || after.is(",")
        || after.is("...")
}

/// Whether a blank between them would change a string.
fn holds_text(subject: &Piece<'_>, after: &Piece<'_>) -> bool {
    let is_text =
        |piece: &Piece<'_>| matches!(piece.kind, TokenKind::QuotedText | TokenKind::HeredocText);
    let opens = matches!(subject.kind, TokenKind::OpenQuote | TokenKind::OpenHeredoc);
    let closes = matches!(after.kind, TokenKind::CloseQuote | TokenKind::CloseHeredoc);
    opens || closes || is_text(subject) || is_text(after)
}

/// What `[` may pick an element of.
fn is_operand(piece: &Piece<'_>) -> bool {
    matches!(piece.kind, TokenKind::Identifier | TokenKind::Number) || piece.bracket() < 0
}

/// Whether `-` behind this is a sign.
fn wants_operand(before: &Piece<'_>) -> bool {
    const PUNCTUATION: [&str; 21] = [
        "(", "{", "[", "=", ":", ",", "?", "+", "*", "/", "%", "-", "==", "!=", "<", "<=", ">",
        ">=", "&&", "||", "!",
    ];
    before.kind == TokenKind::Punctuation && PUNCTUATION.contains(&before.text)
}

fn between_brackets(subject: &Piece<'_>, after: &Piece<'_>) -> bool {
    let opens_template = |piece: &Piece<'_>| piece.kind == TokenKind::OpenTemplate;
    let closes_template = |piece: &Piece<'_>| piece.kind == TokenKind::CloseTemplate;
    if subject.is("{") || after.is("}") {
        return !(subject.is("{") && after.is("}"));
    }
    if (opens_template(subject) && after.is("{")) || (subject.is("}") && closes_template(after)) {
        return true;
    }
    if closes_template(subject) && opens_template(after) {
        return false;
    }
    subject.bracket() <= 0 && after.bracket() >= 0
}
