//! A catalog says which models agents may use.

use crate::support::models::{conventions, missing};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if conventions(ctx).catalog {
        missing(ctx, ("model-catalog", "catalog of models"), out);
    }
}
