//! A node of the explorer's graph says what it is.

use crate::support::explorer::{list, text};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for node in list(file, "nodes") {
        let keys = ["id", "category", "label"].into_iter();
        let missing: Vec<String> = keys
            .filter(|key| text(node, key).is_none())
            .map(|key| format!("`{key}`"))
            .collect();
        if !missing.is_empty() {
            let name = text(node, "id").map_or("the node".to_owned(), |(_, id)| format!("`{id}`"));
            out.report(
                file.at(node),
                format!("{name} has no {}", missing.join(", ")),
            )
            .help("Generate the graph again.");
        }
    }
}
