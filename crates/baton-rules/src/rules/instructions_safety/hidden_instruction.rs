//! What no reader sees gives agents no orders.

use baton_source::Severity;

use crate::support::agent_text::{hidden_parts, tells_of_attacks};
use crate::support::injections::{Wish, wish};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !file.text().contains("<!--") && !file.text().contains(['<', '[']) {
        return;
    }
    for part in hidden_parts(file) {
        let Some((wish, at)) = wish(part.of(file.text()), true) else {
            continue;
        };
        let at = at.shifted(part.start as usize);
        if tells_of_attacks(file, at) && wish != Wish::Send {
            continue;
        }
        let what = match wish {
            Wish::Disobey => "tells agents to leave their instructions",
            Wish::Send => "tells agents to send secrets away",
            Wish::Conceal => "tells agents to keep something from people",
        };
        let message = format!("a part of the text that readers do not see {what}");
        let finding = out.report(file.at(&at), message);
        finding.help("Remove it, and find out who wrote it.");
        if wish == Wish::Conceal {
            finding.severity(Severity::Warning);
        }
    }
}
