//! Nested deployments are modules.

use baton_source::Spanned as _;

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_deployments::DEPLOYMENTS;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("no-deployments-resources", Normally::On, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (at, _, resource) in lint.resources() {
        let kind = lint.resource_type(at);
        if kind.is_some_and(|it| it.eq_ignore_ascii_case(DEPLOYMENTS)) {
            out.report(
                lint.file.at(&resource.ty.span()),
                format!(
                    "`{}` deploys a template that nothing checks",
                    resource.name.text
                ),
            )
            .help("Make the template a module.");
        }
    }
}
