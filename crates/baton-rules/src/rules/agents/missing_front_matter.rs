//! Agent files begin with front matter.

use baton_syntax::front_matter::Split;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let help = "Begin the file with a block of YAML between two lines of three hyphens.";
    match file.split() {
        Split::Found(_) => {}
        Split::Unclosed(opening) => {
            out.report(file.at(opening), "the front matter is never closed")
                .help(help);
        }
        Split::None => {
            out.report(file.whole(), "the file has no front matter")
                .help(help);
        }
    }
}
