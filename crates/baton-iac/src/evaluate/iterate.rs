//! Loops: the names they bind, and what they make.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use super::form::{Bound, Form, Head, Item, Part, Run};
use super::reduce::{cross, reduce};
use super::{Known, Origin, follow, operators};
use crate::model::{Expr, Loop, Step};

/// Of collections with more elements, all rounds are looked at as one.
const MAX_ROUNDS: usize = 64;

/// The names that loops bind, innermost first.
#[derive(Clone, Default)]
pub(super) struct Names<'a>(Option<Rc<Binder<'a>>>);

struct Binder<'a> {
    each: &'a Loop,
    /// The round; any if there is none.
    round: Option<usize>,
    /// What stands around the collection.
    at: Bound<'a>,
    outer: Names<'a>,
}

impl<'a> Names<'a> {
    /// These names and, over them, those of loops from the outermost to the innermost;
    /// `round` is of the innermost.
    pub(super) fn within(
        mut self,
        at: &Bound<'a>,
        loops: &'a [Arc<Loop>],
        round: Option<usize>,
    ) -> Names<'a> {
        for (number, each) in loops.iter().enumerate() {
            let round = round.filter(|_| number + 1 == loops.len());
            self = self.and(at, each, round);
        }
        self
    }

    fn and(self, at: &Bound<'a>, each: &'a Loop, round: Option<usize>) -> Names<'a> {
        let mut at = at.clone();
        at.names = self.clone();
        Names(Some(Rc::new(Binder {
            each,
            round,
            at,
            outer: self,
        })))
    }
}

/// What a name of a loop stands for, and the steps that remain; `None` if no loop binds it.
pub(super) fn resolve<'a>(
    run: &Run,
    bound: &Bound<'a>,
    (name, path): (&str, &'a [Step]),
) -> Option<(Vec<Form<'a>>, &'a [Step])> {
    let mut names = &bound.names;
    while let Some(binder) = names.0.as_deref() {
        let each = binder.each;
        if each.item == name {
            return Some((element(run, bound, binder, name), path));
        }
        if each.key.as_deref() == Some(name) {
            return Some((key(run, bound, binder, name), path));
        }
        // The name stands for a key and a value together.
        if second(&each.item, name).is_some() {
            let (step, rest) = path.split_first()?;
            let is = |bound: &str| match step {
                Step::Name(step) | Step::Optional(step) => second(bound, name) == Some(step),
                Step::Index(_) | Step::Other => false,
            };
            let forms = if is(&each.item) {
                element(run, bound, binder, name)
            } else if each.key.as_deref().is_some_and(is) {
                key(run, bound, binder, name)
            } else {
                bound.unknown()
            };
            return Some((forms, rest));
        }
        names = &binder.outer;
    }
    None
}

/// What follows a name and a dot.
fn second<'n>(bound: &'n str, name: &str) -> Option<&'n str> {
    bound.strip_prefix(name)?.strip_prefix('.')
}

/// The alternatives of a collection, met on the way from `bound` under the name of its element.
fn collections<'a>(run: &Run, bound: &Bound<'a>, binder: &Binder<'a>, name: &str) -> Vec<Form<'a>> {
    let mut inner = binder.at.part(&binder.each.collection);
    inner.depth = bound.depth + 1;
    inner.trail = bound.trail.clone();
    let place = inner.place(inner.expr.span);
    cross(bound, &mut inner, (place, Origin::Iteration, name));
    reduce(run, &inner)
}

fn element<'a>(run: &Run, bound: &Bound<'a>, binder: &Binder<'a>, name: &str) -> Vec<Form<'a>> {
    let collections = collections(run, bound, binder, name);
    let value = |collection: &Form<'a>| match binder.round {
        Some(round) => nth(run, bound, collection, round),
        None => follow::any_value(run, collection),
    };
    run.capped(collections.iter().flat_map(value).collect())
}

fn nth<'a>(run: &Run, bound: &Bound<'a>, collection: &Form<'a>, round: usize) -> Vec<Form<'a>> {
    let value = match &collection.head {
        Head::List(items) => items.get(round).and_then(|item| match item {
            Item::Value(value) => Some(value),
            Item::Open => None,
        }),
        Head::Map(parts) => last_of_each(run, parts).get(round).map(|(_, value)| *value),
        Head::Scalar(_) | Head::Unknown => None,
    };
    value.map_or_else(|| bound.unknown(), |value| reduce(run, value))
}

