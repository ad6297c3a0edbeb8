//! No two nodes or edges of the explorer's graph have the same identifier.

use std::collections::BTreeMap;

use crate::support::explorer::{list, text};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let mut first = BTreeMap::new();
    let elements = list(file, "nodes").iter().chain(list(file, "edges"));
    for (at, id) in elements.filter_map(|element| text(element, "id")) {
        let known = *first.entry(id).or_insert(at.span);
        if known != at.span {
            out.report(file.at(at), format!("the identifier `{id}` is taken"))
                .label(file.at(&known), "by this one")
                .help("Give it an identifier of its own.");
        }
    }
}
