//! One expression to the alternatives it may be.

use std::borrow::Cow;
use std::mem;

use super::form::{Bound, Form, Head, Item, Part, Run};
use super::iterate::Names;
use super::{Binding, Known, Origin, Place, Via, calls, follow, iterate, operators};
use crate::model::{Expr, ExprKind, Key, Property, Step};

/// The alternatives of an expression: at least one.
pub(super) fn reduce<'a>(run: &Run, bound: &Bound<'a>) -> Vec<Form<'a>> {
    if !run.step(bound.depth) {
        return bound.unknown();
    }
    let mut forms = reduce_alone(run, bound);
    for below in bound.below.iter().rev() {
        forms = run.capped(lay_over(run, forms, below));
    }
    if forms.is_empty() {
        return bound.unknown();
    }
    run.capped(forms)
}

fn reduce_alone<'a>(run: &Run, bound: &Bound<'a>) -> Vec<Form<'a>> {
    let scalar = |known: Known| vec![bound.form(Head::Scalar(known))];
    match &bound.expr.kind {
        ExprKind::Null => scalar(Known::Null),
        ExprKind::Bool(value) => scalar(Known::Bool(*value)),
        ExprKind::Number(lexeme) => scalar(Known::Number(lexeme.clone())),
        ExprKind::String(text) if !run.charge_text(text) => bound.unknown(),
        ExprKind::String(text) => scalar(Known::String(text.clone())),
        ExprKind::Template(parts) => operators::template(run, bound, parts),
        ExprKind::Array(elements) => list(run, bound, elements),
        ExprKind::Object(properties) => map(run, bound, properties),
        ExprKind::Reference { root, path } => reference(run, bound, root, path),
        ExprKind::Access { base, path } => {
            follow::steps(run, bound, reduce(run, &bound.part(base)), path)
        }
        ExprKind::Conditional {
            condition,
            then,
            otherwise,
        } => match operators::truth(&reduce(run, &bound.part(condition))) {
            Some(true) => reduce(run, &bound.part(then)),
            Some(false) => reduce(run, &bound.part(otherwise)),
            None => {
                let mut forms = reduce(run, &bound.part(then));
                forms.extend(reduce(run, &bound.part(otherwise)));
                // All of them are copied wherever the value is used.
                run.charge(forms.len());
                forms
            }
        },
        ExprKind::Call { name, arguments } => calls::call(run, bound, name, arguments),
        ExprKind::Operation { operator, operands } => {
            operators::operation(run, bound, *operator, operands)
        }
        ExprKind::For {
            each,
            key,
            condition,
            body,
        } => {
            let key = key.as_deref();
            let rounds = iterate::rounds(run, bound, each, condition.as_deref());
            iterate::made(run, bound, rounds, (key, body))
        }
        ExprKind::Spread(_) | ExprKind::Unknown => bound.unknown(),
    }
}

fn reference<'a>(run: &Run, bound: &Bound<'a>, root: &'a str, path: &'a [Step]) -> Vec<Form<'a>> {
    if let Some((forms, rest)) = iterate::resolve(run, bound, (root, path)) {
        return follow::steps(run, bound, forms, rest);
    }
    let Some(binding) = bound.scope.resolve(root) else {
        return bound.unknown();
    };
    let mut forms = bound_to(run, bound, root, &binding);
    let others = bound.scope.others(root);
    if !others.is_empty() {
        let others = others.iter();
        forms.extend(others.flat_map(|binding| bound_to(run, bound, root, binding)));
        for form in &mut forms {
            form.trail.decides = false;
        }
    }
    follow::steps(run, bound, run.capped(forms), path)
}

