//! A pin says which version of a tool is the oldest that will do.

use baton_repo::tool_pins::pins;

use crate::support::editor::kind;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for pin in file.node().into_iter().flat_map(pins) {
        let name = &pin.entry.key;
        if let Some(optional) = pin.entry.value.get("optional")
            && optional.as_bool().is_none()
        {
            let message = format!(
                "`optional` of `{name}` is {}, not a boolean",
                kind(optional)
            );
            out.report(file.at(optional), message)
                .help("Write `true` or `false`.");
        }
        if pin.version().is_some() {
            continue;
        }
        let (at, message) = match pin.least {
            None => (
                file.at(pin.entry),
                format!("the pin of `{name}` lacks `min`"),
            ),
            Some(least) => {
                let written = least.span.of(file.text()).trim_matches('"');
                let message = format!("`min` of `{name}` is no version: `{written}`");
                (file.at(least), message)
            }
        };
        out.report(at, message)
            .help("Write three numbers, as in `\"min\": \"1.6.0\"`.");
    }
}
