//! Agents use no deprecated model.

use baton_source::Severity;

use crate::support::models::{catalog, conventions, uses};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some((file, catalog)) = catalog(ctx.repo) else {
        return;
    };
    if catalog.deprecated().next().is_none() {
        return;
    }
    for used in uses(ctx) {
        let model = catalog.model(used.label());
        let Some(model) = model.filter(|model| model.is_deprecated()) else {
            continue;
        };
        let message = format!("{} uses the deprecated model `{}`", used.by, used.label());
        let found = out.report(used.at(), message);
        found.label(file.at(&model.label), "it is deprecated here");
        found.help("Use another model of the catalog.");
        if !conventions(ctx).deprecation_is_error {
            found.severity(Severity::Warning);
        }
    }
}
