//! Manifests of hooks have the version that Copilot reads.

use baton_source::Location;

use crate::support::agent_hooks::manifests;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, manifest) in manifests(ctx) {
        let Some((number, span)) = manifest.version else {
            continue;
        };
        if number != Some(1) {
            let written = span.of(file.text());
            let at = Location {
                file: file.id,
                span: Some(span),
            };
            out.report(at, format!("Copilot reads no hooks of version `{written}`"))
                .help("Write `1`.");
        }
    }
}