/// The alternatives of what a name stands for.
fn bound_to<'a>(run: &Run, bound: &Bound<'a>, root: &str, binding: &Binding<'a>) -> Vec<Form<'a>> {
    let Some(value) = binding.value else {
        return bound.unknown();
    };
    if run.is_heavy(bound, root, binding) {
        return bound.unknown();
    }
    let mut inner = bound.part(value);
    inner.file = binding.file.or(bound.file);
    inner.scope = binding.scope.unwrap_or(bound.scope);
    let place = inner.place(binding.name_span);
    cross(bound, &mut inner, (place, binding.origin, root));
    let names = Names::default();
    inner.names = names.within(&inner, binding.loops, binding.round);
    reduce(run, &inner)
}

/// Notes that the way to a value leads through a name.
pub(super) fn cross<'a>(
    from: &Bound<'a>,
    to: &mut Bound<'a>,
    (place, origin, address): (Place, Origin, &str),
) {
    let here = from.place(from.expr.span);
    to.trail.at = to.trail.at.or(Some(here));
    to.trail.decides &= origin.decides();
    to.trail.push(Via {
        place,
        origin,
        address: address.to_owned(),
    });
}

fn list<'a>(run: &Run, bound: &Bound<'a>, elements: &'a [Expr]) -> Vec<Form<'a>> {
    if !run.charge(elements.len()) {
        return bound.unknown();
    }
    let mut certain = true;
    let pieces: Vec<Vec<Vec<Item<'a>>>> = elements
        .iter()
        .map(|element| match &element.kind {
            ExprKind::Spread(inner) => {
                let forms = reduce(run, &bound.part(inner));
                certain &= decides(&forms);
                forms.into_iter().map(|form| items(form.head)).collect()
            }
            _ => vec![vec![Item::Value(bound.part(element))]],
        })
        .collect();
    decided(joined(run, bound, pieces, Head::List), certain)
}

/// The elements of a form that should be a list.
pub(super) fn items(head: Head<'_>) -> Vec<Item<'_>> {
    match head {
        Head::List(items) => items,
        Head::Scalar(_) | Head::Map(_) | Head::Unknown => vec![Item::Open],
    }
}

fn map<'a>(run: &Run, bound: &Bound<'a>, properties: &'a [Property]) -> Vec<Form<'a>> {
    if !run.charge(properties.len()) {
        return bound.unknown();
    }
    let named = properties.iter().map(|property| match &property.key {
        Key::Name(name) => Some(entry(bound, Cow::Borrowed(name), property)),
        Key::Computed(_) | Key::Spread => None,
    });
    if let Some(entries) = named.collect() {
        return joined(run, bound, vec![vec![entries]], Head::Map);
    }
    let mut certain = true;
    let pieces: Vec<Vec<Vec<Part<'a>>>> = properties
        .iter()
        .map(|property| match &property.key {
            Key::Name(name) => vec![vec![entry(bound, Cow::Borrowed(name), property)]],
            Key::Computed(key) => {
                let forms = reduce(run, &bound.part(key));
                vec![vec![computed_entry(bound, &forms, property)]]
            }
            Key::Spread => {
                let forms = reduce(run, &bound.part(&property.value));
                certain &= decides(&forms);
                forms.into_iter().map(|form| parts(form.head)).collect()
            }
        })
        .collect();
    decided(joined(run, bound, pieces, Head::Map), certain)
}

/// Whether nobody outside can make any of them something else.
pub(super) fn decides<'f, 'a: 'f>(forms: impl IntoIterator<Item = &'f Form<'a>>) -> bool {
    forms.into_iter().all(|form| form.trail.decides)
}

/// Forms made of others: as undecided as the most open of those.
pub(super) fn decided(mut forms: Vec<Form<'_>>, decides: bool) -> Vec<Form<'_>> {
    for form in &mut forms {
        form.trail.decides &= decides;
    }
    forms
}

fn computed_entry<'a>(bound: &Bound<'a>, key: &[Form<'a>], property: &'a Property) -> Part<'a> {
    match key {
        [
            Form {
                head: Head::Scalar(known),
                ..
            },
        ] => match known.as_text() {
            Some(name) => entry(bound, Cow::Owned(name.to_owned()), property),
            None => Part::Open,
        },
        _ => Part::Open,
    }
}

