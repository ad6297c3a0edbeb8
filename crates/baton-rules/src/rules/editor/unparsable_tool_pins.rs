//! The pins of tools are a table of objects.

use crate::support::editor::kind;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for error in &file.document().errors {
        let message = format!("the pins cannot be read: {}", error.message);
        out.report(file.at(error), message)
            .help("Write the pins as JSON, without comments or trailing commas.");
    }
    let Some(root) = file.node() else {
        return;
    };
    match root.get("pins") {
        Some(pins) if pins.is_mapping() => {}
        Some(pins) => {
            let message = format!("`pins` is {}, not an object", kind(pins));
            out.report(file.at(pins), message)
                .help("Write an object with one key for each tool.");
        }
        None => {
            out.report(file.whole(), "there are no `pins`")
                .help("Add `pins`, an object with one key for each tool.");
        }
    }
}
