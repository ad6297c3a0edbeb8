//! Nothing needs itself: no value, no resource, no module.

use baton_iac::model::Language;
use baton_iac::program::CutReason;

use crate::support::terraform::{is_in_module, report};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    report(ctx, file, "terraform-cycle", out);
    if !is_in_module(file) {
        return;
    }
    let cuts = ctx.program(Language::Terraform).cuts_in(file.id);
    for cut in cuts.filter(|cut| cut.why == CutReason::Cycle) {
        let message = "the module calls itself, if only through others";
        out.report(file.at(&cut.span), message)
            .help("Cut the circle at one of the calls.");
    }
}
