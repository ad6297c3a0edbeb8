//! Agents ask for models of families for which prompts are written.

use crate::support::prompting;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const HELP: &str = "Choose a model of a known family, or add the family to `model-families` of `[options.agents]`.";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let expected = ctx.repo.prompting();
    if !expected.model_style || expected.families.is_empty() {
        return;
    }
    let document = file.front_matter();
    let root = document
        .root
        .as_ref()
        .filter(|_| document.errors.is_empty());
    let Some(entry) = root.and_then(|root| root.entry("model")) else {
        return;
    };
    if entry.value.is_sequence() && entry.value.items().is_empty() {
        out.report(file.at(entry), "`model` lists no model")
            .help(HELP);
        return;
    }
    let Some(model) = prompting::model(ctx, file).filter(|model| model.family.is_none()) else {
        return;
    };
    let message = format!("`{}` is of no known family of models", model.label);
    out.report(file.at(&model), message).help(HELP);
}
