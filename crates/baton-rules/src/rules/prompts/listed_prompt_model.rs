//! Prompts name one model, not a list.

use baton_source::{Applicability, Fix};

use crate::support::prompting;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !ctx.repo.prompting().model_style {
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
    if !entry.value.is_sequence() {
        return;
    }
    let found = out
        .report(
            file.at(entry),
            "`model` is a list, not the name of one model",
        )
        .help("Name the one model that the prompt is written for.");
    let model = prompting::model(ctx, file);
    prompting::lower(found, model.as_ref().and_then(|model| model.family));
    let list = entry.value.span.of(file.text());
    if let (Some(model), [_]) = (model, entry.value.items())
        && list.starts_with('[')
        && list.ends_with(']')
    {
        found.fix(Fix {
            title: "Name the one model".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![file.edit(entry.value.span, model.span.of(file.text()))],
        });
    }
}
