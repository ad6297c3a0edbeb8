//! A handoff names the artifacts the next step needs.

use baton_syntax::markdown::within;

use crate::support::artifacts::of_artifact;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let contract = of_artifact(ctx, file);
    if contract.is_none_or(|contract| contract.kind.name != "00-handoff.md") {
        return;
    }
    let outline = file.markdown();
    let Some(heading) = outline.h2().find(|heading| heading.text == "Artifacts") else {
        return;
    };
    let items = within(&outline.items, outline.section(heading));
    let is_bullet = |text: &str| !text.is_empty();
    if !items
        .iter()
        .any(|item| item.number.is_none() && is_bullet(&item.text))
    {
        out.report(file.at(heading), "the handoff names no artifact")
            .help("List the path of each artifact the next step needs.");
    }
}