/// The properties of an object without those that a later one replaces.
fn last_of_each<'p, 'a>(run: &Run, parts: &'p [Part<'a>]) -> Vec<(&'p str, &'p Bound<'a>)> {
    let mut all: Vec<(&str, &Bound<'a>)> = Vec::new();
    for part in parts {
        if let Part::Entry { key, value, .. } = part {
            match all.iter_mut().find(|(known, _)| run.same_key(known, key)) {
                Some(known) => known.1 = value,
                None => all.push((key, value)),
            }
        }
    }
    all
}

fn key<'a>(run: &Run, bound: &Bound<'a>, binder: &Binder<'a>, name: &str) -> Vec<Form<'a>> {
    let collections = collections(run, bound, binder, name);
    let [collection] = collections.as_slice() else {
        return bound.unknown();
    };
    let scalar = |known| vec![collection.with_head(Head::Scalar(known))];
    match (&collection.head, binder.round) {
        (Head::Map(parts), Some(round)) => match last_of_each(run, parts).get(round) {
            Some((key, _)) => scalar(Known::String((*key).to_owned())),
            None => bound.unknown(),
        },
        // The key of a set is its element.
        (Head::List(_), Some(round)) if binder.each.item.contains('.') => {
            nth(run, bound, collection, round)
        }
        // Whatever others give for the list, the rounds are numbered alike.
        (Head::List(_), Some(round)) => {
            let mut number = collection.with_head(Head::Scalar(Known::Number(round.to_string())));
            number.trail.decides = bound.trail.decides;
            vec![number]
        }
        _ => bound.unknown(),
    }
}

/// How often a loop goes round: so often, or nobody knows.
pub(super) enum Rounds<'a> {
    /// Each with the names it binds, and whether nobody outside can give another collection.
    Known(Vec<Names<'a>>, bool),
    /// Any number of times with these names.
    Any(Names<'a>),
}

/// The rounds of a loop whose condition may hold.
pub(super) fn rounds<'a>(
    run: &Run,
    bound: &Bound<'a>,
    each: &'a Loop,
    condition: Option<&'a Expr>,
) -> Rounds<'a> {
    let any = || Rounds::Any(bound.names.clone().and(bound, each, None));
    let collections = reduce(run, &bound.part(&each.collection));
    let Some(count) = count(run, &collections) else {
        return any();
    };
    let decides = collections.iter().all(|one| one.trail.decides);
    let all = (0..count).map(|round| bound.names.clone().and(bound, each, Some(round)));
    let holds = |names: &Names<'a>| {
        condition.is_none_or(|condition| {
            let mut condition = bound.part(condition);
            condition.names = names.clone();
            operators::truth(&reduce(run, &condition)) != Some(false)
        })
    };
    Rounds::Known(all.filter(holds).collect(), decides)
}

/// How many elements a collection has, if that is known and they are few.
fn count(run: &Run, collections: &[Form<'_>]) -> Option<usize> {
    let [collection] = collections else {
        return None;
    };
    match &collection.head {
        Head::List(items) => {
            let open = items.iter().any(|item| matches!(item, Item::Open));
            (!open && items.len() <= MAX_ROUNDS).then_some(items.len())
        }
        Head::Map(parts) => {
            let open = parts.iter().any(|part| matches!(part, Part::Open));
            (!open && parts.len() <= MAX_ROUNDS).then(|| last_of_each(run, parts).len())
        }
        Head::Scalar(_) | Head::Unknown => None,
    }
}

/// How many rounds the innermost of some loops has, if that is known and they are few.
pub(super) fn count_of(run: &Run, root: &Bound<'_>, loops: &[Arc<Loop>]) -> Option<usize> {
    let (innermost, _) = loops.split_last()?;
    let bound = root.part(&innermost.collection);
    count(run, &reduce(run, &bound))
}

/// Whether the collection of the innermost loop has no elements, decided by literals.
pub(super) fn is_over_nothing(run: &Run, root: &Bound<'_>, loops: &[Arc<Loop>]) -> bool {
    let Some((innermost, _)) = loops.split_last() else {
        return false;
    };
    let collections = reduce(run, &root.part(&innermost.collection));
    let decides = collections.iter().all(|one| one.trail.decides);
    decides && count(run, &collections) == Some(0)
}

/// The list or, with keys, the object that a loop makes.
pub(super) fn made<'a>(
    run: &Run,
    bound: &Bound<'a>,
    rounds: Rounds<'a>,
    (key, body): (Option<&'a Expr>, &'a Expr),
) -> Vec<Form<'a>> {
    let part = |expr: &'a Expr, names: &Names<'a>| {
        let mut part = bound.part(expr);
        part.names = names.clone();
        part
    };
    let decides = !matches!(rounds, Rounds::Known(_, false));
    let head = match (rounds, key) {
        (Rounds::Known(rounds, _), None) => {
            let values = rounds.iter().map(|names| Item::Value(part(body, names)));
            Head::List(values.collect())
        }
        (Rounds::Any(names), None) => Head::List(vec![Item::Value(part(body, &names))]),
        (Rounds::Known(rounds, _), Some(key)) => {
            let entry = |names: &Names<'a>| named(run, &part(key, names), part(body, names));
            Head::Map(rounds.iter().map(entry).collect())
        }
        (Rounds::Any(_), Some(_)) => Head::Map(vec![Part::Open]),
    };
    let mut form = bound.form(head);
    form.trail.decides &= decides;
    vec![form]
}

fn named<'a>(run: &Run, key: &Bound<'a>, value: Bound<'a>) -> Part<'a> {
    let forms = reduce(run, key);
    let [form] = forms.as_slice() else {
        return Part::Open;
    };
    match &form.head {
        Head::Scalar(known) => match known.as_text() {
            Some(name) => Part::Entry {
                key: Cow::Owned(name.to_owned()),
                key_place: key.place(key.expr.span),
                value,
                deep: false,
            },
            None => Part::Open,
        },
        Head::List(_) | Head::Map(_) | Head::Unknown => Part::Open,
    }
}
