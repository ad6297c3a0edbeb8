//! Modules are given only what they take.

use baton_iac::bicep::{ExprKind, Module};
use baton_source::{Spanned as _, nearest};

use crate::support::bicep::{Lint, compile};
use crate::support::bicep_locations::modules;
use crate::support::bicep_modules::parameters_of;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    compile(ctx, file, |lint| {
        for module in modules(lint) {
            judge(lint, module, out);
        }
    });
}

fn judge(lint: &Lint<'_>, module: &Module, out: &mut Findings) {
    let given = module.body.object().and_then(|it| it.get("params"));
    let Some(ExprKind::Object(given)) = given.map(|it| &it.value.kind) else {
        return;
    };
    let Some(callee) = parameters_of(lint, &module.source) else {
        return;
    };
    for property in given.properties() {
        let Some(name) = property.key.as_str() else {
            continue;
        };
        let known = callee.parameters.iter().map(|it| it.name.as_str());
        if known.clone().any(|it| it == name) {
            continue;
        }
        let called = &module.name.text;
        let finding = out.report(
            lint.file.at(&property.key.span()),
            format!("the module `{called}` has no parameter `{name}` (`BCP037`)"),
        );
        match nearest(name, known) {
            Some(near) => finding.help(format!("Did you mean `{near}`?")),
            None => finding.help(format!(
                "Remove it, or declare it in `{}`.",
                callee.file.path
            )),
        };
    }
}
