//! Bodies of here-documents.

use super::cursor::Cursor;
use super::word::Quoting;
use super::{HereDoc, Part, PartKind, Word};

/// A here-document whose body was not read yet.
pub(super) struct Pending {
    /// Its place among the bodies.
    index: usize,
    /// The line that ends it.
    delimiter: String,
    /// Whether nothing is expanded.
    quoted: bool,
    /// Whether tabs before a line are left out.
    tabs: bool,
}

impl Cursor<'_> {
    /// Remembers a here-document; where its body will be.
    pub(super) fn announce(&mut self, delimiter: &Word, tabs: bool) -> usize {
        let index = self.aside.here_docs.len();
        let mut text = String::new();
        let quoted = plain(&delimiter.parts, &mut text);
        self.aside.here_docs.push(HereDoc {
            span: self.span(self.pos, self.pos),
            quoted,
            ..HereDoc::default()
        });
        self.aside.pending.push(Pending {
            index,
            delimiter: text,
            quoted,
            tabs,
        });
        index
    }

    /// Reads the bodies that begin here.
    pub(super) fn here_doc_bodies(&mut self) {
        for pending in std::mem::take(&mut self.aside.pending) {
            let body = self.here_doc_body(&pending);
            if let Some(place) = self.aside.here_docs.get_mut(pending.index) {
                *place = body;
            }
        }
    }

    /// Gives up on bodies that the text does not hold.
    pub(super) fn finish_here_docs(&mut self) {
        self.aside.pending.clear();
    }

    fn here_doc_body(&mut self, pending: &Pending) -> HereDoc {
        let start = self.pos;
        let mut end = start;
        let mut next = self.end;
        let mut closed = false;
        for line in self.rest().split_inclusive('\n') {
            let text = line.trim_end_matches('\n').trim_end_matches('\r');
            let text = if pending.tabs {
                text.trim_start_matches('\t')
            } else {
                text
            };
            if text == pending.delimiter {
                next = end + line.len();
                closed = true;
                break;
            }
            end += line.len();
        }
        let parts = if pending.quoted {
            let text = self.slice(start, end).to_owned();
            let span = self.span(start, end);
            let kind = PartKind::Literal(text);
            vec![Part { span, kind }]
        } else {
            self.region(start, end, |cursor| cursor.parts(Quoting::HereDoc))
        };
        self.pos = next;
        HereDoc {
            span: self.span(start, end),
            parts,
            quoted: pending.quoted,
            closed,
        }
    }
}

/// A delimiter without its quotes; whether it has any.
fn plain(parts: &[Part], text: &mut String) -> bool {
    let mut quoted = false;
    for part in parts {
        match &part.kind {
            PartKind::Literal(piece) | PartKind::Tilde(piece) => text.push_str(piece),
            PartKind::Escaped(piece)
            | PartKind::SingleQuoted(piece)
            | PartKind::AnsiQuoted(piece) => {
                quoted = true;
                text.push_str(piece);
            }
            PartKind::DoubleQuoted(parts) => {
                quoted = true;
                plain(parts, text);
            }
            PartKind::Parameter(parameter) => {
                text.push('$');
                text.push_str(&parameter.name);
            }
            PartKind::Glob(_) => text.push('*'),
            _ => {}
        }
    }
    quoted
}
