//! YAML 1.2 with the core schema, as a tree with positions.
//!
//! Tags are not part of a value's span, and an alias stands where it is written while what
//! is inside it stands where the anchor is. Merge keys are resolved. After a syntax error
//! the tree holds what was complete before it.

mod comments;
mod flow;
mod merge;
mod schema;
mod source;
pub mod tokens;
mod tree;

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScanError};

pub use comments::comments;

use crate::node::Document;
use source::Source;
use tree::Tree;

/// Reads the first document of a YAML text; a byte order mark before it is ignored.
///
/// `offset` is added to every position: where the text begins in its file.
pub fn parse(text: &str, offset: usize) -> Document {
    let source = Source::new(text, offset);
    joining(&source, |readable| {
        let (tree, error) = read(&source, readable);
        (tree.finish(), error)
    })
}

/// Reads all documents of a YAML text; what follows a syntax error is left out.
pub fn parse_all(text: &str) -> Vec<Document> {
    let source = Source::new(text, 0);
    joining(&source, |readable| read_all(&source, readable))
}

/// Whether a document ends because another one follows, which is all that is wrong.
pub fn is_followed(document: &Document) -> bool {
    let last = document.errors.last();
    last.is_some_and(|error| error.message == tree::FOLLOWED)
}

/// Reads a text, again and again where brackets are closed further left than they may be.
fn joining<T>(source: &Source<'_>, read: impl Fn(&str) -> (T, Option<ScanError>)) -> T {
    let mut readable = Cow::Borrowed(source.text);
    for _ in 0..flow::most_joins(source.text) {
        let (result, error) = read(&readable);
        let Some(error) = error.filter(|error| error.info() == flow::REFUSAL) else {
            return result;
        };
        let Some(joined) = flow::joined(&readable, error.marker().index()) else {
            return result;
        };
        readable = Cow::Owned(joined);
    }
    read(&readable).0
}

/// Reads every document of a text whose characters have the numbers of those in `source`.
fn read_all(source: &Source<'_>, readable: &str) -> (Vec<Document>, Option<ScanError>) {
    let mut documents = Vec::new();
    let mut tree = Tree::new(source);
    for event in Parser::new_from_str(readable) {
        let step = match event {
            Ok((event, span)) => {
                if matches!(event, Event::DocumentStart(_)) {
                    let next = tree.successor();
                    if let Some(next) = next {
                        documents.push(std::mem::replace(&mut tree, next).finish());
                    }
                }
                tree.add(event, source.range(span))
            }
            Err(error) => {
                tree.fail(source.error(&error));
                documents.push(tree.finish());
                return (documents, Some(error));
            }
        };
        if let Err(error) = step {
            tree.fail(error);
            break;
        }
    }
    documents.push(tree.finish());
    (documents, None)
}

/// Reads a text whose characters have the numbers of those in `source`.
fn read<'s, 't>(source: &'s Source<'t>, readable: &str) -> (Tree<'s, 't>, Option<ScanError>) {
    let mut tree = Tree::new(source);
    for event in Parser::new_from_str(readable) {
        let step = match event {
            Ok((event, span)) => tree.add(event, source.range(span)),
            Err(error) => {
                tree.fail(source.error(&error));
                return (tree, Some(error));
            }
        };
        if let Err(error) = step {
            tree.fail(error);
            break;
        }
    }
    (tree, None)
}

#[cfg(test)]
mod tests;
