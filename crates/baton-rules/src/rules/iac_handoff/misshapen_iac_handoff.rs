//! Handoffs of infrastructure code have the shape that their readers expect.

use crate::support::document_shapes::{Shape, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SHAPE: Shape = Shape {
    kind: "iac-handoff",
    name: "iac-handoff",
    schema: include_str!("../../../../../schemas/iac-handoff.schema.json"),
    check: Some("validate:iac-handoff"),
};

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(ctx, out, &SHAPE);
}
