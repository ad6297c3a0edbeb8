//! Policy prechecks have the shape of their kind.

use crate::support::document_shapes::{Shape, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SHAPE: Shape = Shape {
    kind: "policy-precheck",
    name: "policy-precheck",
    schema: include_str!("../../../../../schemas/policy-precheck.schema.json"),
    check: Some("validate:policy-precheck"),
};

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(ctx, out, &SHAPE);
}
