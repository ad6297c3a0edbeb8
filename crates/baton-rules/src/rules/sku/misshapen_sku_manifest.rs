//! Manifests of SKUs have the shape of their kind.

use crate::support::shapes::Shape;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const SHAPE: Shape = Shape {
    name: "sku-manifest",
    check: "validate:sku-manifest",
    schema: include_str!("../../../../../schemas/sku-manifest.schema.json"),
};

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    SHAPE.judge(ctx, file, out);
}
