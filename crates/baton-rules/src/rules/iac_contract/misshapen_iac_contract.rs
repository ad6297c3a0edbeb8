//! Contracts have the shape that readers of contracts expect.

use crate::support::document_shapes::{Shape, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SHAPE: Shape = Shape {
    kind: "iac-contract",
    name: "iac-contract",
    schema: include_str!("../../../../../schemas/iac-contract.schema.json"),
    check: Some("validate:iac-contract"),
};

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(ctx, out, &SHAPE);
}
