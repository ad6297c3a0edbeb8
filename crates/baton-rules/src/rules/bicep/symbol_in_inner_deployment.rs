//! Templates that are evaluated on their own use nothing of the file around them.

use baton_iac::bicep::symbols::{Form, SymbolKind};

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_deployments::{deployments, has_symbolic_names};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "nested-deployment-template-scoping";
    lint(ctx, file, (code, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let inner_is_usual = has_symbolic_names(lint) == Some(true);
    for deployment in deployments(lint) {
        if !deployment.inner && !inner_is_usual {
            continue;
        }
        let template = deployment.template.span;
        for it in &lint.names.symbols.references {
            let target = it.target.and_then(|at| lint.symbol(at));
            let outer =
                target.is_some_and(|it| it.kind != SymbolKind::Local && it.parent.is_none());
            if outer && it.form != Form::Type && template.contains(it.at.start) {
                let name = &it.name;
                out.report(
                    lint.file.at(&it.at),
                    format!("`{name}` does not exist inside this deployment's template"),
                )
                .help(format!("Give the template a parameter for `{name}`."));
            }
        }
    }
}
