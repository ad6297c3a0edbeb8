//! Tokens outside strings and heredocs.

use super::{Mode, Scanner, TokenKind, line, line_ending};

const OPERATORS: [&str; 11] = [
    "...", "==", "!=", "<=", ">=", "&&", "||", "=>", "::", "??", "..",
];

/// Scans one token, or skips the blanks before it.
pub(super) fn scan(scanner: &mut Scanner<'_>) {
    let rest = scanner.rest();
    let Some(first) = rest.chars().next() else {
        return;
    };
    match first {
        ' ' | '\t' => scanner.at += 1,
        '\n' => scanner.push(TokenKind::Newline, 1),
        '\r' if line_ending(rest) == 2 => scanner.push(TokenKind::Newline, 2),
        '#' => scanner.push(TokenKind::LineComment, line(rest)),
        '/' if rest.starts_with("//") => scanner.push(TokenKind::LineComment, line(rest)),
        '/' if rest.starts_with("/*") => block_comment(scanner, rest),
        '"' => {
            scanner.push(TokenKind::OpenQuote, 1);
            scanner.modes.push(Mode::Quoted);
        }
        '<' if rest.starts_with("<<") && open_heredoc(scanner, rest) => {}
        '{' => {
            count_brace(scanner);
            scanner.push(TokenKind::Punctuation, 1);
        }
        '~' if rest.starts_with("~}") && closes_template(scanner) => close(scanner, 2),
        '}' if closes_template(scanner) => close(scanner, 1),
        '}' => {
            if let Some(Mode::Interpolation { braces }) = scanner.modes.last_mut() {
                *braces -= 1;
            }
            scanner.push(TokenKind::Punctuation, 1);
        }
        '0'..='9' => scanner.push(TokenKind::Number, number(rest)),
        c if begins_name(c) => scanner.push(TokenKind::Identifier, name(rest)),
        c => operator(scanner, rest, c),
    }
}

/// Whether a closing brace would end the interpolation the scanner is in.
fn closes_template(scanner: &Scanner<'_>) -> bool {
    matches!(
        scanner.modes.last(),
        Some(Mode::Interpolation { braces: 0 })
    )
}

fn close(scanner: &mut Scanner<'_>, length: usize) {
    scanner.push(TokenKind::CloseTemplate, length);
    scanner.modes.pop();
}

fn count_brace(scanner: &mut Scanner<'_>) {
    if let Some(Mode::Interpolation { braces }) = scanner.modes.last_mut() {
        *braces += 1;
    }
}

fn block_comment(scanner: &mut Scanner<'_>, rest: &str) {
    let inside = rest.get(2..).unwrap_or("");
    let length = inside.find("*/").map_or(rest.len(), |at| at + 4);
    scanner.push(TokenKind::BlockComment, length);
}

/// Opens a heredoc if that is what stands here: the word must end the line.
fn open_heredoc(scanner: &mut Scanner<'_>, rest: &str) -> bool {
    let after = rest.get(2..).unwrap_or("");
    let after = after.strip_prefix('-').unwrap_or(after);
    if !after.starts_with(begins_name) {
        return false;
    }
    let (word, tail) = after.split_at_checked(name(after)).unwrap_or((after, ""));
    let ending = line_ending(tail);
    if ending == 0 {
        return false;
    }
    let length = rest.len() - tail.len() + ending;
    scanner.push(TokenKind::OpenHeredoc, length);
    // The word lives as long as the text, not as long as the borrow of the scanner.
    let start = scanner.at - ending - word.len();
    let word = scanner.text.get(start..start + word.len()).unwrap_or("");
    scanner.modes.push(Mode::Heredoc {
        word,
        line_start: true,
    });
    true
}

fn operator(scanner: &mut Scanner<'_>, rest: &str, first: char) {
    let several = OPERATORS.iter().find(|&&known| rest.starts_with(known));
    if let Some(known) = several {
        scanner.push(TokenKind::Punctuation, known.len());
    } else if "=+-*/%!<>?:.,()[]&|~".contains(first) {
        scanner.push(TokenKind::Punctuation, 1);
    } else {
        scanner.push(TokenKind::Invalid, first.len_utf8());
    }
}

fn begins_name(c: char) -> bool {
    unicode_ident::is_xid_start(c) || c == '_'
}

fn name(rest: &str) -> usize {
    rest.find(|c: char| !(unicode_ident::is_xid_continue(c) || c == '-'))
        .unwrap_or(rest.len())
}

fn number(rest: &str) -> usize {
    let digits = |from: usize| {
        let tail = rest.get(from..).unwrap_or("");
        tail.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(tail.len())
    };
    let mut end = digits(0);
    if rest.get(end..).is_some_and(|tail| tail.starts_with('.')) && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if rest
        .get(end..)
        .is_some_and(|tail| tail.starts_with(['e', 'E']))
    {
        let signed = rest
            .get(end + 1..)
            .is_some_and(|tail| tail.starts_with(['+', '-']));
        let exponent = end + 1 + usize::from(signed);
        if digits(exponent) > 0 {
            end = exponent + digits(exponent);
        }
    }
    end
}
