//! Policy maps have the shape that their readers expect.

use crate::support::document_shapes::{Shape, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SHAPE: Shape = Shape {
    kind: "policy-property-map",
    name: "policy-property-map",
    schema: include_str!("../../../../../schemas/policy-property-map.schema.json"),
    check: Some("validate:policy-property-map"),
};

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(ctx, out, &SHAPE);
}
