//! Every glob that is mapped to a schema matches a file.

use crate::support::json_schemas::{Kind, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(
        ctx,
        out,
        Kind::EmptyGlob,
        "Correct the glob, or remove it from the mapping.",
    );
}
