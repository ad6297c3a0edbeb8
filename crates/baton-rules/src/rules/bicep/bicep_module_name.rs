//! Modules have no names of their own.

use baton_iac::bicep::DeclarationKind;

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, ("no-module-name", Normally::Off, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for declaration in &lint.tree.declarations {
        let DeclarationKind::Module(module) = &declaration.kind else {
            continue;
        };
        let name = module.body.object().and_then(|it| it.get("name"));
        let Some(name) = name else { continue };
        let mut fix = lint.replace("Remove the name", name.span, "");
        fix.edits = vec![lint.removal(name.span)];
        out.report(
            lint.file.at(name),
            format!("the module `{}` needs no name", module.name.text),
        )
        .help("Remove the name: Bicep makes one that no other deployment has.")
        .fix(fix);
    }
}
