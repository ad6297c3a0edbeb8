//! The parameter that takes the workspace for diagnostics is declared.

use baton_source::nearest;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    let asked = contract.workspace_parameter.as_ref();
    let Some(name) = asked.filter(|name| !name.value.is_empty()) else {
        return;
    };
    let mut declared = contract.parameters.iter().map(|known| known.value.as_str());
    if declared.any(|known| known == name.value) {
        return;
    }
    let known = contract.parameters.iter().map(|known| known.value.as_str());
    let help = match nearest(&name.value, known) {
        Some(meant) => format!("Write `{meant}`, if that is meant."),
        None => "Declare the parameter in `params`.".to_owned(),
    };
    let message = format!("no parameter is called `{}`", name.value);
    out.report(file.at(name), message).help(help);
}
