//! From a value to what is inside it.

use super::form::{Bound, Form, Head, Item, MAX_ALTERNATIVES, Part, Run};
use super::{Known, reduce::reduce};
use crate::model::{Expr, Step};

/// What an object has under a key.
struct Found<'a> {
    /// The value, with the objects it is laid over.
    value: Option<Bound<'a>>,
    /// Whether something unknown may set it, or set it again.
    open: bool,
}

/// The forms at `path`, and whether one of them is or may be missing.
pub(super) fn select<'a>(run: &Run, root: &Bound<'a>, path: &[&str]) -> (Vec<Form<'a>>, bool) {
    let mut forms = reduce(run, root);
    let mut absent = false;
    for name in path {
        let mut next = Vec::new();
        for form in flattened(run, forms, &mut absent) {
            let found = match &form.head {
                Head::Map(parts) => find(run, parts, name),
                Head::Scalar(Known::Null) => {
                    absent = true;
                    continue;
                }
                Head::Scalar(_) | Head::List(_) | Head::Unknown => Found {
                    value: None,
                    open: true,
                },
            };
            absent |= found.value.is_none() && !found.open;
            next.extend(taken(run, &form, found));
        }
        forms = next;
    }
    (forms, absent)
}

/// The forms with every list replaced by what its elements are; an empty list leaves nothing.
pub(super) fn flattened<'a>(run: &Run, forms: Vec<Form<'a>>, absent: &mut bool) -> Vec<Form<'a>> {
    let mut flat = Vec::new();
    let mut rest: Vec<Form<'a>> = forms.into_iter().rev().collect();
    while let Some(form) = rest.pop() {
        let Head::List(items) = &form.head else {
            flat.push(form);
            continue;
        };
        *absent |= items.is_empty();
        for item in items.iter().rev() {
            match item {
                Item::Value(bound) => rest.extend(reduce(run, bound).into_iter().rev()),
                Item::Open => flat.push(form.with_head(Head::Unknown)),
            }
        }
    }
    flat
}

/// The forms after the steps of a reference.
pub(super) fn steps<'a>(
    run: &Run,
    bound: &Bound<'a>,
    forms: Vec<Form<'a>>,
    path: &'a [Step],
) -> Vec<Form<'a>> {
    let mut forms = forms;
    for step in path {
        let taken = |form: &Form<'a>| match step {
            Step::Name(name) => named(run, form, name, false),
            Step::Optional(name) => named(run, form, name, true),
            Step::Index(index) => indexed(run, form, bound, index),
            Step::Other => vec![unknown(form)],
        };
        forms = run.capped(forms.iter().flat_map(taken).collect());
    }
    forms
}

fn named<'a>(run: &Run, form: &Form<'a>, name: &str, missing_is_null: bool) -> Vec<Form<'a>> {
    let found = match &form.head {
        Head::Map(parts) => find(run, parts, name),
        Head::Scalar(Known::Null) => Found {
            value: None,
            open: !missing_is_null,
        },
        Head::Scalar(_) | Head::List(_) | Head::Unknown => Found {
            value: None,
            open: true,
        },
    };
    let missing = found.value.is_none() && !found.open;
    match (missing, missing_is_null) {
        (true, true) => vec![form.with_head(Head::Scalar(Known::Null))],
        (true, false) => vec![unknown(form)],
        (false, _) => taken(run, form, found),
    }
}

/// What an index may pick: one element if it is decided, otherwise any of them.
pub(super) fn indexed<'a>(
    run: &Run,
    form: &Form<'a>,
    bound: &Bound<'a>,
    index: &'a Expr,
) -> Vec<Form<'a>> {
    let key = decided_key(run, bound, index);
    match (&form.head, key.as_deref()) {
        (Head::Map(parts), Some(key)) => {
            let found = find(run, parts, key);
            if found.value.is_none() {
                return vec![unknown(form)];
            }
            taken(run, form, found)
        }
        (Head::List(items), Some(key)) => element(run, form, items, key),
        (Head::Scalar(_) | Head::Unknown, Some(_)) => vec![unknown(form)],
        (_, None) => any_value(run, form),
    }
}

