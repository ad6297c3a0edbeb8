//! Front matter has no keys that their host has replaced.

use baton_source::{Applicability, Fix};

use crate::support::hosts::Page;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    for entry in page.entries() {
        let Some(key) = page.document.key(&entry.key) else {
            continue;
        };
        let Some(instead) = &key.deprecated else {
            continue;
        };
        let called = page.document.of_host();
        let message = format!("{called} have {instead} in place of `{}`", key.name);
        let found = out.report(file.at(entry), message);
        found.help(format!("Write {instead}."));
        let Some(name) = &key.renamed else { continue };
        if page.entries().iter().all(|other| other.key != *name) {
            found.fix(Fix {
                title: format!("Write `{name}`"),
                applicability: Applicability::Unsafe,
                edits: vec![file.edit(entry.key_span, name.as_str())],
            });
        }
    }
}
