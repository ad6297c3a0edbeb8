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

use saphyr_parser::{Parser, ScanError};

pub use comments::comments;

use crate::node::Document;
use source::Source;
use tree::Tree;

/// Reads the first document of a YAML text; a byte order mark before it is ignored.
///
/// `offset` is added to every position: where the text begins in its file.
pub fn parse(text: &str, offset: usize) -> Document {
    let source = Source::new(text, offset);
    let mut readable = Cow::Borrowed(source.text);
    for _ in 0..flow::most_joins(text) {
        let (tree, error) = read(&source, &readable);
        let Some(error) = error.filter(|error| error.info() == flow::REFUSAL) else {
            return tree.finish();
        };
        let Some(joined) = flow::joined(&readable, error.marker().index()) else {
            return tree.finish();
        };
        readable = Cow::Owned(joined);
    }
    read(&source, &readable).0.finish()
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
