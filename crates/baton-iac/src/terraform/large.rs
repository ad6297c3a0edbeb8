//! Objects too large for `hcl-edit`, which compares every key with all before it.

use baton_source::Span;

use super::scanner::{TokenKind, tokens};

/// More properties than this in one object are left out.
const MOST_PROPERTIES: usize = 4_000;
/// A shorter text has no such object.
const SHORTEST_TEXT: usize = 4 * MOST_PROPERTIES;
/// What stands in its place: its value is not known.
const UNKNOWN: &str = "jsondecode(\"\")";

/// The text with each object that is too large replaced, and where they stood.
///
/// Every byte behind them stays where it is. `None` if there is none.
pub(super) fn blanked(text: &str) -> Option<(String, Vec<Span>)> {
    if text.len() < SHORTEST_TEXT {
        return None;
    }
    let large = large_objects(text);
    if large.is_empty() {
        return None;
    }
    let mut blanked = String::with_capacity(text.len());
    let mut copied = 0;
    for span in &large {
        let (start, end) = (span.start as usize, span.end as usize);
        blanked.push_str(text.get(copied..start).unwrap_or(""));
        blanked.push_str(UNKNOWN);
        blanked.extend(std::iter::repeat_n(' ', end - start - UNKNOWN.len()));
        copied = end;
    }
    blanked.push_str(text.get(copied..).unwrap_or(""));
    Some((blanked, large))
}

/// An open bracket.
struct Open {
    start: Option<u32>,
    properties: usize,
}

/// The outermost objects with too many properties, in the order of the text.
fn large_objects(text: &str) -> Vec<Span> {
    let mut large: Vec<Span> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut last = "";
    for token in tokens(text) {
        let word = match token.kind {
            TokenKind::Newline | TokenKind::LineComment | TokenKind::BlockComment => continue,
            TokenKind::Punctuation => token.span.of(text),
            _ => {
                last = "";
                continue;
            }
        };
        match word {
            "{" | "[" | "(" => open.push(Open {
                start: (word == "{" && !last.is_empty() && last != "}").then_some(token.span.start),
                properties: 0,
            }),
            "}" | "]" | ")" => {
                let closed = open.pop();
                let closed = closed.filter(|open| open.properties > MOST_PROPERTIES);
                if let Some(start) = closed.and_then(|open| open.start) {
                    let start = start as usize;
                    large.retain(|inner| (inner.start as usize) < start);
                    large.push(Span::new(start, token.span.end as usize));
                }
            }
            "=" | ":" => {
                if let Some(open) = open.last_mut() {
                    open.properties += 1;
                }
            }
            _ => {}
        }
        last = word;
    }
    large
}

#[cfg(test)]
mod tests {
    use super::{MOST_PROPERTIES, blanked};

    #[test]
    fn only_large_objects_are_replaced() {
        let object = |count: usize| {
            let entries = (0..count).map(|n| format!("    key{n} = {{ a = {n} }}\n"));
            format!("{{\n{}  }}", entries.collect::<String>())
        };
        let small = format!("locals {{\n  a = {}\n}}\n", object(MOST_PROPERTIES));
        assert_eq!(blanked(&small), None);
        // Blocks may have as many attributes as they like.
        let block = format!("locals {}\n", object(MOST_PROPERTIES + 1));
        assert_eq!(blanked(&block), None);
        let text = format!(
            "locals {{\n  a = {}\n  b = \"é\"\n}}\n",
            object(MOST_PROPERTIES + 1)
        );
        let (without, spans) = blanked(&text).unwrap();
        assert_eq!(without.len(), text.len());
        assert_eq!(spans.len(), 1);
        assert!(without.contains("a = jsondecode(\"\")"));
        assert!(without.ends_with("\n  b = \"é\"\n}\n"));
        assert!(super::super::parse(&text).1.is_empty());
        assert_eq!(super::super::parse(&text).0.gaps.len(), 1);
    }
}
