//! Data follows the schema that the repository names for it.

use crate::support::json_schemas::{Kind, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(
        ctx,
        out,
        Kind::Violation,
        "Mend the value, or the schema if it is too narrow.",
    );
}
