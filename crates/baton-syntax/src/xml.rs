//! XML as a tree in which every element, attribute and value knows where it stands.
//!
//! quick-xml finds the parts; what belongs together, what is well-formed and what references
//! stand for is decided here. No document type is read, so no entity is ever expanded.

mod decode;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use baton_source::{Span, Spanned, SyntaxError};
use quick_xml::Reader;
use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, errors::SyntaxError as Unclosed};

use decode::decode;

/// The deepest nesting that is read.
const DEPTH: usize = 128;

/// As many errors as are worth telling.
const ERRORS: usize = 20;

/// A parsed text: the root element and why the text is not well-formed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Xml {
    /// The first element; `None` when there is none.
    pub root: Option<Element>,
    /// Why the text is not well-formed. A bare `<` in the value of an attribute is kept and no
    /// error: those who ask for the value's own text see it.
    pub errors: Vec<SyntaxError>,
    /// Its comments, delimiters included.
    pub comments: Vec<Span>,
}

/// An element with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name as it was written, prefix included.
    pub name: String,
    /// The name in the start tag.
    pub name_span: Span,
    /// From the start tag to the end tag.
    pub whole: Span,
    /// The start tag.
    pub tag: Span,
    /// Its attributes in the order of the text.
    pub attributes: Vec<Attribute>,
    /// The elements directly in it.
    pub children: Vec<Element>,
    /// The text directly in it, references decoded; white space between elements is left out.
    pub text: String,
}

/// One attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, prefix included.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// Its value, references decoded and line breaks turned into blanks.
    pub value: String,
    /// The value's own text, without quotes.
    pub span: Span,
}

impl Spanned for Element {
    fn span(&self) -> Span {
        self.name_span
    }
}

impl Spanned for Attribute {
    fn span(&self) -> Span {
        self.span
    }
}

impl Element {
    /// An attribute by its name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        let mut attributes = self.attributes.iter();
        attributes.find(|attribute| attribute.name == name)
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attribute(name)
            .map(|attribute| attribute.value.as_str())
    }

    /// The first element of a name directly in it.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }
}

impl Attribute {
    /// Where a part of the value stands; the whole value where references make that unclear.
    pub fn part(&self, range: Range<usize>) -> Span {
        if self.value.len() == self.span.len() {
            return Span::new(range.start, range.end).shifted(self.span.start as usize);
        }
        self.span
    }
}

/// Reads a text; all that can be read of it is in the tree.
pub fn parse(text: &str) -> Xml {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let body = text.get(mark..).unwrap_or("");
    let mut builder = Builder {
        offset: mark,
        ..Builder::default()
    };
    let is_foreign = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    if let Some(at) = body.bytes().position(is_foreign) {
        builder.error(at..at + 1, "a control character is not XML");
    }
    read(body, &mut builder);
    builder.finish(text.len())
}

