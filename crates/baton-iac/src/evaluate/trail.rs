//! The way from a property to a value.

use std::rc::Rc;

use super::{Place, Via};

/// Where a value was met on the way to it. Cheap to clone: every part of a value has one.
#[derive(Clone)]
pub(super) struct Trail {
    /// The first reference on the way, if there is one.
    pub(super) at: Option<Place>,
    /// The last key before it.
    pub(super) key: Option<Place>,
    /// Whether nobody outside can give another value.
    pub(super) decides: bool,
    via: Option<Rc<Link>>,
}

struct Link {
    via: Via,
    before: Option<Rc<Link>>,
}

impl Trail {
    /// The way to the property itself.
    pub(super) fn start() -> Trail {
        Trail {
            at: None,
            key: None,
            decides: true,
            via: None,
        }
    }

    /// Adds a named value.
    pub(super) fn push(&mut self, via: Via) {
        self.via = Some(Rc::new(Link {
            via,
            before: self.via.take(),
        }));
    }

    /// The named values, outermost first.
    pub(super) fn via(&self) -> Vec<Via> {
        let mut all: Vec<Via> = self.links().cloned().collect();
        all.reverse();
        all
    }

    /// Makes this the way to a value computed from another: as undecided, over the same names.
    pub(super) fn join(&mut self, other: &Trail) {
        self.decides &= other.decides;
        for via in other.via() {
            if !self.links().any(|known| *known == via) {
                self.push(via);
            }
        }
    }

    fn links(&self) -> impl Iterator<Item = &Via> {
        let mut next = self.via.as_deref();
        std::iter::from_fn(move || {
            let link = next?;
            next = link.before.as_deref();
            Some(&link.via)
        })
    }
}
