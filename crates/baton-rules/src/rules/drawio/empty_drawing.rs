//! A drawing file holds something.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let is_blank = |character: char| character.is_whitespace() || character == '\u{feff}';
    if file.problem().is_none() && file.text().chars().all(is_blank) {
        out.report(file.whole(), "the drawing is empty")
            .help("Save the drawing again, or remove the file.");
    }
}
