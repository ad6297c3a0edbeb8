//! A contract lists modules of its own language only.

use baton_iac::model::Language;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    let Some(own) = contract.language else {
        return;
    };
    for module in contract.modules.iter().filter(|it| it.language != own) {
        let (own, other) = (called(own), called(module.language));
        let message = match &module.source {
            Some(source) => format!("`{}` is a module for {other}", source.value),
            None => format!("this is a module for {other}"),
        };
        out.report(
            file.at(module),
            format!("{message}, and the code will be {own}"),
        )
        .help(format!("List the module for {own}, or none."));
    }
}

fn called(language: Language) -> &'static str {
    match language {
        Language::Terraform => "Terraform",
        _ => "Bicep",
    }
}
