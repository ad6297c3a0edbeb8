//! Fits a layout into lines.

use super::document::Doc;
use super::options::Options;

/// The text of a layout, without blanks at the ends of lines and without a last line end.
pub(super) fn print(docs: &[Doc<'_>], options: &Options) -> String {
    let mut printer = Printer {
        out: String::new(),
        blanks: String::new(),
        used: 0,
        indent: options.indent(),
        newline: options.newline.text(),
        width: options.width,
    };
    printer.all(docs, 0);
    printer.out
}

struct Printer {
    out: String,
    /// Blanks that are written only if something follows on the line.
    blanks: String,
    /// Columns taken on the current line.
    used: usize,
    indent: String,
    newline: &'static str,
    width: usize,
}

/// A piece of a group that fits on one line.
enum Flat<'d, 'a> {
    Text(&'d str),
    Suffix(&'d str),
    Tail(&'d [Doc<'a>]),
}

impl Printer {
    fn all(&mut self, docs: &[Doc<'_>], level: usize) {
        for doc in docs {
            self.one(doc, level);
        }
    }

    fn one(&mut self, doc: &Doc<'_>, level: usize) {
        match doc {
            Doc::Text(text) => self.text(text),
            Doc::Either { broken, .. } => self.text(broken),
            Doc::Suffix(text) => self.write(text),
            Doc::Line(_) => self.line(level),
            Doc::Glue(docs) | Doc::Tail(docs) => self.all(docs, level),
            Doc::Indent(docs) => self.all(docs, level + 1),
            Doc::Group(docs) => match self.fitting(docs) {
                Some(flat) => self.flat(&flat, level),
                None => self.all(docs, level),
            },
        }
    }

    fn flat(&mut self, flat: &[Flat<'_, '_>], level: usize) {
        for piece in flat {
            match piece {
                Flat::Text(text) => self.text(text),
                Flat::Suffix(text) => self.write(text),
                Flat::Tail(docs) => self.all(docs, level),
            }
        }
    }

    /// The group on one line, if it has room there.
    fn fitting<'d, 'a>(&self, docs: &'d [Doc<'a>]) -> Option<Vec<Flat<'d, 'a>>> {
        let mut fit = Fit {
            room: Some(self.width.checked_sub(self.used)?),
            flat: Vec::new(),
        };
        fit.all(docs)?;
        Some(fit.flat)
    }

    fn text(&mut self, text: &str) {
        self.used += width(text);
        self.write(text);
    }

    fn write(&mut self, text: &str) {
        if text.chars().all(char::is_whitespace) {
            self.blanks.push_str(text);
            return;
        }
        self.out.push_str(&self.blanks);
        self.blanks.clear();
        self.out.push_str(text);
    }

    fn line(&mut self, level: usize) {
        self.blanks.clear();
        self.out.push_str(self.newline);
        for _ in 0..level {
            self.blanks.push_str(&self.indent);
        }
        self.used = self.indent.len() * level;
    }
}

struct Fit<'d, 'a> {
    /// What is left of the line; `None` behind a body that breaks its own lines.
    room: Option<usize>,
    flat: Vec<Flat<'d, 'a>>,
}

impl<'d, 'a> Fit<'d, 'a> {
    fn all(&mut self, docs: &'d [Doc<'a>]) -> Option<()> {
        docs.iter().try_for_each(|doc| self.one(doc))
    }

    fn one(&mut self, doc: &'d Doc<'a>) -> Option<()> {
        match doc {
            Doc::Text(text) => self.text(text),
            Doc::Either { flat, .. } => self.text(flat),
            Doc::Line(line) => self.text(line.flat()?),
            Doc::Suffix(text) => {
                self.flat.push(Flat::Suffix(text));
                Some(())
            }
            Doc::Group(docs) | Doc::Glue(docs) | Doc::Indent(docs) => self.all(docs),
            Doc::Tail(docs) => {
                self.take(1)?;
                self.room = None;
                self.flat.push(Flat::Tail(docs));
                Some(())
            }
        }
    }

    fn text(&mut self, text: &'d str) -> Option<()> {
        let commented = matches!(self.flat.last(), Some(Flat::Suffix(_)));
        if text.is_empty() {
            return Some(());
        }
        if commented {
            return None;
        }
        self.take(width(text))?;
        self.flat.push(Flat::Text(text));
        Some(())
    }

    fn take(&mut self, width: usize) -> Option<()> {
        if let Some(room) = self.room {
            self.room = Some(room.checked_sub(width)?);
        }
        Some(())
    }
}

/// Columns as Bicep counts them: UTF-16 units.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.encode_utf16().count()
}
