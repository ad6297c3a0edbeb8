//! Modules are told where to place their resources.

use baton_source::Spanned as _;

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_locations::{location_parameters, modules};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "explicit-values-for-loc-params";
    lint(ctx, file, (code, Normally::Off, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for module in modules(lint) {
        for (name, value) in location_parameters(lint, module) {
            if value.is_some() {
                continue;
            }
            let given = module.body.object().and_then(|it| it.get("params"));
            let at = given.map_or(module.name.span, |it| it.key.span());
            let called = &module.name.text;
            out.report(
                lint.file.at(&at),
                format!("the module `{called}` chooses `{name}`, which places resources, itself"),
            )
            .help(format!("Set `{name}` in `params`."));
        }
    }
}
