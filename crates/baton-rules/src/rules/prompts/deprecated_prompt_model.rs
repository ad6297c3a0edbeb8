//! Prompts name no deprecated model.

use baton_repo::model_catalog::label;

use crate::support::models::catalog;
use crate::support::prompting;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((catalog_file, catalog)) = catalog(ctx.repo) else {
        return;
    };
    let Some(model) = prompting::model(ctx, file) else {
        return;
    };
    let known = catalog.model(label(model.label));
    let Some(known) = known.filter(|known| known.is_deprecated()) else {
        return;
    };
    let message = format!(
        "the prompt asks for the deprecated model `{}`",
        known.label.value
    );
    let found = out.report(file.at(&model), message);
    found
        .label(catalog_file.at(&known.label), "it is deprecated here")
        .help("Name another model of the catalog.");
    prompting::lower(found, model.family);
}
