//! A file that is mapped to a schema is there.

use crate::support::json_schemas::{Kind, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(
        ctx,
        out,
        Kind::MissingData,
        "Correct the path, or remove it from the mapping.",
    );
}
