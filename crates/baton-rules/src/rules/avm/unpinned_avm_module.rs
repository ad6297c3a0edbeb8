//! Verified modules of Terraform have a version.

use baton_iac::model::Language;

use crate::support::avm::{Place, pins};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for pin in pins(ctx, file) {
        let is_code = pin.place == Place::Source && pin.language == Language::Terraform;
        if is_code && pin.version.is_none() {
            let message = format!("`{}` has no `version`", pin.source);
            let index = ctx.repo.avm_index();
            let module = index.and_then(|index| index.module(pin.language, &pin.source));
            let help = match module.and_then(|module| module.latest()) {
                Some(latest) => format!("Write `version = \"{latest}\"`."),
                None => "Write the version that the plan asks for.".to_owned(),
            };
            out.report(file.at(&pin.span), message).help(help);
        }
    }
}
