//! The code that is handed over is there.

use baton_repo::{Tree, tree};

use crate::support::iac_handoff::handoff;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(handed) = handoff(ctx, file).and_then(|it| it.tree.as_ref()) else {
        return;
    };
    let root = &handed.root;
    if tree(ctx.repo, &root.value) == Tree::Missing {
        let message = format!("there are no files in `{}`", root.value);
        out.report(file.at(root), message)
            .help("Write the path from the root of the repository, or bring the code back.");
    }
}
