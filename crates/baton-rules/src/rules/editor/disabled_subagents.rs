//! Settings that agents need are switched on.

use baton_source::{Applicability, Fix};

use crate::support::editor::{conventions, settings};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("devcontainer") {
        let Some(Ok(settings)) = settings(file) else {
            continue;
        };
        let demanded = conventions(ctx).settings.iter();
        for setting in demanded.filter(|setting| setting.must_be_true) {
            let Some(value) = settings.get(&setting.name) else {
                continue;
            };
            if value.as_bool() == Some(true) {
                continue;
            }
            let message = format!("`{}` is not `true`", setting.name);
            out.report(file.at(value), message)
                .help("Write `true`: without it agents cannot call custom agents.")
                .fix(Fix {
                    title: "Write `true`".to_owned(),
                    applicability: Applicability::Safe,
                    edits: vec![file.edit(value.span, "true")],
                });
        }
    }
}
