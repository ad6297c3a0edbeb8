//! Every definition of a label is used, and stands only once.

use std::collections::BTreeSet;

use baton_source::{Applicability, Fix, Span};
use baton_syntax::markdown::LinkKind;

use crate::support::markdown::Lint;
use crate::support::markdown_math::Math;
use crate::support::markdown_references::{label_of, normal, repeated};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD053") else {
        return;
    };
    let outline = lint.outline();
    if outline.definitions.is_empty() && outline.footnotes.is_empty() {
        return;
    }
    let ignored = if lint.option("ignored_definitions").is_some() {
        lint.words("ignored_definitions")
    } else {
        vec!["//"]
    };
    let mut used = used(&lint);
    used.extend(ignored.iter().map(|label| (*label).to_owned()));
    for definition in &outline.definitions {
        let label = normal(&definition.label);
        if !used.contains(&label) {
            let message = format!("nothing uses the label `{label}`");
            report(&lint, out, (definition.span, true), message);
        }
    }
    let mut seen = BTreeSet::new();
    for footnote in &outline.footnotes {
        let label = normal(&format!("^{}", footnote.label));
        if !seen.insert(label.clone()) {
            let message = format!("the footnote `{label}` is defined before");
            report(&lint, out, (footnote.span, false), message);
        } else if !used.contains(&label) {
            let message = format!("nothing uses the footnote `{label}`");
            report(&lint, out, (footnote.span, false), message);
        }
    }
    for (line, label) in repeated(&lint) {
        if !ignored.contains(&label.as_str()) {
            let message = format!("the label `{label}` is defined before");
            report(&lint, out, (line, true), message);
        }
    }
}

/// The labels that are used, in their normal form.
fn used(lint: &Lint<'_>) -> BTreeSet<String> {
    let outline = lint.outline();
    let links = outline.links.iter();
    let math = Math::new(lint);
    let links = links.filter(|link| link.kind == LinkKind::Reference);
    let links = links.filter(|link| !math.holds(link.span.start));
    let mut used: BTreeSet<String> = links.map(|link| normal(label_of(lint, link))).collect();
    let notes = outline.footnote_uses.iter();
    used.extend(notes.map(|note| normal(&format!("^{}", note.label))));
    let undefined = outline.undefined.iter();
    used.extend(undefined.map(|undefined| normal(&undefined.label)));
    used
}

/// Reports a definition; one that fills its line can be removed with it.
fn report(lint: &Lint<'_>, out: &mut Findings, (span, removable): (Span, bool), message: String) {
    let Some(line) = lint.all_lines().at(span.start) else {
        return;
    };
    let Some(finding) = lint.report(out, span, message) else {
        return;
    };
    finding.help("Remove it, or use it.");
    let alone = line.span.end >= span.end && lint.before(span.start).trim().is_empty();
    if removable && alone {
        let next = lint.all_lines().numbered(line.number + 1);
        let end = next.map_or(line.span.end, |next| next.span.start);
        let whole = Span {
            start: line.span.start,
            end,
        };
        finding.fix(Fix {
            title: "Remove the definition".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![lint.file.edit(whole, "")],
        });
    }
}
