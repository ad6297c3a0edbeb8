//! Addresses in the text are marked as links.

use std::collections::BTreeMap;

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::Lint;
use crate::support::markdown_addresses::bare_addresses;
use crate::support::markdown_inline::{HtmlTag, around};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD034") else {
        return;
    };
    let addresses = bare_addresses(&lint);
    if addresses.is_empty() {
        return;
    }
    let elements = elements(&lint);
    for address in addresses {
        let inside = |element: &Span| element.contains(address.start);
        let bracketed = around(&lint, address) == (Some('<'), Some('>'));
        if bracketed || elements.iter().any(inside) {
            continue;
        }
        let text = address.of(lint.text);
        let message = format!("the address `{text}` is not marked as a link");
        let Some(finding) = lint.report(out, address, message) else {
            continue;
        };
        finding
            .help("Put it into angle brackets, or give the link a text.")
            .fix(Fix {
                title: "Put it into angle brackets".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![file.edit(address, format!("<{text}>"))],
            });
    }
}

/// Where the elements of HTML that begin and end in one run of text stand.
fn elements(lint: &Lint<'_>) -> Vec<Span> {
    let mut elements = Vec::new();
    let mut open: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let tags = lint.tags();
    let mut tags = tags.iter().peekable();
    for inline in &lint.outline().inlines {
        open.clear();
        let here = |tag: &&HtmlTag<'_>| tag.span.start < inline.end;
        while let Some(tag) = tags.next_if(here) {
            if tag.span.start < inline.start {
                continue;
            }
            let same = open.entry(tag.name).or_default();
            if !tag.closes {
                same.push(tag.span);
            } else if let Some(start) = same.pop() {
                elements.push(start.to(tag.span));
            }
        }
    }
    elements
}
