//! Keys of front matter are spelt as their host spells them.

use baton_source::{Applicability, Fix};

use crate::support::hosts::{self, Page};
use crate::support::instructions;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    // Where the repository says which keys there are, that is a finding of its own rules.
    if instructions::has_own_keys(ctx, file) {
        return;
    }
    for entry in page.entries() {
        let Some(meant) = hosts::meant(page.document, &entry.key) else {
            continue;
        };
        if page.entries().iter().any(|other| other.key == meant) {
            continue;
        }
        let called = page.document.of_host();
        let message = format!("{called} have no key `{}`; `{meant}` is meant", entry.key);
        out.report(file.at(entry), message)
            .help(format!("Write `{meant}`."))
            .fix(Fix {
                title: format!("Write `{meant}`"),
                applicability: Applicability::Unsafe,
                edits: vec![file.edit(entry.key_span, meant)],
            });
    }
}
