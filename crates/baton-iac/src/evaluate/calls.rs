//! The functions that pass values on. All others are unknown.

use super::form::{Bound, Form, Head, Item, Part, Run};
use super::reduce::{decided, decides, deepened, items, joined, parts, reduce};
use super::{Known, follow, operators};
use crate::model::{Expr, ExprKind, Language};

/// The alternatives of a call.
pub(super) fn call<'a>(
    run: &Run,
    bound: &Bound<'a>,
    name: &str,
    arguments: &'a [Expr],
) -> Vec<Form<'a>> {
    match (run.language, name) {
        (Language::Bicep | Language::Arm, "union") => union(run, bound, arguments),
        (Language::Terraform, "merge") => merge(run, bound, arguments),
        (_, "concat") => concat(run, bound, arguments),
        (Language::Bicep | Language::Arm, "coalesce") => {
            let set = |known: &Known| *known != Known::Null;
            operators::first_set(run, each(run, bound, arguments).0, set)
        }
        (Language::Terraform, "coalesce") => coalesce(run, bound, arguments),
        (Language::Terraform, "try") => {
            operators::first_set(run, each(run, bound, arguments).0, |_| true)
        }
        (Language::Terraform, "lookup") => lookup(run, bound, arguments),
        (Language::Bicep | Language::Arm, "createArray") => {
            vec![bound.form(list_of(run, bound, arguments))]
        }
        (
            Language::Terraform,
            "toset" | "tolist" | "tomap" | "sensitive" | "nonsensitive" | "distinct",
        )
        | (Language::Bicep | Language::Arm, "any") => match arguments {
            [only] => reduce(run, &bound.part(only)),
            _ => bound.unknown(),
        },
        (Language::Terraform, "jsonencode" | "jsondecode") => match arguments {
            [only] => collections(reduce(run, &bound.part(only))),
            _ => bound.unknown(),
        },
        _ => match scalar_function(run.language, name) {
            Some(compute) => {
                operators::combined(run, bound, arguments.iter(), |values| match values {
                    [Some(only)] => compute(only),
                    _ => None,
                })
            }
            None => bound.unknown(),
        },
    }
}

/// Lists and objects as they are: to who reads the JSON of one it is that one again.
fn collections(forms: Vec<Form<'_>>) -> Vec<Form<'_>> {
    let forms = forms.into_iter().map(|form| match form.head {
        Head::Scalar(_) => form.with_head(Head::Unknown),
        Head::List(_) | Head::Map(_) | Head::Unknown => form,
    });
    forms.collect()
}

/// A function from one known scalar to another.
fn scalar_function(language: Language, name: &str) -> Option<fn(&Known) -> Option<Known>> {
    match (language, name) {
        (Language::Terraform, "tobool") | (Language::Bicep | Language::Arm, "bool") => {
            Some(|known| known.as_bool_like().map(Known::Bool))
        }
        (Language::Terraform, "tostring") => Some(|known| {
            let text = known.as_text()?;
            Some(Known::String(text.to_owned()))
        }),
        (Language::Bicep | Language::Arm, "string") => Some(|known| {
            let text = known.as_str()?;
            Some(Known::String(text.to_owned()))
        }),
        (Language::Terraform, "tonumber") | (Language::Bicep | Language::Arm, "int") => {
            Some(|known| {
                let text = known.as_text().filter(|text| text.parse::<i64>().is_ok())?;
                Some(Known::Number(text.to_owned()))
            })
        }
        (Language::Terraform, "lower") | (Language::Bicep | Language::Arm, "toLower") => {
            Some(|known| Some(Known::String(known.as_str()?.to_lowercase())))
        }
        (Language::Terraform, "upper") | (Language::Bicep | Language::Arm, "toUpper") => {
            Some(|known| Some(Known::String(known.as_str()?.to_uppercase())))
        }
        _ => None,
    }
}

/// The arguments with a last `list...` put in place, and whether that list is not known.
fn each<'a>(run: &Run, bound: &Bound<'a>, arguments: &'a [Expr]) -> (Vec<Bound<'a>>, bool) {
    let mut all = Vec::with_capacity(arguments.len());
    let mut open = false;
    for argument in arguments {
        let ExprKind::Spread(inner) = &argument.kind else {
            all.push(bound.part(argument));
            continue;
        };
        let forms = reduce(run, &bound.part(inner));
        let [
            Form {
                head: Head::List(items),
                ..
            },
        ] = forms.as_slice()
        else {
            open = true;
            continue;
        };
        for item in items {
            match item {
                Item::Value(value) => all.push(value.clone()),
                Item::Open => open = true,
            }
        }
    }
    (all, open)
}

