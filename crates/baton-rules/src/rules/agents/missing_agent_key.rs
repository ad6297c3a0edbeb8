//! Agent files carry the keys without which they cannot be found or used.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(block) = file.front_matter_block() else {
        return;
    };
    let node = file.front_matter().root.as_ref();
    for key in &ctx.settings.agents.required_keys {
        if node.is_none_or(|node| node.get(key).is_none()) {
            let opening = baton_source::Span::at(block.block.start as usize);
            out.report(file.at(&opening), format!("the front matter lacks `{key}`"))
                .help(format!("Add `{key}` to the front matter."));
        }
    }
}