/// The value under a name; null where there is none.
pub(super) fn optional<'a>(run: &Run, form: &Form<'a>, name: &str) -> Vec<Form<'a>> {
    named(run, form, name, true)
}

/// Every value that an index nobody knows may pick.
pub(super) fn any_value<'a>(run: &Run, form: &Form<'a>) -> Vec<Form<'a>> {
    match &form.head {
        Head::Map(parts) => any_of(run, form, parts.iter().map(part_value)),
        Head::List(items) => any_of(run, form, items.iter().map(item_value)),
        Head::Scalar(_) | Head::Unknown => vec![unknown(form)],
    }
}

/// The text of an index that literals decide.
pub(super) fn decided_key<'a>(run: &Run, bound: &Bound<'a>, index: &'a Expr) -> Option<String> {
    match reduce(run, &bound.part(index)).as_slice() {
        [one] if one.trail.decides => match &one.head {
            Head::Scalar(known) => known.as_text().map(str::to_owned),
            Head::List(_) | Head::Map(_) | Head::Unknown => None,
        },
        _ => None,
    }
}

fn element<'a>(run: &Run, form: &Form<'a>, items: &[Item<'a>], key: &str) -> Vec<Form<'a>> {
    let Ok(at) = key.parse::<usize>() else {
        return vec![unknown(form)];
    };
    let before = items.get(..=at).unwrap_or(&[]);
    if before.iter().any(|item| matches!(item, Item::Open)) {
        return vec![unknown(form)];
    }
    match before.last() {
        Some(Item::Value(value)) => reduce(run, value),
        Some(Item::Open) | None => vec![unknown(form)],
    }
}

fn any_of<'i, 'a: 'i>(
    run: &Run,
    form: &Form<'a>,
    values: impl Iterator<Item = Option<&'i Bound<'a>>>,
) -> Vec<Form<'a>> {
    // Of so many alternatives, those that come later would not be kept.
    let mut forms: Vec<Form<'a>> = values
        .take(MAX_ALTERNATIVES + 1)
        .flat_map(|value| value.map_or_else(|| vec![unknown(form)], |value| reduce(run, value)))
        .collect();
    if forms.is_empty() {
        forms.push(unknown(form));
    }
    for form in &mut forms {
        form.trail.decides = false;
    }
    forms
}

fn part_value<'p, 'a>(part: &'p Part<'a>) -> Option<&'p Bound<'a>> {
    match part {
        Part::Entry { value, .. } => Some(value),
        Part::Open => None,
    }
}

fn item_value<'p, 'a>(item: &'p Item<'a>) -> Option<&'p Bound<'a>> {
    match item {
        Item::Value(value) => Some(value),
        Item::Open => None,
    }
}

fn find<'a>(run: &Run, parts: &[Part<'a>], name: &str) -> Found<'a> {
    let mut found: Option<Bound<'a>> = None;
    let mut open = false;
    for part in parts.iter().rev() {
        let Part::Entry {
            key,
            key_place,
            value,
            deep,
        } = part
        else {
            open = true;
            continue;
        };
        if !run.same_key(key, name) {
            continue;
        }
        let mut value = value.clone();
        if value.trail.at.is_none() {
            value.trail.key = Some(*key_place);
        }
        match &mut found {
            Some(upper) => upper.below.insert(0, value),
            None => found = Some(value),
        }
        if !deep {
            break;
        }
    }
    Found { value: found, open }
}

/// The forms of what was found; something unknown beside it if it may be set again.
fn taken<'a>(run: &Run, form: &Form<'a>, found: Found<'a>) -> Vec<Form<'a>> {
    let mut forms = found
        .value
        .map_or_else(Vec::new, |value| reduce(run, &value));
    if found.open {
        forms.push(unknown(form));
    }
    forms
}

fn unknown<'a>(form: &Form<'a>) -> Form<'a> {
    form.with_head(Head::Unknown)
}
