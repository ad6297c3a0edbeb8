//! A list of extensions is a list of ids.

use crate::support::editor::kind;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Where lists of extensions stand.
const LISTS: [&str; 3] = [
    "/customizations/vscode/extensions",
    "/recommendations",
    "/unwantedRecommendations",
];

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else {
        return;
    };
    for pointer in LISTS {
        let Some(list) = root.pointer(pointer) else {
            continue;
        };
        let name = pointer.rsplit('/').next().unwrap_or(pointer);
        if !list.is_sequence() {
            let message = format!("`{name}` is {}, not a list", kind(list));
            out.report(file.at(list), message)
                .help("Write a list of extension ids.");
        }
        for item in list.items() {
            if item.as_str().is_none() {
                let message = format!("an extension in `{name}` is {}, not text", kind(item));
                out.report(file.at(item), message)
                    .help("Write the extension's id, as in `\"publisher.name\"`.");
            }
        }
    }
}
