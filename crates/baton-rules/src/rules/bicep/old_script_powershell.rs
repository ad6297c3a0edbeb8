//! Deployment scripts run in a supported version of Azure PowerShell.

use baton_iac::bicep::ExprKind;

use crate::support::bicep::{Lint, Normally, lint, property_at, settings};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const CODE: &str = "use-recent-az-powershell-version";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, (CODE, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let own = settings(lint.repo, lint.file, CODE).and_then(|it| it.get("minimumVersion"));
    let least = own.and_then(|it| it.as_str()).unwrap_or("11.0");
    for (at, _, resource) in lint.resources() {
        let kind = lint.resource_type(at);
        let script = "Microsoft.Resources/deploymentScripts";
        if !kind.is_some_and(|it| it.eq_ignore_ascii_case(script)) {
            continue;
        }
        let ExprKind::Object(body) = &resource.body.kind else {
            continue;
        };
        let language = body.get("kind").and_then(|it| it.value.as_str());
        if !language.is_some_and(|it| it.eq_ignore_ascii_case("AzurePowerShell")) {
            continue;
        }
        let Some(property) = property_at(body, &["properties", "azPowerShellVersion"]) else {
            continue;
        };
        let Some(version) = property.value.as_str() else {
            continue;
        };
        if numbers(version)
            .zip(numbers(least))
            .is_some_and(|(it, least)| it < least)
        {
            out.report(
                lint.file.at(&property.value),
                format!("Azure PowerShell `{version}` is older than `{least}`"),
            )
            .help(format!("Ask for version {least} or later."));
        }
    }
}

/// The parts of a version, when it is one.
fn numbers(version: &str) -> Option<Vec<u32>> {
    let parts: Option<Vec<u32>> = version.split('.').map(|it| it.parse().ok()).collect();
    parts.filter(|it| (2..=4).contains(&it.len()))
}
