//! Brace expansions, found among the parts of a word.

use super::{MAX_DEPTH, Part, PartKind};

/// A brace that may be closed.
struct Open {
    brace: Part,
    /// Each alternative with the comma that ended it.
    done: Vec<(Vec<Part>, Part)>,
    current: Vec<Part>,
}

/// Makes brace expansions of the signs at these places; other signs become text again.
pub(super) fn fold(parts: Vec<Part>, signs: &[usize]) -> Vec<Part> {
    let mut signs = signs.iter().copied().peekable();
    let mut whole = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        let sign = if signs.next_if_eq(&index).is_some() {
            sign_of(&part)
        } else {
            ""
        };
        let shallow = open.len() < MAX_DEPTH;
        match (sign, open.last_mut()) {
            ("{", _) if shallow => open.push(Open {
                brace: part,
                done: Vec::new(),
                current: Vec::new(),
            }),
            (",", Some(last)) => {
                let alternative = std::mem::take(&mut last.current);
                last.done.push((alternative, part));
            }
            ("}", Some(_)) => {
                let closed = open.pop().map(|last| close(last, part));
                for part in closed.unwrap_or_default() {
                    push(target(&mut whole, &mut open), part);
                }
            }
            _ => push(target(&mut whole, &mut open), part),
        }
    }
    for last in open {
        for part in unfold(last) {
            push(&mut whole, part);
        }
    }
    whole
}

fn sign_of(part: &Part) -> &str {
    match &part.kind {
        PartKind::Literal(text) => text,
        _ => "",
    }
}

fn target<'a>(whole: &'a mut Vec<Part>, open: &'a mut [Open]) -> &'a mut Vec<Part> {
    match open.last_mut() {
        Some(last) => &mut last.current,
        None => whole,
    }
}

/// What a closed pair of braces stands for.
fn close(last: Open, brace: Part) -> Vec<Part> {
    let range = match last.current.as_slice() {
        [part] => sign_of(part).contains(".."),
        _ => false,
    };
    if last.done.is_empty() && !range {
        let mut parts = unfold(last);
        parts.push(brace);
        return parts;
    }
    let span = last.brace.span.to(brace.span);
    let mut alternatives: Vec<Vec<Part>> = last.done.into_iter().map(|(parts, _)| parts).collect();
    alternatives.push(last.current);
    let kind = PartKind::Braces(alternatives);
    vec![Part { span, kind }]
}

/// An open brace and what follows it, as text.
fn unfold(last: Open) -> Vec<Part> {
    let mut parts = vec![last.brace];
    for (alternative, comma) in last.done {
        parts.extend(alternative);
        parts.push(comma);
    }
    parts.extend(last.current);
    parts
}

/// Adds a part; text that continues text becomes one with it.
fn push(parts: &mut Vec<Part>, part: Part) {
    if let (
        Some(Part {
            span,
            kind: PartKind::Literal(before),
        }),
        PartKind::Literal(text),
    ) = (parts.last_mut(), &part.kind)
        && span.end == part.span.start
    {
        before.push_str(text);
        span.end = part.span.end;
        return;
    }
    parts.push(part);
}
