//! Review settings of a step, in every known shape, as one.

use baton_source::{Span, Spanned};
use baton_syntax::node::{Entry, Node};

use super::Text;
use super::reader::{Reader, count, present};

/// How the work of a step is reviewed.
#[derive(Debug, Clone)]
pub struct Challenger {
    /// The whole value.
    pub span: Span,
    /// Whether reviews take place at all.
    pub enabled: bool,
    /// Whether reviews beyond the default take place only on request.
    pub opt_in: bool,
    /// Reviews without further choice.
    pub default: Review,
    /// Whether the number of reviews is fixed.
    pub fixed: bool,
    /// Reviews by complexity.
    pub matrix: Option<Matrix>,
    /// What kind of product is reviewed.
    pub scope: Option<Text>,
    /// An expression under which the review is left out.
    pub skip_condition: Option<Text>,
    /// What must hold before the review counts as done.
    pub exit: Option<Text>,
}

/// Reviews by complexity.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The key.
    pub span: Span,
    /// Whether tiers may be missing.
    pub kind: MatrixKind,
    /// The tiers in the order of the text.
    pub tiers: Vec<Tier>,
}

/// The two kinds of matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatrixKind {
    /// `complexity_matrix`: every tier is there.
    Complexity,
    /// `opt_in_matrix`: tiers may be missing.
    OptIn,
}

/// Reviews of one tier.
#[derive(Debug, Clone)]
pub struct Tier {
    /// `simple`, `standard` or `complex`; at the key.
    pub name: Text,
    /// The reviews.
    pub review: Review,
}

/// How many reviews, and from which points of view.
#[derive(Debug, Clone)]
pub struct Review {
    /// The number of reviews.
    pub passes: Option<Count>,
    /// The points of view.
    pub lenses: Option<Vec<Text>>,
}

/// A number as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The number; `None` when it is not a whole one.
    pub value: Option<i64>,
    /// Where it stands.
    pub span: Span,
}

impl Spanned for Count {
    fn span(&self) -> Span {
        self.span
    }
}

impl Challenger {
    /// The default and every tier.
    pub fn reviews(&self) -> impl Iterator<Item = &Review> {
        let tiers = self.matrix.iter().flat_map(|matrix| &matrix.tiers);
        std::iter::once(&self.default).chain(tiers.map(|tier| &tier.review))
    }
}

/// Reads the settings of a step.
pub(super) fn read(reader: &mut Reader, node: &Node) -> Option<Challenger> {
    let entry = reader.object(node, "challenger")?;
    let value = &entry.value;
    let fixed = present(value, "passes").is_some();
    let default = if fixed {
        review(reader, value, ["passes", "lenses"])
    } else {
        let mut default = review(reader, value, ["default_passes", "default_lenses"]);
        default.lenses = default.lenses.or_else(|| reader.texts(value, "lenses"));
        default
    };
    let switched_off = present(value, "enabled").and_then(Node::as_bool) == Some(false);
    reader.flag(value, "enabled");
    let opt_in = reader.flag(value, "opt_in");
    Some(Challenger {
        span: value.span,
        enabled: !switched_off,
        opt_in: reader.flag(value, "opt_in_multi_pass") || opt_in,
        default,
        fixed,
        matrix: matrix(reader, value),
        scope: reader.text(value, "artifact_scope"),
        skip_condition: reader.text(value, "skip_condition"),
        exit: reader.text(value, "exit_criteria"),
    })
}

fn review(reader: &mut Reader, node: &Node, [passes, lenses]: [&str; 2]) -> Review {
    Review {
        passes: count(node, passes),
        lenses: reader.texts(node, lenses),
    }
}

fn matrix(reader: &mut Reader, node: &Node) -> Option<Matrix> {
    let optional = reader.object(node, "opt_in_matrix");
    let (entry, kind): (&Entry, _) = match optional {
        Some(entry) => (entry, MatrixKind::OptIn),
        None => (
            reader.object(node, "complexity_matrix")?,
            MatrixKind::Complexity,
        ),
    };
    let mut tiers = Vec::new();
    for tier in entry.value.entries() {
        if let Some(of_tier) = reader.object(&entry.value, &tier.key) {
            let name = Text {
                value: tier.key.clone(),
                span: tier.key_span,
            };
            let review = review(reader, &of_tier.value, ["passes", "lenses"]);
            tiers.push(Tier { name, review });
        }
    }
    Some(Matrix {
        span: entry.key_span,
        kind,
        tiers,
    })
}
