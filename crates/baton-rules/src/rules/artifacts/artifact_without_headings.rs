//! Every type the skill teaches is defined.

use baton_repo::artifact::HeadingSource;
use baton_source::Location;

use crate::support::artifacts::contract;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let known = ctx.repo.artifacts();
    for list in known.taught() {
        let kind = known.types().iter().find(|kind| kind.name == list.name);
        if kind.is_none_or(|kind| !kind.compared) || contract(ctx, &list.name).is_some() {
            continue;
        }
        let message = format!("the definitions do not know `{}`", list.name);
        let at = Location {
            file: list.file,
            span: Some(list.span),
        };
        let where_to = match ctx.settings.artifacts.headings {
            HeadingSource::Summary => "artifact-headings-summary.json",
            _ => "artifact-headings.mjs",
        };
        out.report(at, message)
            .help(format!("Add the type with its headings to `{where_to}`."));
    }
}
