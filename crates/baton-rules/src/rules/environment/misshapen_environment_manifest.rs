//! Manifests of environments have the shape of their kind.

use crate::support::document_shapes::{Shape, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SHAPE: Shape = Shape {
    kind: "environment-manifest",
    name: "environment-manifest",
    schema: include_str!("../../../../../schemas/environment-manifest.schema.json"),
    check: Some("validate:environment-manifest"),
};

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    report(ctx, out, &SHAPE);
}
