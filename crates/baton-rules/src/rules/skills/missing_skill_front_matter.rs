//! Skills begin with front matter.

use baton_syntax::front_matter::Split;

use crate::support::{agents, skills};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !skills::is_judged(ctx, file) {
        return;
    }
    let (at, message) = match file.split() {
        Split::Unclosed(opening) => (file.at(opening), "the front matter is never closed"),
        Split::None => (file.whole(), "the skill has no front matter"),
        Split::Found(block) if agents::is_empty(file) => {
            (file.at(&block.block), "the front matter is empty")
        }
        Split::Found(_) => return,
    };
    let finding = out
        .report(at, message)
        .help("Begin the file with `name` and `description` between two lines of three hyphens.");
    skills::soften(ctx, file, finding);
}
