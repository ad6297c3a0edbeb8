//! Outputs show no secrets.

use baton_iac::bicep::symbols::SymbolKind;

use crate::support::bicep::{Lint, Normally, is_secure, lint};
use crate::support::bicep_secrets::possible_secrets;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "outputs-should-not-contain-secrets";
    lint(ctx, file, (code, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (at, symbol) in lint.of_kind(SymbolKind::Output) {
        let declaration = lint.names.declaration(at);
        let Some(declaration) = declaration.filter(|it| !is_secure(it)) else {
            continue;
        };
        let help = "Mark the output with `@secure()`, or put the value into a key vault.";
        if symbol.name.to_lowercase().contains("password") {
            let name = &symbol.name;
            let message = format!("the output `{name}` may show a secret: its name says so");
            out.report(lint.file.at(&symbol.at), message).help(help);
        }
        for secret in possible_secrets(lint, declaration) {
            let message = format!("the output `{}` may show {}", symbol.name, secret.shown);
            out.report(lint.file.at(&secret.at), message).help(help);
        }
    }
}
