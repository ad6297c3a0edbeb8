//! Manifests of SKUs have the shape of their kind.

use crate::support::document_shapes::{Shape, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SHAPE: Shape = Shape {
    kind: "sku-manifest",
    name: "sku-manifest",
    schema: include_str!("../../../../../schemas/sku-manifest.schema.json"),
    check: Some("validate:sku-manifest"),
};

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(ctx, out, &SHAPE);
}
