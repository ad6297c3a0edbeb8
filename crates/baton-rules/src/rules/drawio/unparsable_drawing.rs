//! A drawing is well-formed XML.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let is_blank = |character: char| character.is_whitespace() || character == '\u{feff}';
    // An empty file is `empty-drawing`'s business.
    if file.text().chars().all(is_blank) {
        return;
    }
    for error in &file.xml().errors {
        let message = format!("the drawing cannot be read: {}", error.message);
        out.report(file.at(error), message)
            .help("Write well-formed XML, or save the drawing from draw.io again.");
    }
}