/// Feeds a builder with the parts of a text.
fn read(body: &str, builder: &mut Builder) {
    let mut reader = Reader::from_str(body);
    // Names are matched here, where a missing end tag does not end the reading.
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.check_comments = true;
    config.allow_dangling_amp = true;
    let mut from = 0;
    while builder.errors.len() < ERRORS && !builder.is_lost {
        let event = reader.read_event();
        let to = offset(reader.buffer_position());
        let range = from..to;
        match event {
            Ok(Event::Eof) => return,
            Ok(Event::Start(tag)) => builder.open(&tag, range),
            Ok(Event::Empty(tag)) => {
                builder.open(&tag, range.clone());
                builder.close_last(range.end);
            }
            Ok(Event::End(tag)) => builder.close(tag.name().into_inner().trim_end(), range),
            Ok(Event::Text(_) | Event::GeneralRef(_)) => builder.text(body, range),
            Ok(Event::CData(data)) => builder.push_text(&data.into_inner(), range),
            Ok(Event::Decl(_)) if from > 0 => {
                builder.error(range, "an XML declaration stands at the very beginning");
            }
            Ok(Event::Comment(_)) => builder.comments.push(builder.span(range)),
            Ok(Event::DocType(_)) => builder.has_doctype = true,
            Ok(_) => {}
            Err(error) => {
                let at = offset(reader.error_position()).min(body.len());
                builder.error(at..at, message(&error));
                // Behind an error of structure there is more to read, unless nothing moved.
                if !matches!(error, Error::IllFormed(_)) || to <= from {
                    builder.is_lost = true;
                }
            }
        }
        from = to;
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn message(error: &Error) -> String {
    let words = match error {
        Error::Syntax(Unclosed::UnclosedTag) => "this tag is not closed with `>`",
        Error::Syntax(
            Unclosed::UnclosedSingleQuotedAttributeValue
            | Unclosed::UnclosedDoubleQuotedAttributeValue,
        ) => "a quote in this tag is not closed",
        Error::Syntax(Unclosed::UnclosedComment) => "this comment is not closed",
        Error::Syntax(Unclosed::UnclosedCData) => "this section is not closed with `]]>`",
        Error::Syntax(Unclosed::UnclosedDoctype) => "this document type is not closed",
        other => return other.to_string(),
    };
    words.to_owned()
}

/// The tree so far.
#[derive(Default)]
struct Builder {
    /// How far the text that is read stands from the beginning of the file.
    offset: usize,
    open: Vec<Element>,
    root: Option<Element>,
    errors: Vec<SyntaxError>,
    comments: Vec<Span>,
    has_doctype: bool,
    /// Whether nothing behind this point can be understood.
    is_lost: bool,
}

impl Builder {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.offset)
    }

    fn error(&mut self, range: Range<usize>, message: impl Into<String>) {
        let span = self.span(range);
        self.errors.push(SyntaxError::new(span, message));
    }

    fn open(&mut self, tag: &BytesStart<'_>, range: Range<usize>) {
        let name = tag.name().into_inner().to_owned();
        let name_at = range.start + 1..range.start + 1 + name.len();
        if self.open.len() >= DEPTH {
            self.error(
                name_at,
                format!("elements are nested deeper than {DEPTH} levels"),
            );
            self.is_lost = true;
            return;
        }
        if !is_name(&name) {
            self.error(name_at.clone(), format!("`{name}` is no name"));
        }
        if self.open.is_empty() && self.root.is_some() {
            self.error(name_at.clone(), "there is a second root element");
        }
        let attributes = self.attributes(tag, range.start + 1);
        let tag = self.span(range);
        self.open.push(Element {
            name,
            name_span: self.span(name_at),
            whole: tag,
            tag,
            attributes,
            children: Vec::new(),
            text: String::new(),
        });
    }

    fn attributes(&mut self, tag: &BytesStart<'_>, from: usize) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let whole: &str = tag;
        for found in tag.attributes().with_checks(false) {
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    let (at, message) = attribute_error(&error);
                    self.error(from + at..from + at, message);
                    continue;
                }
            };
            let place = |part: &str| {
                let at = from + (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
                at..at + part.len()
            };
            let name = found.key.into_inner();
            if !seen.insert(name.to_owned()) {
                self.error(place(name), format!("`{name}` stands twice in one tag"));
                continue;
            }
            if !is_name(name) {
                self.error(place(name), format!("`{name}` is no name"));
            }
            let at = place(&found.value);
            let value = self.decoded(&found.value, at.start);
            attributes.push(Attribute {
                name: name.to_owned(),
                name_span: self.span(place(name)),
                value: value.replace(['\n', '\r', '\t'], " "),
                span: self.span(at),
            });
        }
        attributes
    }

    /// A text with its references decoded; those that mean nothing stay and are errors.
    fn decoded(&mut self, raw: &str, from: usize) -> String {
        let has_doctype = self.has_doctype;
        let mut unknown = Vec::new();
        let decoded = decode(raw, |range, message| unknown.push((range, message)));
        for (range, message) in unknown {
            // A document type may declare any name; a bare `&` has none.
            if !has_doctype || range.len() == 1 {
                self.error(from + range.start..from + range.end, message);
            }
        }
        decoded
    }

    fn text(&mut self, body: &str, range: Range<usize>) {
        let raw = body.get(range.clone()).unwrap_or("");
        let decoded = self.decoded(raw, range.start);
        if !decoded.trim().is_empty() {
            self.push_text(&decoded, range);
        }
    }

    fn push_text(&mut self, text: &str, range: Range<usize>) {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None => self.error(range, "text stands outside the root element"),
        }
    }

    fn close(&mut self, name: &str, range: Range<usize>) {
        let Some(at) = self.open.iter().rposition(|element| element.name == name) else {
            self.error(range, format!("`</{name}>` closes nothing"));
            return;
        };
        while self.open.len() > at + 1 {
            self.unclosed(range.start);
        }
        self.close_last(range.end);
    }

    /// Closes the innermost element where its end tag ought to be.
    fn unclosed(&mut self, end: usize) {
        if let Some(element) = self.open.last() {
            let message = format!("`<{}>` is not closed", element.name);
            let error = SyntaxError::new(element.name_span, message);
            self.errors.push(error);
        }
        self.close_last(end);
    }

    fn close_last(&mut self, end: usize) {
        let Some(mut element) = self.open.pop() else {
            return;
        };
        element.whole = element.whole.to(self.span(end..end));
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = self.root.take().or(Some(element)),
        }
    }

    fn finish(mut self, end: usize) -> Xml {
        let end = end - self.offset;
        while !self.open.is_empty() {
            // What an error hid may well be closed.
            if self.is_lost {
                self.close_last(end);
            } else {
                self.unclosed(end);
            }
        }
        if self.root.is_none() && self.errors.is_empty() {
            self.error(end..end, "there is no element");
        }
        self.errors.sort_by_key(|error| error.span);
        Xml {
            root: self.root,
            errors: self.errors,
            comments: self.comments,
        }
    }
}

fn attribute_error(error: &AttrError) -> (usize, String) {
    match error {
        AttrError::ExpectedEq(at) => (*at, "an attribute has no value".to_owned()),
        AttrError::ExpectedValue(at) => (*at, "a value is missing after `=`".to_owned()),
        AttrError::UnquotedValue(at) => (*at, "a value stands without quotes".to_owned()),
        AttrError::ExpectedQuote(at, _) => (*at, "a quote is not closed".to_owned()),
        AttrError::Duplicated(at, _) => (*at, "an attribute stands twice".to_owned()),
    }
}

/// Whether a text can be the name of an element or an attribute.
fn is_name(text: &str) -> bool {
    let begins = |first: char| first.is_alphabetic() || matches!(first, '_' | ':');
    let goes_on =
        |next: char| next.is_alphanumeric() || matches!(next, '_' | ':' | '-' | '.' | '·');
    text.starts_with(begins) && text.chars().all(goes_on)
}
