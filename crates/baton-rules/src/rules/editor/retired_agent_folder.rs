//! The editor does not look for agents where they used to be.

use crate::support::editor::{conventions, is_on, settings};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("devcontainer") {
        let Some(Ok(settings)) = settings(file) else {
            continue;
        };
        for location in &conventions(ctx).retired_locations {
            let setting = settings.get(&location.setting);
            let entry = setting.and_then(|setting| setting.entry(&location.path));
            let Some(entry) = entry.filter(|entry| is_on(&entry.value)) else {
                continue;
            };
            let message = format!(
                "`{}` names `{}`, where agents no longer are",
                location.setting, location.path
            );
            out.report(file.at(entry), message)
                .help("Remove the folder, or write `false`.");
        }
    }
}
