//! Agent files begin with front matter.

use baton_syntax::front_matter::Split;

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let required = ctx.repo.agent_conventions().front_matter_required;
    let (at, message, help) = match file.split() {
        Split::Unclosed(opening) => (
            file.at(opening),
            "the front matter is never closed",
            "Close it with a line of three hyphens.",
        ),
        Split::None if required => (
            file.whole(),
            "the file has no front matter",
            "Begin the file with a block of YAML between two lines of three hyphens.",
        ),
        Split::Found(block) if required && agents::is_empty(file) => (
            file.at(&block.block),
            "the front matter is empty",
            "Write the keys of the agent between the two lines of three hyphens.",
        ),
        Split::None | Split::Found(_) => return,
    };
    out.report(at, message).help(help);
}
