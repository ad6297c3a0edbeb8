//! What the values of a template come to, as far as its text decides it.
//!
//! Answers have three values: what is known is a candidate, what only a deployment knows is
//! *unknown*, what nobody set is *absent*. A branch counts as reachable unless its condition is
//! decided by literals; a parameter's default counts as its value, but decides no condition and
//! no index, because others may override it. So a bad default fails where it is used, a good one
//! passes, and `isProd ? false : true` is both, whatever the default of `isProd`.
//!
//! Names are asked of a [`Scope`]; nothing here knows where other files are.

use baton_source::{FileId, Location, Span};

use crate::model::Expr;

mod calls;
mod entries;
mod follow;
mod form;
mod iterate;
mod known;
mod operators;
mod reduce;
mod scope;
mod site;
mod trail;

pub use entries::{Entry, EntrySet, entries};
pub use known::Known;
pub use scope::{Binding, FileScope, Origin, Scope, Weights};
pub use site::{Element, Elements, Site};

use form::{Form, Head, Item, Run};

/// A place in the file that is evaluated or, if `file` is known, in another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The file; `None` for the one that is evaluated.
    pub file: Option<FileId>,
    /// The place in it.
    pub span: Span,
}

/// A named value on the way from a property to a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Via {
    /// Where it is declared: its name, or the collection that is gone through.
    pub place: Place,
    /// What stands there.
    pub origin: Origin,
    /// How the template refers to it.
    pub address: String,
}

/// A value that a property may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The value.
    pub value: Known,
    /// Where the property gets it: the literal, or the outermost reference that leads there.
    pub at: Place,
    /// Where it is written: equal to `at` unless a reference leads there.
    pub source: Place,
    /// The key of the property, as far as the body itself writes it.
    pub key: Option<Place>,
    /// The named values between `at` and `source`, outermost first.
    pub via: Vec<Via>,
}

/// All values that a property may have.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values {
    /// Those that are known.
    pub candidates: Vec<Candidate>,
    /// Whether some reachable value is not.
    pub unknown: bool,
    /// Where the first value that is not known is asked for, if that is told.
    pub unknown_at: Option<Place>,
    /// Whether it is, or may be, not set or null.
    pub absent: bool,
    /// Why the question was given up, if it was; what was not reached is unknown.
    pub limit: Option<Limit>,
    /// How much work the answer took.
    pub steps: usize,
}

/// A bound of evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// Names and parts inside each other; names that lead back to themselves have no end.
    Depth,
    /// Values that have to be looked at.
    Steps,
    /// Values that one property may have; the first of them are known.
    Alternatives,
}

/// An answer that may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Right, whatever happens.
    Pass,
    /// Wrong, at least in one reachable case.
    Fail,
    /// The text does not decide it.
    Unknown,
}

/// A verdict and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement<'v> {
    /// The verdict on all values together.
    pub verdict: Verdict,
    /// The values that fail.
    pub failing: Vec<&'v Candidate>,
}

/// The values of the property at `path` in a body outside of loops, as [`Site::lookup`].
pub fn lookup(scope: &dyn Scope, body: &Expr, path: &[&str]) -> Values {
    Site::new(scope, body).lookup(path)
}

/// The values of the elements of the lists at `path`, as [`Site::elements`].
pub fn elements(scope: &dyn Scope, body: &Expr, path: &[&str]) -> Values {
    Site::new(scope, body).elements(path)
}

/// Judges every candidate: one failure fails all; what is unknown or absent keeps it open.
pub fn judge(values: &Values, decide: impl Fn(&Known) -> Verdict) -> Judgement<'_> {
    let mut open = values.unknown || values.absent;
    let mut failing = Vec::new();
    for candidate in &values.candidates {
        match decide(&candidate.value) {
            Verdict::Pass => {}
            Verdict::Fail => failing.push(candidate),
            Verdict::Unknown => open = true,
        }
    }
    let verdict = if !failing.is_empty() {
        Verdict::Fail
    } else if open {
        Verdict::Unknown
    } else {
        Verdict::Pass
    };
    Judgement { verdict, failing }
}

impl Place {
    /// The place as a location, for an evaluation of `own`.
    pub fn location(self, own: FileId) -> Location {
        Location {
            file: self.file.unwrap_or(own),
            span: Some(self.span),
        }
    }
}

impl Values {
    fn told_by(&mut self, run: &Run) {
        self.limit = run.limit();
        self.steps = run.steps();
    }

    fn add_all(&mut self, forms: &[Form<'_>]) {
        for form in forms {
            self.add(form);
        }
    }

    fn add(&mut self, form: &Form<'_>) {
        let value = match &form.head {
            Head::Unknown => {
                self.unknown = true;
                let at = form.trail.at.unwrap_or(form.source);
                self.unknown_at.get_or_insert(at);
                return;
            }
            Head::Scalar(Known::Null) => {
                self.absent = true;
                return;
            }
            Head::Scalar(known) => known.clone(),
            Head::List(items) => Known::Array {
                len: items.len(),
                open: items.iter().any(|item| matches!(item, Item::Open)),
            },
            Head::Map(parts) => form::object_shape(parts),
        };
        self.candidates.push(Candidate {
            value,
            at: form.trail.at.unwrap_or(form.source),
            source: form.source,
            key: form.trail.key,
            via: form.trail.via(),
        });
    }
}

fn values_of(forms: &[Form<'_>]) -> Values {
    let mut values = Values::default();
    values.add_all(forms);
    values
}

#[cfg(test)]
mod tests;
