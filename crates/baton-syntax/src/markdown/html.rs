//! Comments and tags inside HTML.

use baton_source::Span;

use super::{Comment, Markdown};

/// Adds the comments and `<details>` tags of a piece of HTML.
pub(super) fn read(text: &str, span: Span, markdown: &mut Markdown) {
    let mut rest = span;
    while let Some(found) = rest.of(text).find('<') {
        rest.start = Span::new(rest.start as usize + found, 0).start;
        let html = rest.of(text);
        let length = if let Some((length, content)) = comment(html) {
            markdown.comments.push(Comment {
                span: part(rest, 0, length),
                content: part(rest, content.0, content.1),
            });
            length
        } else if is_details(html) {
            let length = tag_length(html);
            markdown.details.push(part(rest, 0, length));
            length
        } else {
            1
        };
        rest = part(rest, length, rest.len());
    }
}

/// Length of the comment that `html` begins with, and where its content starts and ends.
///
/// A comment that is not closed reaches to the end.
fn comment(html: &str) -> Option<(usize, (usize, usize))> {
    let inner = html.strip_prefix("<!--")?;
    // `<!-->` and `<!--->` are complete.
    for (whole, close) in [(5, ">"), (6, "->")] {
        if inner.starts_with(close) {
            return Some((whole, (4, 4)));
        }
    }
    let end = inner.find("-->").map(|end| end + 4);
    let length = end.map_or(html.len(), |end| end + 3);
    Some((length, (4, end.unwrap_or(html.len()))))
}

fn is_details(html: &str) -> bool {
    let name = html.get(1..8);
    let after = html.as_bytes().get(8);
    name.is_some_and(|name| name.eq_ignore_ascii_case("details"))
        && after.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

/// Length of the tag that `html` begins with; a `>` in quotes does not end it.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn part(whole: Span, start: usize, end: usize) -> Span {
    Span::new(start, end).shifted(whole.start as usize)
}
