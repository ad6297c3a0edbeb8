//! A handoff counts the files that it hands over.

use baton_repo::{Tree, tree};

use crate::support::iac_handoff::handoff;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let handed = handoff(ctx, file).and_then(|it| it.tree.as_ref());
    let Some((handed, (count, span))) = handed.and_then(|it| Some((it, it.count?))) else {
        return;
    };
    let Tree::Hashed { value, files } = tree(ctx.repo, &handed.root.value) else {
        return;
    };
    // Where the digest differs as well, the count has changed with it.
    let declared = handed.value.as_ref();
    let is_same = declared.is_some_and(|it| it.value.eq_ignore_ascii_case(&value));
    if is_same && usize::try_from(count) != Ok(files) {
        let message = format!(
            "the number of files in `{}` is {files}, not {count}",
            handed.root.value
        );
        out.report(file.at(&span), message)
            .help("Count the files that the digest is made of.");
    }
}
