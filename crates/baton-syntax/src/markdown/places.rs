//! Places the parser's events do not give: texts of headings, info strings, destinations.

use baton_source::Span;

const BLANKS: [char; 2] = [' ', '\t'];
const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// A span without the line endings at its end.
pub(super) fn without_line_end(text: &str, span: Span) -> Span {
    let kept = span.of(text).trim_end_matches(LINE_ENDS).len();
    prefix(span, kept)
}

/// A span without white space at its end.
pub(super) fn without_blank_end(text: &str, span: Span) -> Span {
    prefix(span, span.of(text).trim_end().len())
}

/// A span without white space at either end.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let source = span.of(text);
    let inner = source.trim_start();
    let start = span.start as usize + (source.len() - inner.len());
    Span::new(start, start + inner.trim_end().len())
}

/// Whether a heading begins with hashes, and the place of its text.
///
/// `span` has no line ending at its end. Only a setext heading has more than one line,
/// and it may well begin with a `#` that opens nothing.
pub(super) fn heading_text(text: &str, span: Span) -> (bool, Span) {
    let source = span.of(text);
    if let Some(underline) = source.rfind(LINE_ENDS) {
        return (false, trimmed(text, prefix(span, underline)));
    }
    let opened = source.trim_start_matches('#');
    let hashes = source.len() - opened.len();
    let closed = opened.trim_end_matches(BLANKS);
    let inner = closed.trim_end_matches('#');
    let kept = if inner.is_empty() || inner.ends_with(BLANKS) {
        inner.len()
    } else {
        closed.len()
    };
    let whole = Span::new(hashes, hashes + kept).shifted(span.start as usize);
    (true, trimmed(text, whole))
}

/// The place of a fence's info string, and the first offset after the opening line.
pub(super) fn opening_line(text: &str, span: Span) -> (Span, usize) {
    let source = span.of(text);
    let length = source.find(LINE_ENDS).unwrap_or(source.len());
    let line = prefix(span, length);
    let hashes = fence_length(line.of(text));
    let info = Span::new(line.start as usize + hashes, line.end as usize);
    let tail = source.get(length..).unwrap_or("");
    let ending = if tail.starts_with("\r\n") {
        2
    } else {
        tail.len().min(1)
    };
    (trimmed(text, info), line.end as usize + ending)
}

/// Whether a closing fence stands between the end of the code and the end of the block.
pub(super) fn is_closed(text: &str, span: Span, code_end: usize) -> bool {
    let rest = Span::new(code_end, span.end as usize).of(text);
    let opening = span.of(text);
    let closing = rest.trim_start_matches([' ', '\t', '>', '\n', '\r']);
    let same = closing.chars().next() == opening.chars().next();
    same && fence_length(closing) >= fence_length(opening)
}

/// The place of a destination; `from` is the first offset after `(` or `]:`.
pub(super) fn destination(text: &str, from: usize, limit: usize) -> Span {
    let start = from + blank_length(Span::new(from, limit).of(text));
    let source = Span::new(start, limit).of(text);
    if let Some(inner) = source.strip_prefix('<') {
        let length = find_unescaped(inner, b'>').unwrap_or(inner.len());
        return Span::new(start + 1, start + 1 + length);
    }
    Span::new(start, start + bare_length(source))
}

/// The place of the destination in a link reference definition.
pub(super) fn definition_destination(text: &str, span: Span) -> Span {
    let label = find_unescaped(span.of(text), b']').unwrap_or(0);
    let from = span.start as usize + label + "]:".len();
    destination(text, from, span.end as usize)
}

/// The place of the destination of an inline link whose text ends at `text_end`.
pub(super) fn link_destination(text: &str, span: Span, text_end: u32) -> Span {
    let rest = Span {
        start: text_end.min(span.end),
        ..span
    };
    let bracket = rest.of(text).find("](").unwrap_or(0);
    let from = rest.start as usize + bracket + "](".len();
    destination(text, from, span.end as usize)
}

/// Where the bracket stands that closes the text of a link, when the text reaches to `reached`.
pub(super) fn text_end(text: &str, span: Span, reached: u32) -> u32 {
    let rest = Span {
        start: reached.min(span.end),
        ..span
    };
    let bracket = rest.of(text).bytes().position(|byte| byte == b']');
    let bracket = bracket.and_then(|bracket| u32::try_from(bracket).ok());
    rest.start + bracket.unwrap_or(0)
}

fn prefix(span: Span, length: usize) -> Span {
    let start = span.start as usize;
    Span::new(start, start + length)
}

fn fence_length(line: &str) -> usize {
    let Some(mark) = line.chars().next() else {
        return 0;
    };
    line.len() - line.trim_start_matches(mark).len()
}

/// Length of white space; after a line ending also of the `>` of block quotes.
fn blank_length(source: &str) -> usize {
    let mut new_line = false;
    let blank = source.bytes().take_while(|byte| {
        new_line |= matches!(byte, b'\n' | b'\r');
        byte.is_ascii_whitespace() || (new_line && *byte == b'>')
    });
    blank.count()
}

/// Length of a destination without angle brackets.
fn bare_length(source: &str) -> usize {
    let mut nested = 0_usize;
    let mut escaped = false;
    for (at, byte) in source.bytes().enumerate() {
        let literal = escaped && byte.is_ascii_punctuation();
        escaped = !literal && byte == b'\\';
        match byte {
            0..=b' ' => return at,
            b'(' if !literal => nested += 1,
            b')' if !literal && nested == 0 => return at,
            b')' if !literal => nested -= 1,
            _ => {}
        }
    }
    source.len()
}

fn find_unescaped(source: &str, wanted: u8) -> Option<usize> {
    let mut escaped = false;
    source.bytes().position(|byte| {
        let found = byte == wanted && !escaped;
        escaped = byte == b'\\' && !escaped;
        found
    })
}
