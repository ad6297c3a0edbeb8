//! Blocks, arguments and references of a Terraform file as they stand in the text.
//!
//! The model keeps what evaluation needs; whether a file is valid depends on what it leaves out:
//! order and labels of blocks, each name that an expression mentions, old spellings.

use baton_source::{Span, Spanned};
use hcl_edit::structure::{Block as HclBlock, Body as HclBody, Structure};

use super::body::{header, label_span, label_text};
use super::{Lowering, expression};
use crate::model::Expr;

mod references;

/// What a file says, block by block.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    /// Everything outside of blocks, and the blocks.
    pub body: Body,
    /// Spellings that mean the same as a newer one, in the order of the text.
    pub remarks: Vec<Remark>,
}

/// What is in a block or a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Body {
    /// Arguments, in the order of the text.
    pub attributes: Vec<Attribute>,
    /// Blocks, in the order of the text.
    pub blocks: Vec<Block>,
}

/// An argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// The name.
    pub name_span: Span,
    /// Its value.
    pub value: Expr,
    /// What the value refers to; names that an expression binds itself are not among them.
    pub references: Vec<Reference>,
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its keyword.
    pub kind: String,
    /// The keyword.
    pub kind_span: Span,
    /// The words after it.
    pub labels: Vec<Label>,
    /// Keyword and labels.
    pub span: Span,
    /// What is in it.
    pub body: Body,
}

/// A word between the keyword of a block and its body.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The word, decoded.
    pub text: String,
    /// The word as written, quotes included.
    pub span: Span,
}

/// A name in an expression, and what is taken out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Its first name: `var`, `local`, `azurerm_storage_account` …
    pub root: String,
    /// What is taken out of it, one step after the other, up to the first that is computed.
    pub hops: Vec<Hop>,
    /// From the first name to the last step.
    pub span: Span,
    /// Whether a function such as `try` may make up for what is not there.
    pub is_guarded: bool,
    /// Whether it may never be evaluated: a branch of a condition, a round of a loop.
    pub is_lazy: bool,
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    /// What it takes.
    pub kind: HopKind,
    /// Where it stands.
    pub span: Span,
}

/// What a step takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HopKind {
    /// `.name`.
    Name(String),
    /// `["key"]` or `[0]` with a literal.
    Key(String),
    /// `[expression]`.
    Computed,
    /// `[*]` or `.*`.
    Splat,
}

/// A spelling worth a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remark {
    /// Which.
    pub kind: RemarkKind,
    /// Where it stands.
    pub span: Span,
}

/// Which spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkKind {
    /// `list.0`.
    LegacyIndex,
    /// `"${value}"`.
    LoneInterpolation,
    /// `list == []`.
    EmptyListComparison,
    /// `lookup(map, key)`.
    ShortLookup,
}

impl Body {
    /// The argument of a name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|it| it.name == name)
    }

    /// The blocks of a kind.
    pub fn blocks_of(&self, kind: &str) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }
}

impl Block {
    /// The text of a label.
    pub fn label(&self, at: usize) -> Option<&str> {
        self.labels.get(at).map(|label| label.text.as_str())
    }
}

impl Reference {
    /// The name that a step takes, counted from the root.
    pub fn name(&self, at: usize) -> Option<&str> {
        match &self.hops.get(at)?.kind {
            HopKind::Name(name) => Some(name),
            HopKind::Key(_) | HopKind::Computed | HopKind::Splat => None,
        }
    }

    /// From the root to so many steps behind it.
    pub fn prefix(&self, hops: usize) -> Span {
        let last = self.hops.iter().take(hops).next_back();
        match last {
            Some(hop) => Span::new(self.span.start as usize, hop.span.end as usize),
            None => Span::new(
                self.span.start as usize,
                self.span.start as usize + self.root.len(),
            ),
        }
    }
}

