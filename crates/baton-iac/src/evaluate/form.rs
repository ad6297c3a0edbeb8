//! The inner vocabulary of evaluation: an expression with its surroundings, and what it reduces to.

use std::borrow::Cow;
use std::cell::Cell;

use baton_source::{FileId, Span};

use super::iterate::Names;
use super::reduce::reduce;
use super::trail::Trail;
use super::{Binding, Known, Limit, Place, Scope};
use crate::model::{Expr, ExprKind, Language};

/// Deeper nesting than this, cycles included, is unknown.
const MAX_DEPTH: u32 = 128;
/// More work than this for one question is unknown, however few are asked.
const MAX_STEPS: usize = 20_000;
/// So much work is done at least before a question is given up.
const MIN_STEPS: usize = 200;
/// So much work may be done when everything declared is asked one question.
const STEPS_FOR_ALL: usize = 1_000_000;
/// So many bytes of text count as one step.
const TEXT_STEP: usize = 256;
/// More alternatives than this for one value are unknown.
pub(super) const MAX_ALTERNATIVES: usize = 64;

/// One question: how it compares names, and the work it may still do.
pub(super) struct Run {
    pub(super) language: Language,
    allowed: usize,
    steps: Cell<usize>,
    limit: Cell<Option<Limit>>,
    /// Whether it only finds out how much work a name takes.
    weighs: bool,
}

/// An expression, the names around it and the way that led to it.
#[derive(Clone)]
pub(super) struct Bound<'a> {
    pub(super) expr: &'a Expr,
    pub(super) scope: &'a dyn Scope,
    pub(super) file: Option<FileId>,
    pub(super) depth: u32,
    pub(super) trail: Trail,
    /// The names that the loops around it bind.
    pub(super) names: Names<'a>,
    /// Objects below this one that a deep merge lays it over, outermost last.
    pub(super) below: Vec<Bound<'a>>,
}

/// One alternative that an expression reduces to.
#[derive(Clone)]
pub(super) struct Form<'a> {
    pub(super) head: Head<'a>,
    pub(super) source: Place,
    pub(super) trail: Trail,
}

/// What an alternative is, without looking into its parts.
#[derive(Clone)]
pub(super) enum Head<'a> {
    Scalar(Known),
    List(Vec<Item<'a>>),
    Map(Vec<Part<'a>>),
    Unknown,
}

/// A piece of a list.
#[derive(Clone)]
pub(super) enum Item<'a> {
    Value(Bound<'a>),
    /// Any number of elements, also none.
    Open,
}

/// A piece of an object; of two with one key the later counts.
#[derive(Clone)]
pub(super) enum Part<'a> {
    Entry {
        key: Cow<'a, str>,
        key_place: Place,
        value: Bound<'a>,
        /// Whether an object is laid over the earlier one instead of replacing it.
        deep: bool,
    },
    /// Any number of properties, also none.
    Open,
}

impl<'a> From<Part<'a>> for Item<'a> {
    fn from(part: Part<'a>) -> Item<'a> {
        match part {
            Part::Entry { value, .. } => Item::Value(value),
            Part::Open => Item::Open,
        }
    }
}

impl Run {
    pub(super) fn new(scope: &dyn Scope) -> Run {
        Run {
            language: scope.language(),
            allowed: (STEPS_FOR_ALL / scope.size().max(1)).clamp(MIN_STEPS, MAX_STEPS),
            steps: Cell::new(0),
            limit: Cell::new(None),
            weighs: false,
        }
    }

    /// Whether a name takes more work than a question may: all that ask for it would be given up.
    pub(super) fn is_heavy(&self, bound: &Bound<'_>, root: &str, binding: &Binding<'_>) -> bool {
        let Some(value) = binding.value.filter(|it| !it.is_literal()) else {
            return false;
        };
        let weigh = || {
            let run = Run {
                weighs: true,
                ..Run::new(bound.scope)
            };
            let scope = binding.scope.unwrap_or(bound.scope);
            let mut inner = Bound::root(scope, value);
            let names = Names::default();
            inner.names = names.within(&inner, binding.loops, binding.round);
            reduce(&run, &inner);
            run.limit() == Some(Limit::Steps)
        };
        let is_heavy = !self.weighs && bound.scope.is_heavy(root, &weigh);
        if is_heavy {
            self.hit(Limit::Steps);
        }
        is_heavy
    }

    /// How many steps were made.
    pub(super) fn steps(&self) -> usize {
        self.steps.get()
    }

    /// Which bound was hit: the first of those that end a question, or else that of alternatives.
    pub(super) fn limit(&self) -> Option<Limit> {
        self.limit.get()
    }

    fn hit(&self, limit: Limit) {
        let known = self.limit.get();
        let ended = known.filter(|known| *known != Limit::Alternatives);
        self.limit.set(ended.or(Some(limit)));
    }

