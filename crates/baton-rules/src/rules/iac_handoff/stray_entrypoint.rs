//! What a deployment starts with is part of the code that is handed over.

use crate::support::iac_handoff::{from_root, handoff, is_there};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(handoff) = handoff(ctx, file) else {
        return;
    };
    let (Some(entry), Some(tree)) = (&handoff.entrypoint, &handoff.tree) else {
        return;
    };
    let (Some(path), Some(root)) = (from_root(&entry.value), from_root(&tree.root.value)) else {
        return;
    };
    let rest = path.as_str().strip_prefix(root.as_str());
    let is_inside = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if is_inside || root.as_str().is_empty() || !is_there(ctx.repo, &path) {
        return;
    }
    let message = format!("`{}` does not lie in `{}`", entry.value, tree.root.value);
    out.report(file.at(entry), message)
        .label(file.at(&tree.root), "only this folder was judged")
        .help(
            "Start the deployment with a file of the folder, or hand over the folder of the file.",
        );
}
