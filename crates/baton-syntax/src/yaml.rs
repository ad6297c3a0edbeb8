//! YAML 1.2 with the core schema, as a tree with positions.
//!
//! Tags are not part of a value's span, and an alias stands where it is written while what
//! is inside it stands where the anchor is. Merge keys are resolved. After a syntax error
//! the tree holds what was complete before it.

mod merge;
mod schema;
mod source;
mod tree;

use saphyr_parser::Parser;

use crate::node::Document;
use source::Source;
use tree::Tree;

/// Reads the first document of a YAML text; a byte order mark before it is ignored.
///
/// `offset` is added to every position: where the text begins in its file.
pub fn parse(text: &str, offset: usize) -> Document {
    let source = Source::new(text, offset);
    let mut tree = Tree::new(&source);
    for event in Parser::new_from_str(source.text) {
        let step = match event {
            Ok((event, span)) => tree.add(event, source.range(span)),
            Err(error) => Err(source.error(&error)),
        };
        if let Err(error) = step {
            tree.fail(error);
            break;
        }
    }
    tree.finish()
}

#[cfg(test)]
mod tests;
