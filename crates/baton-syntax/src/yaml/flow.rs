//! Brackets that are closed further left than the standard allows.
//!
//! A line inside `[…]` or `{…}` must be indented deeper than the key. Hardly anybody knows,
//! most readers do not mind, and a `]` under its key is common; the parser refuses it.

/// How many such lines are accepted in a text that is not long.
const MAX_JOINS: usize = 100;
/// How many are accepted in a text of any length.
const MIN_JOINS: usize = 4;
/// How many bytes are read again because of them.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What the parser says of such a line.
pub(super) const REFUSAL: &str = "invalid indentation";

/// How many such lines are accepted; each costs another reading of what is before it.
pub(super) fn most_joins(text: &str) -> usize {
    let affordable = MAX_BYTES / text.len().max(1);
    affordable.clamp(MIN_JOINS, MAX_JOINS)
}

/// The text with the line of the character numbered `index` joined to the one before it.
///
/// Line ends and comments between the two become blanks, so that every character keeps its
/// number. `None` when nothing can be joined.
pub(super) fn joined(text: &str, index: usize) -> Option<String> {
    let at = text.char_indices().nth(index).map(|(at, _)| at)?;
    let before = text.get(..at)?;
    let kept = end_of_content(before);
    let gap = before.get(kept..)?;
    if !gap.contains('\n') {
        return None;
    }
    let mut joined = String::with_capacity(text.len());
    joined.push_str(before.get(..kept)?);
    joined.extend(gap.chars().map(|_| ' '));
    joined.push_str(text.get(at..)?);
    Some(joined)
}

/// Where the last line with anything but blanks and comments ends.
fn end_of_content(before: &str) -> usize {
    let mut rest = before;
    loop {
        rest = rest.trim_end();
        let start = rest.rfind('\n').map_or(0, |feed| feed + 1);
        let line = rest.get(start..).unwrap_or("");
        let Some(comment) = comment(line) else {
            return rest.len();
        };
        rest = rest.get(..start + comment).unwrap_or("");
    }
}

/// Where the comment of a line begins.
fn comment(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut previous = ' ';
    for (at, character) in line.char_indices() {
        match (quote, character) {
            (None, '#') if previous.is_whitespace() => return Some(at),
            (None, '\'' | '"') if !previous.is_alphanumeric() => quote = Some(character),
            (Some(open), _) if open == character && previous != '\\' => quote = None,
            _ => {}
        }
        previous = character;
    }
    None
}
