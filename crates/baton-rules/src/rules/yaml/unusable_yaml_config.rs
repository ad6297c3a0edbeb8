//! What configures yamllint says nothing that yamllint refuses.

use baton_source::Location;

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for remark in ctx.repo.yaml_lint().remarks() {
        let at = Location {
            file: remark.file,
            span: Some(remark.span),
        };
        out.report(at, remark.message.clone())
            .help("Mend it; yamllint judges nothing until then.");
    }
}
