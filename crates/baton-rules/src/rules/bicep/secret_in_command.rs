//! Commands of extensions that hold secrets are protected.

use baton_iac::bicep::ExprKind;
use baton_source::Spanned as _;

use crate::support::bicep::{Lint, Normally, lint, property_at};
use crate::support::bicep_secrets::possible_secrets;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Publishers and types of extensions that run a command, by August 2026.
const EXTENSIONS: &[(&str, &str)] = &[
    ("Microsoft.Azure.Extensions", "CustomScript"),
    ("Microsoft.Compute", "CustomScriptExtension"),
    ("Microsoft.OSTCExtensions", "CustomScriptForLinux"),
];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "protect-commandtoexecute-secrets";
    lint(ctx, file, (code, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (at, _, resource) in lint.resources() {
        let kind = lint.resource_type(at);
        if !kind.is_some_and(|it| it.to_lowercase().ends_with("/extensions")) {
            continue;
        }
        let body = resource.body.object();
        let Some(properties) = body.and_then(|it| it.get("properties")) else {
            continue;
        };
        let ExprKind::Object(properties) = &properties.value.kind else {
            continue;
        };
        let text = |key: &str| properties.get(key).and_then(|it| it.value.as_str());
        let (Some(publisher), Some(name)) = (text("publisher"), text("type")) else {
            continue;
        };
        let mut known = EXTENSIONS.iter();
        if !known
            .any(|(by, it)| by.eq_ignore_ascii_case(publisher) && it.eq_ignore_ascii_case(name))
        {
            continue;
        }
        let Some(command) = property_at(properties, &["settings", "commandToExecute"]) else {
            continue;
        };
        if let Some(secret) = possible_secrets(lint, &command.value).into_iter().next() {
            let message = format!("the command may show {}", secret.shown);
            out.report(lint.file.at(&command.key.span()), message)
                .help("Move `commandToExecute` to `protectedSettings`.");
        }
    }
}