macro_rules! spanned {
    ($($name:ident => $field:ident),*) => {
        $(impl Spanned for $name {
            fn span(&self) -> Span {
                self.$field
            }
        })*
    };
}

spanned!(Attribute => name_span, Block => span, Label => span, Reference => span, Hop => span, Remark => span);

/// Reads a whole file.
pub(super) fn outline(lowering: &mut Lowering<'_>, parsed: &HclBody) -> Outline {
    let mut remarks = Vec::new();
    let body = body(lowering, &mut remarks, parsed);
    remarks.sort_by_key(|remark| remark.span.start);
    Outline { body, remarks }
}

fn body(lowering: &mut Lowering<'_>, remarks: &mut Vec<Remark>, parsed: &HclBody) -> Body {
    let mut body = Body::default();
    for structure in parsed {
        match structure {
            Structure::Attribute(attribute) => {
                let references = references::of(lowering, remarks, &attribute.value);
                body.attributes.push(Attribute {
                    name: attribute.key.to_string(),
                    name_span: lowering.span(&attribute.key),
                    value: expression::lower(lowering, &attribute.value),
                    references,
                });
            }
            Structure::Block(inner) => {
                let inner = block(lowering, remarks, inner);
                body.blocks.push(inner);
            }
        }
    }
    body
}

fn block(lowering: &mut Lowering<'_>, remarks: &mut Vec<Remark>, block: &HclBlock) -> Block {
    let label = |(at, label)| Label {
        text: label_text(label).to_owned(),
        span: label_span(lowering, block, at),
    };
    let labels = block.labels.iter().enumerate().map(label).collect();
    let kind_span = lowering.span(&block.ident);
    let span = header(lowering, block);
    let is_dynamic = block.ident.as_str() == "dynamic" && block.labels.len() == 1;
    let body = if is_dynamic {
        dynamic(lowering, remarks, block)
    } else {
        body(lowering, remarks, &block.body)
    };
    Block {
        kind: block.ident.to_string(),
        kind_span,
        labels,
        span,
        body,
    }
}

/// The body of a `dynamic` block, whose iterator is a name of its own in `content` and `labels`.
fn dynamic(lowering: &mut Lowering<'_>, remarks: &mut Vec<Remark>, block: &HclBlock) -> Body {
    let named = block.body.get_attribute("iterator");
    let named = named.and_then(|it| it.value.as_variable());
    let label = block.labels.first().map_or("", label_text);
    let iterator = named.map_or_else(|| label.to_owned(), ToString::to_string);
    let mut found = Body::default();
    for structure in &block.body {
        let bound = lowering.iterators.len();
        match structure {
            Structure::Attribute(attribute) if attribute.key.as_str() == "iterator" => {
                found.attributes.push(Attribute {
                    name: "iterator".to_owned(),
                    name_span: lowering.span(&attribute.key),
                    value: expression::lower(lowering, &attribute.value),
                    references: Vec::new(),
                });
            }
            Structure::Attribute(attribute) => {
                if attribute.key.as_str() == "labels" {
                    lowering.iterators.push(iterator.clone());
                }
                let references = references::of(lowering, remarks, &attribute.value);
                found.attributes.push(Attribute {
                    name: attribute.key.to_string(),
                    name_span: lowering.span(&attribute.key),
                    value: expression::lower(lowering, &attribute.value),
                    references,
                });
            }
            Structure::Block(inner) => {
                lowering.iterators.push(iterator.clone());
                let mut inner = self::block(lowering, remarks, inner);
                delay(&mut inner.body);
                found.blocks.push(inner);
            }
        }
        lowering.iterators.truncate(bound);
    }
    found
}

/// Marks everything in the content of a `dynamic` block, which may make no block at all.
fn delay(body: &mut Body) {
    for attribute in &mut body.attributes {
        for reference in &mut attribute.references {
            reference.is_lazy = true;
        }
    }
    for block in &mut body.blocks {
        delay(&mut block.body);
    }
}

#[cfg(test)]
mod tests;
