//! Schemas that judge data are schemas.

use crate::support::json_schemas::{Kind, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(
        ctx,
        out,
        Kind::UnusableSchema,
        "Mend the schema; until then nothing is judged by it.",
    );
}
