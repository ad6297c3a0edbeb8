//! The count manifest knows everything that is counted.

use baton_syntax::node::Node;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let counts = file.node().and_then(|root| root.entry("counts"));
    let Some(counts) = counts.filter(|counts| counts.value.is_mapping()) else {
        return;
    };
    for key in &ctx.repo.meta_conventions().counted {
        if counts.value.get(key).is_none_or(Node::is_null) {
            out.report(file.at(counts), format!("`counts` does not know `{key}`"))
                .help(format!("Add an entry `{key}` that says what is counted."));
        }
    }
}
