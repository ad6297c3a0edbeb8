//! Terms of the repository's block list are not used.

use baton_source::{Applicability, Edit, Fix, Span};

use crate::support::terminology::{BlockList, Hit, Term, is_markdown};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(list) = ctx.blocklist() else {
        return;
    };
    if !list.covers(file.path.as_str()) {
        return;
    }
    let hits = list.hits(file, ctx.settings.meta.terminology.code);
    for hit in hits.iter().filter(|hit| hit.aside.is_none()) {
        for term in &list.terms {
            let mut places = hit.places.iter();
            if let Some((_, span)) = places.find(|(found, _)| std::ptr::eq(*found, term)) {
                report(file, (list, hit), (term, *span), out);
            }
        }
    }
}

fn report(
    file: &File,
    (list, hit): (&BlockList, &Hit<'_>),
    (term, span): (&Term, Span),
    out: &mut Findings,
) {
    let mut message = format!("`{}` is not to be used", span.of(file.text()));
    if let Some(reason) = &term.reason {
        message.push_str(": ");
        message.push_str(reason.trim_end_matches('.'));
    }
    let found = out.report(file.at(&span), message).severity(term.severity);
    if let Some(replacement) = &term.replacement {
        found.help(match term.plain_replacement() {
            None if replacement.starts_with('(') => {
                format!("Write something else {replacement}.")
            }
            _ => format!("Write `{replacement}`."),
        });
    }
    if let Some(fix) = fix(file, (list, hit), term) {
        found.fix(fix);
    }
}

/// Writes the replacement wherever the term stands alone on the line.
fn fix(file: &File, (list, hit): (&BlockList, &Hit<'_>), term: &Term) -> Option<Fix> {
    let replacement = term.plain_replacement()?;
    if !list.allows(replacement) {
        return None;
    }
    let own = hit.places.iter();
    let own = own.filter(|(found, span)| std::ptr::eq(*found, term) && is_free(hit, *span));
    let spans: Vec<Span> = own.map(|(_, span)| *span).collect();
    if spans.is_empty() {
        return None;
    }
    let is_safe = spans.iter().all(|span| is_prose(file, *span));
    let edits: Vec<Edit> = spans
        .iter()
        .map(|span| file.edit(*span, replacement))
        .collect();
    Some(Fix {
        title: format!("Write `{replacement}`"),
        applicability: if is_safe {
            Applicability::Safe
        } else {
            Applicability::Unsafe
        },
        edits,
    })
}

/// Whether no other term overlaps a place; shorter terms within it go with it.
fn is_free(hit: &Hit<'_>, span: Span) -> bool {
    let overlaps = |other: Span| other.start < span.end && span.start < other.end;
    let is_within =
        |other: Span| other != span && span.start <= other.start && other.end <= span.end;
    let mut places = hit.places.iter().map(|(_, other)| *other);
    let others = places.by_ref().filter(|other| *other != span);
    others.filter(|other| overlaps(*other)).all(is_within)
}

/// Whether a place is words for people: nothing refers to it by its letters.
fn is_prose(file: &File, span: Span) -> bool {
    if !is_markdown(file) {
        return false;
    }
    let text = file.text();
    let glues = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '/' | '.');
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let mut after = after.chars();
    let is_glued_after = match after.next() {
        Some('.') => after.next().is_some_and(char::is_alphanumeric),
        next => next.is_some_and(glues),
    };
    if before.chars().next_back().is_some_and(glues) || is_glued_after {
        return false;
    }
    let markdown = file.markdown();
    let meets = |other: Span| other.start < span.end && span.start < other.end;
    let mut code = markdown.codes.iter().copied();
    let mut html = markdown.html.iter().map(|html| html.span);
    span.start >= markdown.body.start
        && !code.any(meets)
        && !html.any(meets)
        && !markdown.fences.iter().any(|fence| meets(fence.span))
        && !markdown
            .links
            .iter()
            .any(|link| meets(link.destination_span))
        && !markdown.definitions.iter().any(|it| meets(it.span))
}
