//! Tokens inside strings and heredocs.

use super::{Mode, Scanner, TokenKind, line, line_ending};

/// Scans text up to an interpolation or the end of the string.
///
/// A string that its line does not close ends there, so that one lost quote does not turn the
/// rest of the file inside out.
pub(super) fn scan_quoted(scanner: &mut Scanner<'_>) {
    let rest = scanner.rest();
    let length = quoted_text(rest);
    scanner.push(TokenKind::QuotedText, length);
    let rest = rest.get(length..).unwrap_or("");
    if rest.starts_with('"') {
        scanner.push(TokenKind::CloseQuote, 1);
        scanner.modes.pop();
    } else if opens_template(rest) {
        open_template(scanner, rest);
    } else {
        scanner.modes.pop();
    }
}

/// Scans the word that ends the heredoc, or text up to an interpolation or the end of the line.
pub(super) fn scan_heredoc<'t>(scanner: &mut Scanner<'t>, word: &'t str, line_start: bool) {
    let rest = scanner.rest();
    if line_start && line_text(rest).trim() == word {
        let indent = rest.len() - rest.trim_start().len();
        scanner.at += indent;
        scanner.push(TokenKind::CloseHeredoc, word.len());
        scanner.modes.pop();
        return;
    }
    let length = heredoc_text(rest);
    scanner.push(TokenKind::HeredocText, length);
    let text = rest.get(..length).unwrap_or("");
    let begins_line = text.ends_with('\n');
    if let Some(Mode::Heredoc { line_start, .. }) = scanner.modes.last_mut() {
        *line_start = begins_line;
    }
    if !begins_line {
        open_template(scanner, rest.get(length..).unwrap_or(""));
    }
}

fn line_text(rest: &str) -> &str {
    rest.get(..line(rest)).unwrap_or("")
}

fn quoted_text(rest: &str) -> usize {
    let mut at = 0;
    while let Some(tail) = rest.get(at..) {
        let Some(c) = tail.chars().next() else {
            break;
        };
        if c == '"' || line_ending(tail) > 0 || opens_template(tail) {
            break;
        }
        at += match c {
            '\\' => escape(tail),
            _ if escapes_template(tail) => 3,
            _ => c.len_utf8(),
        };
    }
    at
}

/// The length of a backslash and what it takes the meaning from; never a line ending.
fn escape(tail: &str) -> usize {
    let escaped = tail.chars().nth(1).filter(|c| !matches!(c, '\n' | '\r'));
    1 + escaped.map_or(0, char::len_utf8)
}

fn heredoc_text(rest: &str) -> usize {
    let mut at = 0;
    // A line with many interpolations must not be searched for its end at each.
    while let Some(tail) = rest.get(at..) {
        let Some(c) = tail.chars().next() else {
            break;
        };
        if opens_template(tail) {
            break;
        }
        if c == '\n' {
            return at + 1;
        }
        at += if escapes_template(tail) {
            3
        } else {
            c.len_utf8()
        };
    }
    at
}

fn escapes_template(tail: &str) -> bool {
    tail.starts_with("$${") || tail.starts_with("%%{")
}

fn opens_template(tail: &str) -> bool {
    tail.starts_with("${") || tail.starts_with("%{")
}

fn open_template(scanner: &mut Scanner<'_>, rest: &str) {
    if !opens_template(rest) {
        return;
    }
    let strips = rest.get(2..).is_some_and(|tail| tail.starts_with('~'));
    scanner.push(TokenKind::OpenTemplate, 2 + usize::from(strips));
    scanner.modes.push(Mode::Interpolation { braces: 0 });
}
