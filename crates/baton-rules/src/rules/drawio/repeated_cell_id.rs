//! No two cells of a page have the same identifier.

use std::collections::BTreeMap;

use crate::support::drawio::pages;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for page in pages(ctx, file) {
        let mut first = BTreeMap::new();
        for id in page.cells.iter().filter_map(|cell| cell.id.as_ref()) {
            let known = *first.entry(id.value.as_str()).or_insert(id.span);
            if known != id.span {
                let message = format!("another cell of the page has the identifier `{}`", id.value);
                out.report(file.at(id), message)
                    .label(file.at(&known), "this one")
                    .help("Give the cell an identifier of its own.");
            }
        }
    }
}
