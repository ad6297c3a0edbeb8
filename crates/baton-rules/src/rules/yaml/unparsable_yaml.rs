//! Every YAML file can be read as YAML.

use crate::support::yaml::{Everywhere, Lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(everywhere) = Everywhere::of(ctx, file, None) else {
        return;
    };
    let anchors = Lint::of(ctx, file, "anchors").is_some();
    for error in file
        .documents()
        .iter()
        .flat_map(|document| &document.errors)
    {
        // The rule about anchors tells it where it is asked to.
        if anchors && error.message.starts_with("this alias names no anchor") {
            continue;
        }
        if let Some(finding) = everywhere.report(out, error.span, error.message.clone()) {
            finding.help("Mend the syntax; until then nothing can read the file.");
        }
    }
}
