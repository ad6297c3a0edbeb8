//! What Terraform reads and `hcl-edit` does not: the text is changed before a second attempt.
//!
//! Every byte stays where it is, so that spans hold for the text as it was.

use std::borrow::Cow;

use baton_source::Span;
use hcl_edit::parser::Error;
use hcl_edit::structure::Body;

use super::scanner::{TokenKind, tokens};

/// More repeated keys than this in one file are left to be an error.
const MOST_RENAMED: u32 = 100;

/// So many bytes are read again and again for one file.
const MOST_READ: usize = 8_000_000;

/// Reads a text; a failure is that of the text as it was.
pub(super) fn body(source: &str) -> Result<Body, Error> {
    let source = without_empty_heredocs(source);
    let error = match source.parse() {
        Ok(body) => return Ok(body),
        Err(error) => error,
    };
    let mut text = joined(&source);
    let most = MOST_READ / source.len().max(1);
    for attempt in 0..MOST_RENAMED.min(u32::try_from(most).unwrap_or(MOST_RENAMED).max(1)) {
        match text.parse::<Body>() {
            Ok(body) => return Ok(body),
            Err(found) if found.message().contains("redefined object key") => {
                if rename(&mut text, found.location().offset(), attempt).is_none() {
                    break;
                }
            }
            Err(_) => break,
        }
    }
    Err(error)
}

/// The text with `""` and blanks for each heredoc without a line.
///
/// `hcl-edit` passes over the word that ends such a heredoc and reads on to the next one.
fn without_empty_heredocs(text: &str) -> Cow<'_, str> {
    if !text.contains("<<") {
        return Cow::Borrowed(text);
    }
    let mut changed = Cow::Borrowed(text);
    let mut opener: Option<Span> = None;
    for token in tokens(text) {
        if let (Some(opener), TokenKind::CloseHeredoc) = (opener, token.kind) {
            let range = opener.start as usize..token.span.end as usize;
            let blanks = " ".repeat(range.len().saturating_sub(2));
            changed
                .to_mut()
                .replace_range(range, &format!("\"\"{blanks}"));
        }
        opener = (token.kind == TokenKind::OpenHeredoc).then_some(token.span);
    }
    changed
}

/// Gives the repeated key at an offset another name of the same length.
///
/// To Terraform the last value of a key counts, and lowering takes names from the text as it was.
fn rename(text: &mut String, at: usize, attempt: u32) -> Option<()> {
    let rest = text.get(at..)?;
    let start = at + usize::from(rest.starts_with('"'));
    let key = text.get(start..)?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = key.find(|c| !is_plain(c)).unwrap_or(key.len());
    if length == 0 || (start > at && !key.get(length..)?.starts_with('"')) {
        return None;
    }
    let mut left = attempt;
    let letters = (0..length).map(|_| {
        let letter = char::from_digit(10 + left % 26, 36).unwrap_or('a');
        left /= 26;
        letter
    });
    let name: String = letters.collect();
    text.replace_range(start..start + length, &name);
    Some(())
}

/// What a bracket that is open says about line breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    /// They end an argument or an element.
    Count,
    /// They mean nothing: `(`, `[` and `for` in braces.
    Blank,
}

/// The text with blanks for the line breaks and comments inside `(…)`, `[…]` and `{ for … }`.
///
/// Every byte stays where it is. Terraform reads both alike; `hcl-edit` takes no line break in
/// some of these places, such as after `=>`.
fn joined(text: &str) -> String {
    let mut joined = text.to_owned();
    let mut open: Vec<Breaks> = Vec::new();
    let mut opener = None;
    let mut last = None;
    for token in tokens(text) {
        let word = token.span.of(text);
        match (token.kind, word) {
            (TokenKind::Punctuation, "{") => {
                open.push(Breaks::Count);
                opener = Some(open.len());
            }
            (TokenKind::Punctuation, "(" | "[") | (TokenKind::OpenTemplate, _) => {
                open.push(Breaks::Blank);
            }
            (TokenKind::Punctuation, "}" | ")" | "]") | (TokenKind::CloseTemplate, _) => {
                open.pop();
            }
            (TokenKind::Identifier, "for") if opener == Some(open.len()) => {
                if let Some(braces) = open.last_mut() {
                    *braces = Breaks::Blank;
                }
            }
            _ => {}
        }
        let is_break = matches!(
            token.kind,
            TokenKind::Newline | TokenKind::LineComment | TokenKind::BlockComment
        );
        // The word that ends a heredoc must stand alone in its line.
        let is_blank = open.last() == Some(&Breaks::Blank);
        if is_break && is_blank && last != Some(TokenKind::CloseHeredoc) {
            let range = token.span.start as usize..token.span.end as usize;
            joined.replace_range(range, &" ".repeat(word.len()));
        }
        if !is_break && word != "{" {
            opener = None;
        }
        last = Some(token.kind);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{body, joined, without_empty_heredocs};

    #[test]
    fn heredocs_may_be_empty() {
        let text = "a = <<E\nE\nb = <<-E\n  E\nc = <<E\nx\nE\n";
        let wanted = "a = \"\"   \nb = \"\"      \nc = <<E\nx\nE\n";
        assert_eq!(without_empty_heredocs(text), wanted);
        assert!(body(text).is_ok_and(|body| body.iter().count() == 3));
    }

    #[test]
    fn keys_may_repeat() {
        let text =
            "a = { x = 1, \"x\" = 2, a = 3, x = { x = 1, x = 2 } }\nb = [for k in c :\nk =>\n1]\n";
        assert!(body(text).is_err());
        let text =
            "a = { x = 1, \"x\" = 2, a = 3, x = { x = 1, x = 2 } }\nb = {for k in c :\nk =>\n1}\n";
        assert!(body(text).is_ok());
    }

    #[test]
    fn breaks_that_mean_nothing_are_blanks() {
        let text = "a = [\n  1, # é\n]\nb = {\n  for k in c :\n  k =>\n  { d = 1\n  }\n}\n";
        let wanted = "a = [   1, #  ]\nb = {\n  for k in c :   k =>   { d = 1\n  } }\n";
        let flat = joined(text);
        assert_eq!(flat.len(), text.len());
        let wanted = wanted.replace("#  ", "     ");
        assert_eq!(flat, wanted);
    }

    #[test]
    fn heredocs_keep_their_last_line() {
        let text = "a = [\n<<E\nx\nE\n,\n\"y\"]\n";
        assert_eq!(joined(text), "a = [ <<E\nx\nE\n, \"y\"]\n");
    }
}