/// Terraform `merge`: a later property replaces an earlier one.
fn merge<'a>(run: &Run, bound: &Bound<'a>, arguments: &'a [Expr]) -> Vec<Form<'a>> {
    let (arguments, open) = each(run, bound, arguments);
    let forms: Vec<Vec<Form<'a>>> = arguments
        .iter()
        .map(|argument| reduce(run, argument))
        .collect();
    let decides = decides(forms.iter().flatten());
    let mut pieces: Vec<Vec<Vec<Part<'a>>>> = forms
        .into_iter()
        .map(|forms| forms.into_iter().map(|form| parts(form.head)).collect())
        .collect();
    if open {
        pieces.push(vec![vec![Part::Open]]);
    }
    decided(joined(run, bound, pieces, Head::Map), decides)
}

/// ARM's `union`: objects are laid over each other at every depth, lists are joined.
fn union<'a>(run: &Run, bound: &Bound<'a>, arguments: &'a [Expr]) -> Vec<Form<'a>> {
    let forms: Vec<Vec<Form<'a>>> = arguments
        .iter()
        .map(|argument| reduce(run, &bound.part(argument)))
        .collect();
    let is_list = |form: &Form<'a>| matches!(form.head, Head::List(_));
    let decides = decides(forms.iter().flatten());
    if forms.iter().flatten().any(is_list) {
        return decided(joined(run, bound, lists(forms), Head::List), decides);
    }
    let pieces: Vec<Vec<Vec<Part<'a>>>> = forms
        .into_iter()
        .map(|alternatives| {
            let deep = |form: Form<'a>| parts(form.head).into_iter().map(deepened).collect();
            alternatives.into_iter().map(deep).collect()
        })
        .collect();
    decided(joined(run, bound, pieces, Head::Map), decides)
}

fn lists(forms: Vec<Vec<Form<'_>>>) -> Vec<Vec<Vec<Item<'_>>>> {
    forms
        .into_iter()
        .map(|alternatives| {
            let heads = alternatives.into_iter().map(|form| items(form.head));
            heads.collect()
        })
        .collect()
}

/// `concat` joins lists and, in Bicep and ARM, strings.
fn concat<'a>(run: &Run, bound: &Bound<'a>, arguments: &'a [Expr]) -> Vec<Form<'a>> {
    let (arguments, open) = each(run, bound, arguments);
    let forms: Vec<Vec<Form<'a>>> = arguments
        .iter()
        .map(|argument| reduce(run, argument))
        .collect();
    if forms.is_empty() {
        return bound.unknown();
    }
    if run.language.speaks_arm() {
        let is_list = |form: &Form<'a>| matches!(form.head, Head::List(_));
        if !forms.iter().flatten().any(is_list) {
            return operators::concatenated(run, bound, forms);
        }
    }
    let is_scalar = |form: &Form<'a>| matches!(form.head, Head::Scalar(_));
    if forms.iter().flatten().any(is_scalar) {
        return bound.unknown();
    }
    let decides = decides(forms.iter().flatten());
    let mut pieces = lists(forms);
    if open {
        pieces.push(vec![vec![Item::Open]]);
    }
    decided(joined(run, bound, pieces, Head::List), decides)
}

/// Terraform `coalesce`: the first that is neither null nor an empty string.
fn coalesce<'a>(run: &Run, bound: &Bound<'a>, arguments: &'a [Expr]) -> Vec<Form<'a>> {
    let (arguments, open) = each(run, bound, arguments);
    let set = |known: &Known| *known != Known::Null && known.as_str() != Some("");
    let mut forms = operators::first_set(run, arguments, set);
    if open {
        forms.extend(bound.unknown());
    }
    forms
}

/// Terraform `lookup(map, key, default)`.
fn lookup<'a>(run: &Run, bound: &Bound<'a>, arguments: &'a [Expr]) -> Vec<Form<'a>> {
    let [map, key, rest @ ..] = arguments else {
        return bound.unknown();
    };
    let maps = reduce(run, &bound.part(map));
    let key = follow::decided_key(run, bound, key);
    let mut forms = Vec::new();
    let mut falls_back = key.is_none();
    for map in &maps {
        let found = match &key {
            Some(key) => follow::optional(run, map, key),
            None => follow::any_value(run, map),
        };
        for form in found {
            falls_back |= matches!(form.head, Head::Scalar(Known::Null) | Head::Unknown);
            forms.push(form);
        }
    }
    let [default] = rest else {
        return forms;
    };
    if falls_back {
        forms.retain(|form| !matches!(form.head, Head::Scalar(Known::Null)));
        forms.extend(reduce(run, &bound.part(default)));
    }
    forms
}

fn list_of<'a>(run: &Run, bound: &Bound<'a>, arguments: &'a [Expr]) -> Head<'a> {
    let (arguments, _) = each(run, bound, arguments);
    Head::List(arguments.into_iter().map(Item::Value).collect())
}
