//! From the parser's events to a tree.
//!
//! Iterative, so that no text overflows the stack: what is open stands in a list.

use std::collections::BTreeMap;
use std::ops::Range;

use baton_source::{Span, SyntaxError};
use saphyr_parser::{Event, ScalarStyle, Tag};

use super::merge::merged;
use super::schema;
use super::source::Source;
use crate::node::{Document, Entry, Node, Value, duplicates};

/// How many collections may stand inside one another.
const MAX_DEPTH: usize = 128;
/// How much may be copied for anchors and aliases: values, and 64 bytes of text count as one.
const MAX_COPIED: usize = 100_000;

/// What is said where another document begins.
pub(super) const FOLLOWED: &str = "a second document begins here; only the first is read";

/// The tree as far as it is known.
pub(super) struct Tree<'s, 't> {
    source: &'s Source<'t>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    copied: usize,
    /// Where the last thing read ends.
    read: usize,
    complete: bool,
    document: Document,
}

/// A collection that is not complete.
struct Open {
    start: usize,
    anchor: usize,
    kind: Kind,
}

enum Kind {
    Sequence(Vec<Node>),
    Mapping {
        entries: Vec<Entry>,
        key: Option<Key>,
        /// Which entries are merge keys.
        merges: Vec<usize>,
    },
}

/// A key that has no value yet.
struct Key {
    text: String,
    span: Span,
    merge: bool,
}

/// A scalar as the parser tells it.
struct Written<'a> {
    text: String,
    style: ScalarStyle,
    anchor: usize,
    tag: Option<&'a Tag>,
}

/// A complete value on its way to its place.
struct Placed {
    node: Node,
    anchor: usize,
    /// The decoded text, when it may be a key.
    as_key: Option<String>,
    merge: bool,
}

/// A value to be repeated.
struct Anchored {
    node: Node,
    weight: usize,
    depth: usize,
}

impl<'s, 't> Tree<'s, 't> {
    pub(super) fn new(source: &'s Source<'t>) -> Tree<'s, 't> {
        Tree {
            source,
            open: Vec::new(),
            anchors: BTreeMap::new(),
            copied: 0,
            read: 0,
            complete: false,
            document: Document::default(),
        }
    }

    /// The beginning of the next document's tree, when this one's is complete.
    pub(super) fn successor(&self) -> Option<Tree<'s, 't>> {
        let next = Tree {
            read: self.read,
            ..Tree::new(self.source)
        };
        self.complete.then_some(next)
    }

    /// Takes the next event; an error ends the reading.
    pub(super) fn add(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), SyntaxError> {
        match event {
            Event::DocumentStart(_) if self.complete => {
                Err(self.source.error_at(range.start, FOLLOWED))
            }
            Event::DocumentStart(explicit) => {
                if explicit {
                    self.read = range.end;
                }
                Ok(())
            }
            Event::DocumentEnd => {
                self.complete = true;
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let written = Written {
                    text: text.into_owned(),
                    style,
                    tag: tag.as_deref(),
                    anchor,
                };
                self.scalar(written, &range)
            }
            Event::SequenceStart(anchor, tag) => {
                let mut start = self.start(&range, anchor > 0 || tag.is_some());
                if self.in_mapping() {
                    // The parser puts a list at its key's indentation behind the first `-`.
                    start = self.source.dash(self.read).unwrap_or(start);
                }
                self.open(start, anchor, Kind::Sequence(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                let start = self.start(&range, anchor > 0 || tag.is_some());
                let kind = Kind::Mapping {
                    entries: Vec::new(),
                    key: None,
                    merges: Vec::new(),
                };
                self.open(start, anchor, kind)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // Only a bracket has a range of its own; the end of a block is the next token.
                let closing = self.source.after(range.start).starts_with([']', '}']);
                if closing && !range.is_empty() {
                    self.read = range.start + 1;
                }
                self.close()
            }
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::StreamStart | Event::StreamEnd | Event::Nothing => Ok(()),
        }
    }

    /// Ends the reading at an error; what was complete stays.
    pub(super) fn fail(&mut self, error: SyntaxError) {
        let at = self.source.byte_of(&error);
        self.document.errors.push(error);
        self.drop_unfinished(at);
        while let Some(last) = self.open.last() {
            let empty = match &last.kind {
                Kind::Sequence(items) => items.is_empty(),
                Kind::Mapping { entries, .. } => entries.is_empty(),
            };
            if empty {
                self.open.pop();
                self.drop_key();
            } else {
                // The first error is the one to tell.
                let _ = self.close();
            }
        }
    }

    pub(super) fn finish(mut self) -> Document {
        let duplicates = &mut self.document.duplicates;
        duplicates.sort_by_key(|duplicate| duplicate.again);
        self.document
    }

    /// A value on the line of the error may be half of what was meant.
    fn drop_unfinished(&mut self, error: usize) {
        if self.drop_key() {
            return;
        }
        let source = self.source;
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(Kind::Sequence(items)) => {
                items.pop_if(|item| source.same_line(item.span, error));
            }
            Some(Kind::Mapping { entries, .. }) => {
                entries.pop_if(|entry| source.same_line(entry.value.span, error));
            }
            None => {}
        }
    }

    /// Forgets a key without value; says whether there was one.
    fn drop_key(&mut self) -> bool {
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(Kind::Mapping { key, .. }) => key.take().is_some(),
            _ => false,
        }
    }

    fn start(&self, range: &Range<usize>, has_properties: bool) -> usize {
        if has_properties {
            self.source.skip_properties(range.start)
        } else {
            range.start
        }
    }