fn entry<'a>(bound: &Bound<'a>, key: Cow<'a, str>, property: &'a Property) -> Part<'a> {
    Part::Entry {
        key,
        key_place: bound.place(property.key_span),
        value: bound.part(&property.value),
        deep: false,
    }
}

/// The properties of a form that should be an object; null has none.
pub(super) fn parts(head: Head<'_>) -> Vec<Part<'_>> {
    match head {
        Head::Map(parts) => parts,
        Head::Scalar(Known::Null) => Vec::new(),
        Head::Scalar(_) | Head::List(_) | Head::Unknown => vec![Part::Open],
    }
}

/// One collection for every way to choose among the alternatives of its pieces.
pub(super) fn joined<'a, T: Clone>(
    run: &Run,
    bound: &Bound<'a>,
    pieces: Vec<Vec<Vec<T>>>,
    head: fn(Vec<T>) -> Head<'a>,
) -> Vec<Form<'a>> {
    let mut pieces = coalesced(pieces);
    let ways: usize = pieces
        .iter()
        .fold(1, |ways, piece| ways.saturating_mul(piece.len()));
    let longest = pieces
        .iter()
        .map(|piece| piece.iter().map(Vec::len).max().unwrap_or(0));
    if !run.charge(longest.sum::<usize>().saturating_mul(ways)) {
        return bound.unknown();
    }
    if let [piece] = pieces.as_mut_slice()
        && let [only] = piece.as_mut_slice()
    {
        return vec![bound.form(head(mem::take(only)))];
    }
    let Some(ways) = run.choices(&pieces) else {
        return bound.unknown();
    };
    ways.into_iter()
        .map(|way| bound.form(head(way.into_iter().flatten().collect())))
        .collect()
}

/// The same pieces, those in a row that leave no choice made one.
fn coalesced<T>(pieces: Vec<Vec<Vec<T>>>) -> Vec<Vec<Vec<T>>> {
    let mut all: Vec<Vec<Vec<T>>> = Vec::new();
    for mut piece in pieces {
        if let [only] = piece.as_mut_slice()
            && let Some([last]) = all.last_mut().map(Vec::as_mut_slice)
        {
            last.append(only);
        } else {
            all.push(piece);
        }
    }
    all
}

/// The outcome of laying objects over others; anything else replaces what is below.
fn lay_over<'a>(run: &Run, over: Vec<Form<'a>>, below: &Bound<'a>) -> Vec<Form<'a>> {
    let mut laid = Vec::new();
    for upper in over {
        match &upper.head {
            Head::Map(parts) => {
                let lowers = reduce(run, below).into_iter();
                laid.extend(lowers.map(|lower| {
                    let parts = laid_parts(run, lower.head, parts);
                    upper.with_head(Head::Map(parts))
                }));
            }
            Head::Unknown => {
                laid.extend(reduce(run, below));
                laid.push(upper);
            }
            Head::Scalar(_) | Head::List(_) => laid.push(upper),
        }
    }
    laid
}

/// The properties of `upper` over those of `lower`, if that is an object.
fn laid_parts<'a>(run: &Run, lower: Head<'a>, upper: &[Part<'a>]) -> Vec<Part<'a>> {
    if !run.charge(upper.len()) {
        return vec![Part::Open];
    }
    let mut all = match lower {
        Head::Map(parts) => parts,
        Head::Unknown => vec![Part::Open],
        Head::Scalar(_) | Head::List(_) => Vec::new(),
    };
    all.extend(upper.iter().cloned().map(deepened));
    all
}

/// A part that is laid over what is below it.
pub(super) fn deepened(part: Part<'_>) -> Part<'_> {
    match part {
        Part::Entry {
            key,
            key_place,
            value,
            ..
        } => Part::Entry {
            key,
            key_place,
            value,
            deep: true,
        },
        Part::Open => Part::Open,
    }
}
