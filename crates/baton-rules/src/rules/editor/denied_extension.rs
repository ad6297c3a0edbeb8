//! A development container does not install extensions that fill every request.

use crate::support::editor::{conventions, installed};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let pack = conventions(ctx).denied_extensions.iter();
    let mut denied: Vec<(&str, &str)> = pack
        .map(|one| (one.id.as_str(), one.why.as_str()))
        .collect();
    if let Some(own) = &ctx.settings.editor.denied_extensions {
        let is_own = |id: &str| own.iter().any(|one| one == id);
        denied.retain(|(id, _)| is_own(id));
        let added = own
            .iter()
            .filter(|id| !denied.iter().any(|(one, _)| one == id));
        let added: Vec<(&str, &str)> = added.map(|id| (id.as_str(), "is denied here")).collect();
        denied.extend(added);
    }
    if denied.is_empty() {
        return;
    }
    let lists = ctx.repo.of_kind("devcontainer").filter_map(installed);
    for list in lists {
        for (id, node) in list.ids() {
            let Some((_, why)) = denied.iter().find(|(denied, _)| is_meant(denied, id)) else {
                continue;
            };
            out.report(list.file.at(node), format!("the extension `{id}` {why}"))
                .help("Remove it; who wants it can install it for themselves.");
        }
    }
}

/// Whether an entry of the block list means an extension; one without a dot is a publisher.
fn is_meant(denied: &str, id: &str) -> bool {
    let publisher = id.split_once('.').map_or(id, |(publisher, _)| publisher);
    denied.eq_ignore_ascii_case(id) || denied.eq_ignore_ascii_case(publisher)
}