    fn open(&mut self, start: usize, anchor: usize, kind: Kind) -> Result<(), SyntaxError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_deep(start));
        }
        self.read = self.read.max(start);
        self.open.push(Open {
            start,
            anchor,
            kind,
        });
        Ok(())
    }

    fn close(&mut self) -> Result<(), SyntaxError> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let span = self.source.span(&(open.start..self.read.max(open.start)));
        let value = match open.kind {
            Kind::Sequence(items) => Value::Sequence(items),
            Kind::Mapping {
                entries, merges, ..
            } => {
                self.document.duplicates.extend(duplicates(&entries));
                Value::Mapping(merged(entries, &merges, &mut self.document.errors))
            }
        };
        self.place(Placed::collection(Node { span, value }, open.anchor))
    }

    fn scalar(&mut self, written: Written<'_>, range: &Range<usize>) -> Result<(), SyntaxError> {
        let has_properties = written.anchor > 0 || written.tag.is_some();
        let start = self.start(range, has_properties);
        let own = match written.style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.source.quoted(start),
            ScalarStyle::Literal | ScalarStyle::Folded => self.source.block(self.read, range),
            ScalarStyle::Plain if !written.text.is_empty() => {
                let text = self.source.text.get(start..range.end).unwrap_or("");
                start..start + text.trim_end().len()
            }
            ScalarStyle::Plain if has_properties => range.end..range.end,
            ScalarStyle::Plain => self.source.nothing(self.read, range.start),
        };
        self.read = own.end;
        let mut text = written.text;
        if matches!(written.style, ScalarStyle::Literal | ScalarStyle::Folded) {
            self.source.drop_invented_break(&mut text, range.end);
        }
        let as_key = self.awaits_key().then(|| text.clone());
        let merge = written.style == ScalarStyle::Plain && text == "<<";
        let node = Node {
            span: self.source.span(&own),
            value: schema::scalar(text, written.style, written.tag),
        };
        self.place(Placed {
            node,
            anchor: written.anchor,
            as_key,
            merge,
        })
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), SyntaxError> {
        self.read = range.end;
        let Some(anchored) = self.anchors.get(&anchor) else {
            let message = "this alias stands inside the value it names";
            return Err(SyntaxError::new(self.source.span(&range), message));
        };
        self.copied += anchored.weight;
        if self.copied > MAX_COPIED {
            return Err(too_much(self.source.span(&range)));
        }
        if self.open.len() + anchored.depth > MAX_DEPTH {
            return Err(self.too_deep(range.start));
        }
        let node = Node {
            span: self.source.span(&range),
            value: anchored.node.value.clone(),
        };
        self.place(Placed::collection(node, 0))
    }

    /// Puts a complete value where it belongs.
    fn place(&mut self, placed: Placed) -> Result<(), SyntaxError> {
        let span = placed.node.span;
        self.remember(&placed);
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.document.root = Some(placed.node),
            Some(Kind::Sequence(items)) => items.push(placed.node),
            Some(Kind::Mapping {
                entries,
                key,
                merges,
            }) => match key.take() {
                None => {
                    let written = placed.as_key;
                    *key = Some(Key {
                        text: written.unwrap_or_else(|| self.source.key_text(&placed.node)),
                        span,
                        merge: placed.merge,
                    });
                }
                Some(key) => {
                    if key.merge {
                        merges.push(entries.len());
                    }
                    entries.push(Entry {
                        key: key.text,
                        key_span: key.span,
                        value: placed.node,
                    });
                }
            },
        }
        if self.copied > MAX_COPIED {
            return Err(too_much(span));
        }
        Ok(())
    }

    /// Keeps a value that an alias may ask for.
    fn remember(&mut self, placed: &Placed) {
        if placed.anchor == 0 {
            return;
        }
        let (weight, depth) = measure(&placed.node);
        self.copied += weight;
        if self.copied <= MAX_COPIED {
            let node = placed.node.clone();
            let anchored = Anchored {
                node,
                weight,
                depth,
            };
            self.anchors.insert(placed.anchor, anchored);
        }
    }

    fn awaits_key(&self) -> bool {
        let innermost = self.open.last().map(|open| &open.kind);
        matches!(innermost, Some(Kind::Mapping { key: None, .. }))
    }

    fn in_mapping(&self) -> bool {
        let innermost = self.open.last().map(|open| &open.kind);
        matches!(innermost, Some(Kind::Mapping { .. }))
    }

    fn too_deep(&self, at: usize) -> SyntaxError {
        let message = format!("nested deeper than {MAX_DEPTH} levels");
        self.source.error_at(at, message)
    }
}

impl Placed {
    /// A value that is not written as a scalar.
    fn collection(node: Node, anchor: usize) -> Placed {
        Placed {
            node,
            anchor,
            as_key: None,
            merge: false,
        }
    }
}

fn too_much(span: Span) -> SyntaxError {
    let message = format!("aliases repeat more than {MAX_COPIED} values");
    SyntaxError::new(span, message)
}

/// How much a copy of a value costs, and how many levels it has.
fn measure(node: &Node) -> (usize, usize) {
    let (inner, keys): (Vec<&Node>, usize) = match &node.value {
        Value::Null | Value::Bool(_) => return (1, 0),
        Value::Number(text) | Value::String(text) => return (1 + text.len() / 64, 0),
        Value::Sequence(items) => (items.iter().collect(), 0),
        Value::Mapping(entries) => (
            entries.iter().map(|entry| &entry.value).collect(),
            entries.iter().map(|entry| entry.key.len() / 64).sum(),
        ),
    };
    let measures = inner.into_iter().map(measure);
    measures.fold((1 + keys, 1), |(weight, depth), inner| {
        (weight + inner.0, depth.max(inner.1 + 1))
    })
}
