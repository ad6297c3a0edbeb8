//! A branch changes what its name announces.

use crate::support::branches::{branch, covers};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(branch) = branch(ctx, file) else {
        return;
    };
    let scopes = branch.conventions.scopes.iter();
    let mut fitting = scopes.filter(|(prefix, _)| branch.name.starts_with(prefix.as_str()));
    let Some((prefix, allowed)) = fitting.next_back() else {
        return;
    };
    for (path, span) in &branch.changed {
        if allowed.iter().any(|known| covers(known, path)) {
            continue;
        }
        let message = format!("`{path}` is not what branches `{prefix}…` change");
        out.report(file.at(span), message)
            .label(file.at(&branch.span), "the branch")
            .help(format!(
                "Change it on a branch of another kind, or only `{}` on this one.",
                allowed.join("`, `")
            ));
    }
}
