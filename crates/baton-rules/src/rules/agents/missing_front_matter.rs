//! Agent files begin with front matter.

use baton_syntax::front_matter::Split;

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let required = ctx.repo.agent_conventions().front_matter_required;
    let (at, message) = match file.split() {
        Split::Unclosed(opening) => (file.at(opening), "the front matter is never closed"),
        Split::None if required => (file.whole(), "the file has no front matter"),
        Split::Found(block) if required && agents::is_empty(file) => {
            (file.at(&block.block), "the front matter is empty")
        }
        Split::None | Split::Found(_) => return,
    };
    out.report(at, message)
        .help("Begin the file with a block of YAML between two lines of three hyphens.");
}
