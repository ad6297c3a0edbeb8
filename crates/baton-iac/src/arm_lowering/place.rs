//! Where a part of a decoded JSON string stands in the file.

use baton_source::Span;

/// The text of a JSON string and where each of its bytes stands.
pub(super) struct Place {
    /// The first byte behind the opening quote.
    base: usize,
    /// For each escape: the byte behind it in the decoded text, and how much further it is in the file.
    escapes: Vec<(usize, usize)>,
}

impl Place {
    /// The place of a string that stands at `span`, quotes included.
    pub(super) fn new(text: &str, span: Span, decoded: &str) -> Place {
        let written = span.of(text);
        let inner = written
            .get(1..written.len().saturating_sub(1))
            .unwrap_or("");
        let escapes = if inner.len() == decoded.len() {
            Vec::new()
        } else {
            escapes(inner)
        };
        Place {
            base: span.start as usize + 1,
            escapes,
        }
    }

    /// Where a part of the decoded text stands.
    pub(super) fn span(&self, decoded: Span) -> Span {
        Span::new(self.at(decoded.start), self.at(decoded.end))
    }

    fn at(&self, decoded: u32) -> usize {
        let decoded = decoded as usize;
        let before = self
            .escapes
            .partition_point(|(behind, _)| *behind <= decoded);
        let extra = before
            .checked_sub(1)
            .and_then(|last| self.escapes.get(last));
        self.base + decoded + extra.map_or(0, |(_, extra)| *extra)
    }
}

fn escapes(inner: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let (mut decoded, mut written) = (0, 0);
    while let Some(rest) = inner.get(written..) {
        let Some(plain) = rest.find('\\') else { break };
        decoded += plain;
        written += plain;
        let rest = rest.get(plain..).unwrap_or("");
        let (length, bytes) = match unit(rest) {
            None => (2, 1),
            Some(0xD800..=0xDBFF) => (12, 4),
            Some(code) => (6, char::from_u32(code).map_or(3, char::len_utf8)),
        };
        written += length;
        decoded += bytes;
        all.push((decoded, written.saturating_sub(decoded)));
    }
    all
}

/// The number of `\u1234`.
fn unit(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}
