//! Modules of a contract for Terraform come from the registry, or from a tag of a repository.

use baton_iac::model::Language;

use crate::support::avm::registry_address;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = ctx.repo.iac_contract(file) else {
        return;
    };
    let modules = contract.modules.iter();
    let modules = modules.filter(|module| module.language == Language::Terraform);
    for source in modules.filter_map(|module| module.source.as_ref()) {
        let is_tag = source.value.contains("?ref=") || source.value.contains("&ref=");
        if is_tag || registry_address(&source.value).is_some() {
            continue;
        }
        let message = format!("`{}` is no address of the registry", source.value);
        out.report(file.at(source), message)
            .help("Write `namespace/name/provider`, or a repository with `?ref=TAG`.");
    }
}
