//! Artifacts that explain a structure show it as a diagram.

use baton_repo::artifact::Feature;

use crate::support::artifacts::{of_either, title};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((contract, severity)) = of_either(ctx, file) else {
        return;
    };
    if !contract.holds(Feature::Mermaid) || has_diagram(ctx, file) {
        return;
    }
    out.report(title(file), "there is no Mermaid diagram")
        .severity(severity)
        .help("Add a code block that begins with ` ```mermaid `.");
}

fn has_diagram(ctx: &Ctx<'_>, file: &File) -> bool {
    if ctx.settings.compat_reference {
        return file.text().contains("```mermaid");
    }
    let mut fences = file.markdown().fences.iter();
    fences.any(|fence| fence.info.starts_with("mermaid"))
}
