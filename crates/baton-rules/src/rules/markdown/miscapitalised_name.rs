//! Names are written as their owners write them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::Lint;
use crate::support::markdown_headings::is_content;
use crate::support::markdown_html::Inner;
use crate::support::markdown_names::{Piece, Scan, Wanted, is_word};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// A name in place of what is written.
struct Miswritten<'a> {
    name: &'a str,
    code: bool,
}

/// Places by their start, with their end and what is wrong with them, if anything is.
type Places<'a> = BTreeMap<u32, (u32, Option<Miswritten<'a>>)>;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD044") else {
        return;
    };
    let mut names = lint.words("names");
    names.retain(|name| !name.is_empty());
    if names.is_empty() {
        return;
    }
    names.sort_by_key(|name| (Reverse(name.chars().count()), *name));
    let wanted = Wanted {
        code: lint.flag("code_blocks", true),
        tags: lint.flag("html_elements", true),
    };
    let outline = lint.outline();
    let scan = Scan::new(lint.text, outline);
    let found = places(lint.text, lint.body(), &names, |name| {
        scan.piece(name, &wanted)
    });
    for (start, (end, miswritten)) in found {
        report(&lint, out, Span { start, end }, miswritten.as_ref());
    }
    for html in outline.html.iter().filter(|html| is_content(&lint, html)) {
        let source = html.span.of(lint.text).to_ascii_lowercase();
        let holds = |name: &&str| source.contains(&name.to_ascii_lowercase());
        if !names.iter().any(holds) {
            continue;
        }
        let inner = Inner::of(&lint, html);
        let scan = Scan::new(&inner.text, &inner.outline);
        let whole = Span::new(0, inner.text.len());
        let found = places(&inner.text, whole, &names, |name| scan.piece(name, &wanted));
        for (start, (end, miswritten)) in found {
            report(
                &lint,
                out,
                inner.place(Span { start, end }),
                miswritten.as_ref(),
            );
        }
    }
}

/// The places of names; where one is part of another, the longer one counts.
fn places<'a>(
    text: &str,
    body: Span,
    names: &[&'a str],
    piece: impl Fn(Span) -> Option<Piece>,
) -> Places<'a> {
    let exact: BTreeSet<&str> = names.iter().copied().collect();
    let small = body.of(text).to_ascii_lowercase();
    let mut places = Places::new();
    for name in names {
        for (at, _) in small.match_indices(&name.to_ascii_lowercase()) {
            let span = Span::new(at, at + name.len()).shifted(body.start as usize);
            let Some(piece) = piece(span) else {
                continue;
            };
            if !is_word(text, &piece, span) || is_taken(&places, span) {
                continue;
            }
            let right = exact.contains(span.of(text));
            let wrong = (!right).then_some(Miswritten {
                name,
                code: piece.code,
            });
            places.insert(span.start, (span.end, wrong));
        }
    }
    places
}

fn is_taken(places: &Places<'_>, span: Span) -> bool {
    let before = places.range(..span.end).next_back();
    before.is_some_and(|(_, (end, _))| *end > span.start)
}

fn report(lint: &Lint<'_>, out: &mut Findings, place: Span, wrong: Option<&Miswritten<'_>>) {
    let Some(Miswritten { name, code }) = wrong else {
        return;
    };
    let message = format!("`{}` is written `{name}`", place.of(lint.text));
    let Some(finding) = lint.report(out, place, message) else {
        return;
    };
    finding.help(format!("Write `{name}`.")).fix(Fix {
        title: format!("Write `{name}`"),
        // In code the name may be that of a file or a program.
        applicability: if *code {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        },
        edits: vec![lint.file.edit(place, *name)],
    });
}
