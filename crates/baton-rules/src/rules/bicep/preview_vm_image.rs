//! Virtual machines run images that are released.

use baton_iac::bicep::ExprKind;

use crate::support::bicep::{Lint, Normally, lint, property_at};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, ("use-stable-vm-image", Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (_, _, resource) in lint.resources() {
        let body = resource.body.object();
        let path = ["properties", "storageProfile", "imageReference"];
        let Some(image) = body.and_then(|it| property_at(it, &path)) else {
            continue;
        };
        let ExprKind::Object(image) = &lint.names.follow(&image.value).kind else {
            continue;
        };
        for key in ["offer", "sku", "version"] {
            let Some(property) = image.get(key) else {
                continue;
            };
            let value = property.value.as_str();
            if value.is_some_and(|it| it.to_lowercase().contains("preview")) {
                out.report(
                    lint.file.at(&property.value),
                    format!("the `{key}` of the image is a preview"),
                )
                .help("Name an image that is released.");
            }
        }
    }
}