    /// At most as many alternatives as we go on with; something unknown stands for the others.
    pub(super) fn capped<'a>(&self, mut forms: Vec<Form<'a>>) -> Vec<Form<'a>> {
        if forms.len() <= MAX_ALTERNATIVES {
            return forms;
        }
        self.alternatives();
        forms.truncate(MAX_ALTERNATIVES);
        let unknown = forms.first().map(|form| form.with_head(Head::Unknown));
        forms.extend(unknown);
        forms
    }

    /// Every way to take one alternative of each; `None` if there are too many.
    pub(super) fn choices<T: Clone>(&self, lists: &[Vec<T>]) -> Option<Vec<Vec<T>>> {
        let mut all: Vec<Vec<T>> = vec![Vec::with_capacity(lists.len())];
        for list in lists {
            if all.len() * list.len() > MAX_ALTERNATIVES {
                self.alternatives();
                return None;
            }
            let extended = |chosen: &Vec<T>| {
                let chosen = chosen.clone();
                list.iter().map(move |next| with(&chosen, next))
            };
            all = all.iter().flat_map(extended).collect();
        }
        Some(all)
    }

    fn alternatives(&self) {
        if self.limit.get().is_none() {
            self.hit(Limit::Alternatives);
        }
    }

    /// Counts one step; `false` when there were too many.
    pub(super) fn step(&self, depth: u32) -> bool {
        let is_reached = depth <= MAX_DEPTH;
        if !is_reached {
            self.hit(Limit::Depth);
        }
        self.charge(1) && is_reached
    }

    /// Counts as many steps as a collection has parts; `false` when there were too many.
    pub(super) fn charge(&self, parts: usize) -> bool {
        let steps = self.steps.get().saturating_add(parts);
        // Work that is refused is not done.
        self.steps.set(steps.min(self.allowed + 1));
        if steps > self.allowed {
            self.hit(Limit::Steps);
        }
        steps <= self.allowed
    }

    /// Counts the copying of a text; `false` when there was too much of it.
    pub(super) fn charge_text(&self, text: &str) -> bool {
        self.charge(text.len() / TEXT_STEP)
    }

    /// Whether two property names are one.
    pub(super) fn same_key(&self, one: &str, two: &str) -> bool {
        match self.language {
            Language::Bicep | Language::Arm => one.eq_ignore_ascii_case(two),
            Language::Terraform => one == two,
        }
    }
}

impl<'a> Bound<'a> {
    pub(super) fn root(scope: &'a dyn Scope, expr: &'a Expr) -> Bound<'a> {
        Bound {
            expr,
            scope,
            file: None,
            depth: 0,
            trail: Trail::start(),
            names: Names::default(),
            below: Vec::new(),
        }
    }

    /// Whether it is a loop that stands for several elements of the list around it.
    pub(super) fn is_list_of_rounds(&self) -> bool {
        matches!(self.expr.kind, ExprKind::For { .. })
    }

    /// A part of this expression, with the same surroundings.
    pub(super) fn part(&self, expr: &'a Expr) -> Bound<'a> {
        Bound {
            expr,
            scope: self.scope,
            file: self.file,
            depth: self.depth + 1,
            trail: self.trail.clone(),
            names: self.names.clone(),
            below: Vec::new(),
        }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place {
            file: self.file,
            span,
        }
    }

    /// This expression as a form.
    pub(super) fn form(&self, head: Head<'a>) -> Form<'a> {
        Form {
            head,
            source: self.place(self.expr.span),
            trail: self.trail.clone(),
        }
    }

    /// This expression as a value computed from others: as undecided as the most open of them.
    pub(super) fn computed(&self, head: Head<'a>, from: &[Form<'a>]) -> Form<'a> {
        let mut form = self.form(head);
        for part in from {
            form.trail.join(&part.trail);
        }
        form
    }

    pub(super) fn unknown(&self) -> Vec<Form<'a>> {
        vec![self.form(Head::Unknown)]
    }
}

impl<'a> Form<'a> {
    /// The same place with another head.
    pub(super) fn with_head(&self, head: Head<'a>) -> Form<'a> {
        Form {
            head,
            source: self.source,
            trail: self.trail.clone(),
        }
    }
}

/// How many properties an object has, and whether there may be more.
pub(super) fn object_shape(parts: &[Part<'_>]) -> Known {
    let len = parts
        .iter()
        .filter(|part| matches!(part, Part::Entry { .. }))
        .count();
    Known::Object {
        len,
        open: len < parts.len(),
    }
}

fn with<T: Clone>(chosen: &[T], next: &T) -> Vec<T> {
    let mut chosen = chosen.to_vec();
    chosen.push(next.clone());
    chosen
}
