//! Nested deployments that are evaluated outside take no secrets.

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{ExprKind, Name};

use crate::support::bicep::{Lint, Normally, is_secure, lint};
use crate::support::bicep_calls::calls;
use crate::support::bicep_deployments::{Deployment, deployments, has_symbolic_names};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "secure-params-in-nested-deploy";
    lint(ctx, file, (code, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    if has_symbolic_names(lint) != Some(false) {
        return;
    }
    let found = deployments(lint).into_iter();
    for it in found.filter(|it| !it.inner && matches!(it.template.kind, ExprKind::Object(_))) {
        let name = &it.resource.name;
        let used = secure_parameters(lint, &it);
        if !used.is_empty() {
            let used = used.join("`, `");
            report(lint, name, &format!("`{used}`, which is secure"), out);
        }
        let listed = calls(lint, it.declaration).into_iter();
        if let Some(call) = listed
            .into_iter()
            .find(|it| it.name.text.starts_with("list"))
        {
            report(lint, name, &format!("what `{}` lists", call.name.text), out);
        }
    }
}

fn report(lint: &Lint<'_>, name: &Name, what: &str, out: &mut Findings) {
    out.report(
        lint.file.at(name),
        format!(
            "the deployment `{}` shows {what}, to all who may see deployments",
            name.text
        ),
    )
    .help("Set `expressionEvaluationOptions.scope` to `'inner'`, or make it a module.");
}

fn secure_parameters(lint: &Lint<'_>, it: &Deployment<'_>) -> Vec<String> {
    let whole = it.declaration.span;
    let parameters = lint.of_kind(SymbolKind::Parameter).filter(|(at, _)| {
        let declaration = lint.names.declaration(*at);
        let mut uses = lint.names.symbols.uses(*at);
        declaration.is_some_and(is_secure) && uses.any(|it| whole.contains(it.at.start))
    });
    parameters.map(|(_, it)| it.name.clone()).collect()
}
