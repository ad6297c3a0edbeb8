//! What is too large for `hcl-edit`: objects, since it compares every key with all before it, and
//! strings with interpolations, of which each takes it two kilobytes.

use baton_source::Span;

use super::scanner::{TokenKind, tokens};

/// More properties than this in one object are left out.
const MOST_PROPERTIES: usize = 4_000;
/// More interpolations than this in one string are left out: so many values are never worked out.
const MOST_INTERPOLATIONS: usize = 20_000;
/// A shorter text has no such object or string.
const SHORTEST_TEXT: usize = 4 * MOST_PROPERTIES;
/// What stands in its place: its value is not known.
const UNKNOWN: &str = "jsondecode(\"\")";

/// The text with each object and string that is too large replaced, and where they stood.
///
/// Every byte behind them stays where it is. `None` if there is none.
pub(super) fn blanked(text: &str) -> Option<(String, Vec<Span>)> {
    if text.len() < SHORTEST_TEXT {
        return None;
    }
    let large = large_parts(text);
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

/// An open bracket, quote or interpolation.
struct Open {
    /// Where it stands, if what it begins can be left out.
    start: Option<u32>,
    /// How many properties or interpolations there were in it.
    parts: usize,
    most: usize,
}

/// What was found so far.
#[derive(Default)]
struct Search {
    open: Vec<Open>,
    large: Vec<Span>,
}

impl Search {
    fn open(&mut self, start: Option<u32>, most: usize) {
        self.open.push(Open {
            start,
            parts: 0,
            most,
        });
    }

    fn count(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.parts += 1;
        }
    }

    fn close(&mut self, end: u32) {
        let closed = self.open.pop();
        let large = closed.filter(|open| open.parts > open.most);
        if let Some(start) = large.and_then(|open| open.start) {
            self.large.retain(|inner| inner.start < start);
            self.large.push(Span::new(start as usize, end as usize));
        }
    }
}

/// The outermost objects and strings with too many parts, in the order of the text.
fn large_parts(text: &str) -> Vec<Span> {
    let mut search = Search::default();
    let mut last = "";
    for token in tokens(text) {
        let here = Some(token.span.start);
        let word = match token.kind {
            TokenKind::Newline | TokenKind::LineComment | TokenKind::BlockComment => continue,
            TokenKind::Punctuation => token.span.of(text),
            _ => "",
        };
        match (token.kind, word) {
            (TokenKind::OpenQuote | TokenKind::OpenHeredoc, _) => {
                search.open(here.filter(|_| !last.is_empty()), MOST_INTERPOLATIONS);
            }
            (TokenKind::OpenTemplate, _) => {
                search.count();
                search.open(None, usize::MAX);
            }
            (TokenKind::CloseQuote | TokenKind::CloseHeredoc | TokenKind::CloseTemplate, _)
            | (_, "}" | "]" | ")") => search.close(token.span.end),
            (_, "{") => {
                let is_value = !last.is_empty() && last != "}";
                search.open(here.filter(|_| is_value), MOST_PROPERTIES);
            }
            (_, "[" | "(") => search.open(None, usize::MAX),
            (_, "=" | ":") => search.count(),
            _ => {}
        }
        last = word;
    }
    search.large
}

#[cfg(test)]
mod tests {
    use super::{MOST_INTERPOLATIONS, MOST_PROPERTIES, blanked};

    #[test]
    fn only_strings_with_very_many_interpolations_are_replaced() {
        let string = |count: usize| format!("\"a{}b\"", "${var.x}".repeat(count));
        let text = |value: &str| format!("locals {{\n  a = {value}\n  b = 1\n}}\n");
        assert_eq!(blanked(&text(&string(MOST_INTERPOLATIONS))), None);
        let large = string(MOST_INTERPOLATIONS + 1);
        let heredoc = format!("<<-END\n  {}\n  END", "${1 + 1}\n".repeat(30_000));
        let inside = format!("[{large}, f({large})]");
        for (value, count) in [(&large, 1), (&heredoc, 1), (&inside, 2)] {
            let (template, errors) = super::super::parse(&text(value));
            assert_eq!((errors.len(), template.gaps.len()), (0, count));
            assert_eq!(template.symbols.len(), 2);
        }
    }

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
