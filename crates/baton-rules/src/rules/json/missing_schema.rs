//! A schema that data is mapped to is there.

use crate::support::json_schemas::{Kind, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(
        ctx,
        out,
        Kind::MissingSchema,
        "Correct the path, or add the schema.",
    );
}
