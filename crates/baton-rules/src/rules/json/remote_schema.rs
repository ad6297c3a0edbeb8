//! Schemas that judge data lie in the repository.

use crate::support::json_schemas::{Kind, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(
        ctx,
        out,
        Kind::RemoteSchema,
        "Keep a copy of the schema in the repository and name its path.",
    );
}
