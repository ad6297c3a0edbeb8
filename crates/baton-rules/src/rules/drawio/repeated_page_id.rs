//! No two pages of a drawing have the same identifier.

use std::collections::BTreeMap;

use crate::support::drawio::pages;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let mut first = BTreeMap::new();
    for id in pages(ctx, file).filter_map(|page| page.id.as_ref()) {
        if id.value.is_empty() {
            continue;
        }
        let known = *first.entry(id.value.as_str()).or_insert(id.span);
        if known != id.span {
            let message = format!("another page has the identifier `{}`", id.value);
            out.report(file.at(id), message)
                .label(file.at(&known), "this one")
                .help("Give the page an identifier of its own.");
        }
    }
}
