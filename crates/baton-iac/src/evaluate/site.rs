//! What is asked: a body, the names around it, and the round of its loop.

use std::sync::Arc;

use super::entries::{EntrySet, entry_sets};
use super::form::{Bound, Form, Head, Item, Run};
use super::iterate::{Names, count_of, is_over_nothing};
use super::{Scope, Values, follow, operators, reduce, values_of};
use crate::model::{Expr, Loop, ModuleCall, Resource};

/// A body that values are looked up in.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// Answers for the names in it.
    pub scope: &'a dyn Scope,
    /// A resource's body, or a module's arguments.
    pub body: &'a Expr,
    /// The loops it stands in, outermost first.
    pub loops: &'a [Arc<Loop>],
    /// The one round of the innermost loop that is meant, if not any.
    pub round: Option<usize>,
}

/// An element of a list, with the names around it.
pub struct Element<'a>(Bound<'a>);

/// The elements of the lists that a property may be.
pub struct Elements<'a> {
    /// Those that are written down.
    pub items: Vec<Element<'a>>,
    /// Whether there may be others.
    pub open: bool,
}

impl<'a> Site<'a> {
    /// A body outside of loops.
    pub fn new(scope: &'a dyn Scope, body: &'a Expr) -> Site<'a> {
        Site {
            scope,
            body,
            loops: &[],
            round: None,
        }
    }

    /// The body of a resource, in any round of its loops.
    pub fn resource(scope: &'a dyn Scope, resource: &'a Resource) -> Site<'a> {
        Site {
            loops: &resource.loops,
            ..Site::new(scope, &resource.body)
        }
    }

    /// The arguments of a module, in any round of its loops.
    pub fn call(scope: &'a dyn Scope, call: &'a ModuleCall) -> Site<'a> {
        Site {
            loops: &call.loops,
            ..Site::new(scope, &call.arguments)
        }
    }

    /// How many rounds its innermost loop has, if that is known and they are few.
    pub fn rounds(&self) -> Option<usize> {
        let run = Run::new(self.scope);
        let mut root = Bound::root(self.scope, self.body);
        let (_, outer) = self.loops.split_last()?;
        root.names = Names::default().within(&root, outer, None);
        count_of(&run, &root, self.loops)
    }

    /// Whether it is never deployed, whatever anybody gives for parameters: its condition is
    /// false, its `count` zero, or one of its loops is over nothing.
    pub fn is_never(&self, condition: Option<&Expr>) -> bool {
        let run = Run::new(self.scope);
        let mut root = self.root();
        let is_false = condition.is_some_and(|condition| {
            let forms = reduce::reduce(&run, &root.part(condition));
            operators::truth(&forms) == Some(false) || operators::is_zero(&forms)
        });
        is_false
            || (1..=self.loops.len()).any(|depth| {
                let loops = self.loops.get(..depth).unwrap_or_default();
                let outer = loops.split_last().map_or(&[][..], |(_, outer)| outer);
                root.names = Names::default().within(&root, outer, None);
                is_over_nothing(&run, &root, loops)
            })
    }

    /// The values of the property at `path`.
    ///
    /// Lists on the way are gone through: the property of every element counts. An empty path
    /// gives the values of the body itself.
    pub fn lookup(&self, path: &[&str]) -> Values {
        found(&Run::new(self.scope), &self.root(), path)
    }

    /// The values of the elements of the lists at `path`; `unknown` if there may be further elements.
    pub fn elements(&self, path: &[&str]) -> Values {
        listed(&Run::new(self.scope), &self.root(), path)
    }

    /// The elements of the lists, or the values of the maps, at `path`, to look further into each on its own.
    pub fn items(&self, path: &[&str]) -> Elements<'a> {
        let run = Run::new(self.scope);
        let (forms, _) = follow::select(&run, &self.root(), path);
        let mut elements = Elements {
            items: Vec::new(),
            open: false,
        };
        for form in forms {
            elements.add(&run, form);
        }
        elements
    }

    /// The properties of every object that the property at `path` may be.
    ///
    /// There is one set per alternative; what stands in different branches is never in one set.
    pub fn entries(&self, path: &[&str]) -> Vec<EntrySet> {
        entry_sets(&Run::new(self.scope), &self.root(), path)
    }

    fn root(&self) -> Bound<'a> {
        let mut root = Bound::root(self.scope, self.body);
        root.names = Names::default().within(&root, self.loops, self.round);
        root
    }
}

impl<'a> Elements<'a> {
    fn add(&mut self, run: &Run, form: Form<'a>) {
        let items = match form.head {
            Head::List(items) => items,
            Head::Scalar(_) => return,
            Head::Map(parts) => parts.into_iter().map(Item::from).collect(),
            Head::Unknown => {
                self.open = true;
                return;
            }
        };
        for item in items {
            match item {
                Item::Value(bound) if bound.is_list_of_rounds() => {
                    let forms = reduce::reduce(run, &bound).into_iter();
                    forms.for_each(|form| self.add(run, form));
                }
                Item::Value(bound) => self.items.push(Element(bound)),
                Item::Open => self.open = true,
            }
        }
    }
}

impl Element<'_> {
    /// The values of the property at `path` in this element.
    pub fn lookup(&self, path: &[&str]) -> Values {
        found(&Run::new(self.0.scope), &self.0, path)
    }

    /// The values of the elements of the lists at `path`, as [`Site::elements`].
    pub fn elements(&self, path: &[&str]) -> Values {
        listed(&Run::new(self.0.scope), &self.0, path)
    }

    /// Where the element is written.
    pub fn place(&self) -> super::Place {
        let at = self.0.trail.at;
        at.unwrap_or_else(|| self.0.place(self.0.expr.span))
    }
}

fn found(run: &Run, root: &Bound<'_>, path: &[&str]) -> Values {
    let (forms, absent) = follow::select(run, root, path);
    let mut values = values_of(&forms);
    values.absent |= absent;
    values.told_by(run);
    values
}

fn listed(run: &Run, root: &Bound<'_>, path: &[&str]) -> Values {
    let (forms, absent) = follow::select(run, root, path);
    let mut values = Values {
        absent,
        ..Values::default()
    };
    for form in &forms {
        let Head::List(items) = &form.head else {
            values.add(form);
            continue;
        };
        for item in items {
            match item {
                Item::Value(bound) => values.add_all(&reduce::reduce(run, bound)),
                Item::Open => values.unknown = true,
            }
        }
    }
    values.told_by(run);
    values
}
