//! Terms of the repository's block list are not used.

use baton_source::{Applicability, Edit, Fix, Span};

use crate::support::terminology::{BlockList, Hit, Regions, Term, is_markdown};
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
    if hits.is_empty() {
        return;
    }
    let place = Place {
        file,
        list,
        referring: is_markdown(file).then(|| referring(file)),
    };
    for hit in hits.iter().filter(|hit| hit.aside.is_none()) {
        for term in &list.terms {
            let mut places = hit.places.iter();
            if let Some((_, span)) = places.find(|(found, _)| std::ptr::eq(*found, term)) {
                report(&place, hit, (term, *span), out);
            }
        }
    }
}

/// Where terms are looked for.
struct Place<'a> {
    file: &'a File,
    list: &'a BlockList,
    /// The parts of a document that are no words for people.
    referring: Option<Regions>,
}

fn report(place: &Place<'_>, hit: &Hit<'_>, (term, span): (&Term, Span), out: &mut Findings) {
    let file = place.file;
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
    if let Some(fix) = fix(place, hit, term) {
        found.fix(fix);
    }
}

/// Writes the replacement wherever the term stands alone on the line.
fn fix(place: &Place<'_>, hit: &Hit<'_>, term: &Term) -> Option<Fix> {
    let replacement = term.plain_replacement()?;
    if !place.list.allows(replacement) {
        return None;
    }
    let mut spans = Vec::new();
    for group in groups(hit) {
        let own = group.iter().filter(|(found, _)| std::ptr::eq(*found, term));
        let free = own.filter(|(_, span)| is_free(group, *span));
        spans.extend(free.map(|(_, span)| *span));
    }
    if spans.is_empty() {
        return None;
    }
    let is_safe = spans.iter().all(|span| is_prose(place, *span));
    let edits: Vec<Edit> = spans
        .iter()
        .map(|span| place.file.edit(*span, replacement))
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

/// The places of a line in groups, of which no two overlap.
fn groups<'h, 'a>(hit: &'h Hit<'a>) -> Vec<&'h [(&'a Term, Span)]> {
    let mut groups = Vec::new();
    let mut rest = hit.places.as_slice();
    while let Some((_, first)) = rest.first() {
        let mut end = first.end;
        let length = rest.iter().take_while(|(_, span)| {
            let meets = *span == *first || span.start < end;
            end = end.max(span.end);
            meets
        });
        let (group, others) = rest.split_at(length.count());
        groups.push(group);
        rest = others;
    }
    groups
}

/// Whether no other term overlaps a place; shorter terms within it go with it.
fn is_free(group: &[(&Term, Span)], span: Span) -> bool {
    let overlaps = |other: Span| other.start < span.end && span.start < other.end;
    let is_within =
        |other: Span| other != span && span.start <= other.start && other.end <= span.end;
    let mut others = group.iter().map(|(_, other)| *other);
    others.all(|other| other == span || !overlaps(other) || is_within(other))
}

/// Whether a place is words for people: nothing refers to it by its letters.
fn is_prose(place: &Place<'_>, span: Span) -> bool {
    let Some(referring) = &place.referring else {
        return false;
    };
    let text = place.file.text();
    let glues = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '/' | '.');
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let mut after = after.chars();
    let is_glued_after = match after.next() {
        Some('.') => after.next().is_some_and(char::is_alphanumeric),
        next => next.is_some_and(glues),
    };
    !before.ends_with(glues) && !is_glued_after && !referring.meets(span)
}

/// The parts of a document that are no words for people: front matter, code, markup, addresses.
fn referring(file: &File) -> Regions {
    let markdown = file.markdown();
    let front = std::iter::once(Span::new(0, markdown.body.start as usize));
    let html = markdown.html.iter().map(|html| html.span);
    let fences = markdown.fences.iter().map(|fence| fence.span);
    let links = markdown.links.iter().map(|link| link.destination_span);
    let definitions = markdown.definitions.iter().map(|it| it.span);
    let code = markdown.codes.iter().copied().chain(fences);
    Regions::new(
        front
            .chain(html)
            .chain(links)
            .chain(definitions)
            .chain(code),
    )
}
