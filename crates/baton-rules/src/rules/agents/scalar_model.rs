//! Agents name models in a list.

use baton_source::{Applicability, Fix};

use crate::support::prompting;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !ctx.repo.prompting().model_style {
        return;
    }
    let root = file.front_matter().root.as_ref();
    // A number or a mapping is `mistyped-agent-key`'s business.
    let is_text = root.and_then(|root| root.get("model")?.as_str()).is_some();
    let Some(model) = prompting::model(ctx, file).filter(|_| is_text) else {
        return;
    };
    let message = format!("`model` is the text `{}`, not a list", model.label);
    let found = out
        .report(file.at(&model), message)
        .help(format!("Write `model: [\"{}\"]`.", model.label));
    prompting::lower(found, model.family);
    if !model.label.contains(['"', '\\', '\n']) {
        found.fix(Fix {
            title: "Make it a list".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![file.edit(model.span, format!("[\"{}\"]", model.label))],
        });
    }
}
