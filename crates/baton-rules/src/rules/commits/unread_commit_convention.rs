//! What cannot be read of commitlint's configuration is said.

use baton_repo::commits::CommitOrigin;
use baton_source::nearest;

use crate::support::commits;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let conventions = ctx.repo.commit_conventions();
    let CommitOrigin::File(id) = conventions.origin else {
        return;
    };
    for remark in &conventions.remarks {
        let Some(file) = ctx.repo.by_id(remark.file) else {
            continue;
        };
        let message = format!("{}, so messages are not judged by it", remark.message);
        out.report(file.at(&remark.span), message)
            .help("Write data where that is possible, or set the rule in `[options.commits]`.");
    }
    for name in conventions
        .rules
        .keys()
        .filter(|name| !commits::is_known(name))
    {
        let Some(file) = ctx.repo.by_id(id) else {
            continue;
        };
        let message =
            format!("commitlint itself has no rule `{name}`, so messages are not judged by it");
        let help = match nearest(name, commits::known()) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None => "Rules of plugins are not known here.".to_owned(),
        };
        out.report(file.whole(), message).help(help);
    }
}
