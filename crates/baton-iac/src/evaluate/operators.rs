//! Operators and string interpolation over known scalars.

use super::Known;
use super::form::{Bound, Form, Head, Run};
use super::reduce::reduce;
use crate::model::{Expr, Language, Operator, TemplatePart};

/// The truth of a condition, if literals decide it.
pub(super) fn truth(forms: &[Form<'_>]) -> Option<bool> {
    match forms {
        [one] if one.trail.decides => match &one.head {
            Head::Scalar(known) => known.as_bool_like(),
            Head::List(_) | Head::Map(_) | Head::Unknown => None,
        },
        _ => None,
    }
}

/// Whether it is the number zero, decided by literals.
pub(super) fn is_zero(forms: &[Form<'_>]) -> bool {
    let [one] = forms else {
        return false;
    };
    let zero = |known: &Known| matches!(known, Known::Number(text) if text == "0");
    one.trail.decides && matches!(&one.head, Head::Scalar(known) if zero(known))
}

/// The alternatives of an operator over the alternatives of its operands.
pub(super) fn operation<'a>(
    run: &Run,
    bound: &Bound<'a>,
    operator: Operator,
    operands: &'a [Expr],
) -> Vec<Form<'a>> {
    if operator == Operator::Coalesce {
        let operands = operands.iter().map(|operand| bound.part(operand));
        return first_set(run, operands.collect(), |known| *known != Known::Null);
    }
    combined(run, bound, operands.iter(), |operands| {
        apply(operator, operands)
    })
}

/// A string with the texts of its values in it.
pub(super) fn template<'a>(
    run: &Run,
    bound: &Bound<'a>,
    parts: &'a [TemplatePart],
) -> Vec<Form<'a>> {
    let values = parts.iter().filter_map(|part| match part {
        TemplatePart::Value(value) => Some(value),
        TemplatePart::Literal(_) => None,
    });
    combined(run, bound, values, |values| {
        let mut values = values.iter();
        let texts = parts.iter().map(|part| match part {
            TemplatePart::Literal(literal) => Some(literal.as_str()),
            TemplatePart::Value(_) => inserted(run.language, *values.next()?),
        });
        in_a_row(run, texts)
    })
}

/// The texts of values one after another.
pub(super) fn concatenated<'a>(
    run: &Run,
    bound: &Bound<'a>,
    values: Vec<Vec<Form<'a>>>,
) -> Vec<Form<'a>> {
    computed(run, bound, values, |values| {
        let texts = values.iter().map(|value| inserted(run.language, *value));
        in_a_row(run, texts)
    })
}

/// All texts as one, if all are known and not too long.
fn in_a_row<'t>(run: &Run, texts: impl Iterator<Item = Option<&'t str>>) -> Option<Known> {
    let mut all = String::new();
    for text in texts {
        let text = text.filter(|text| run.charge_text(text))?;
        all.push_str(text);
    }
    Some(Known::String(all))
}

/// What `compute` makes of every choice of operands; an operand it does not know is `None`.
pub(super) fn combined<'a>(
    run: &Run,
    bound: &Bound<'a>,
    operands: impl Iterator<Item = &'a Expr>,
    compute: impl Fn(&[Option<&Known>]) -> Option<Known>,
) -> Vec<Form<'a>> {
    let operands = operands.map(|operand| reduce(run, &bound.part(operand)));
    computed(run, bound, operands.collect(), compute)
}

fn computed<'a>(
    run: &Run,
    bound: &Bound<'a>,
    operands: Vec<Vec<Form<'a>>>,
    compute: impl Fn(&[Option<&Known>]) -> Option<Known>,
) -> Vec<Form<'a>> {
    // Only scalars are computed with: what else there is need not be copied into every choice.
    let flat = |form: Form<'a>| match form.head {
        Head::Scalar(_) => form,
        Head::List(_) | Head::Map(_) | Head::Unknown => form.with_head(Head::Unknown),
    };
    let operands: Vec<Vec<Form<'a>>> = operands
        .into_iter()
        .map(|forms| forms.into_iter().map(flat).collect())
        .collect();
    let Some(ways) = run.choices(&operands) else {
        return bound.unknown();
    };
    // Each way remembers all names that led to it.
    if !run.charge(ways.len().saturating_mul(operands.len())) {
        return bound.unknown();
    }
    let computed = |way: Vec<Form<'a>>| {
        let known: Vec<Option<&Known>> = way.iter().map(scalar).collect();
        let head = compute(&known).map_or(Head::Unknown, Head::Scalar);
        bound.computed(head, &way)
    };
    ways.into_iter().map(computed).collect()
}

/// The first operand that `counts`, going on where one is unknown.
pub(super) fn first_set<'a>(
    run: &Run,
    operands: Vec<Bound<'a>>,
    counts: impl Fn(&Known) -> bool,
) -> Vec<Form<'a>> {
    let mut forms = Vec::new();
    for operand in operands {
        let mut goes_on = false;
        for form in reduce(run, &operand) {
            match &form.head {
                Head::Scalar(known) if !counts(known) => goes_on = true,
                Head::Unknown => {
                    goes_on = true;
                    forms.push(form);
                }
                Head::Scalar(_) | Head::List(_) | Head::Map(_) => forms.push(form),
            }
        }
        if !goes_on {
            break;
        }
    }
    forms
}

fn scalar<'f>(form: &'f Form<'_>) -> Option<&'f Known> {
    match &form.head {
        Head::Scalar(known) => Some(known),
        Head::List(_) | Head::Map(_) | Head::Unknown => None,
    }
}

/// The text a value has inside a string, where that is as it was written.
fn inserted(language: Language, value: Option<&Known>) -> Option<&str> {
    match value? {
        Known::String(text) => Some(text),
        Known::Number(lexeme) if lexeme.parse::<i64>().is_ok() => Some(lexeme),
        known @ Known::Bool(_) if language == Language::Terraform => known.as_text(),
        _ => None,
    }
}

fn apply(operator: Operator, operands: &[Option<&Known>]) -> Option<Known> {
    let value = match (operator, operands) {
        (Operator::Not, [one]) => !boolean(*one)?,
        (Operator::And, all) => !any(all, false)?,
        (Operator::Or, all) => any(all, true)?,
        (Operator::Equal, [Some(one), Some(two)]) => one.equals(two)?,
        (Operator::NotEqual, [Some(one), Some(two)]) => !one.equals(two)?,
        (Operator::EqualIgnoringCase, [Some(one), Some(two)]) => {
            one.as_str()?.eq_ignore_ascii_case(two.as_str()?)
        }
        (Operator::NotEqualIgnoringCase, [Some(one), Some(two)]) => {
            !one.as_str()?.eq_ignore_ascii_case(two.as_str()?)
        }
        (Operator::Negate, [Some(Known::Number(lexeme))]) => {
            let negated = match lexeme.strip_prefix('-') {
                Some(positive) => positive.to_owned(),
                None => format!("-{lexeme}"),
            };
            return Some(Known::Number(negated));
        }
        _ => return None,
    };
    Some(Known::Bool(value))
}

/// Whether one operand has a truth value; `None` if one that may have it is not known.
fn any(operands: &[Option<&Known>], wanted: bool) -> Option<bool> {
    let values: Vec<Option<bool>> = operands.iter().map(|known| boolean(*known)).collect();
    if values.contains(&Some(wanted)) {
        return Some(true);
    }
    (!values.contains(&None)).then_some(false)
}

fn boolean(known: Option<&Known>) -> Option<bool> {
    known.and_then(Known::as_bool_like)
}
