//! Every pinned tool can be asked for its version.

use baton_repo::tool_pins::{TOOLS, pins, tool_named};
use baton_source::nearest;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for pin in file.node().into_iter().flat_map(pins) {
        let name = &pin.entry.key;
        if tool_named(name).is_some() {
            continue;
        }
        let message = format!("nobody knows how to ask `{name}` for its version");
        let finding = out.report(file.at(pin.entry), message);
        match nearest(name, TOOLS.iter().map(|tool| tool.name)) {
            Some(meant) => finding.help(format!("Did you mean `{meant}`?")),
            None => finding.help("Check it elsewhere: commands of the repository are not run."),
        };
    }
}
