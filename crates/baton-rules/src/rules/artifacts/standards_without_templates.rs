//! The instructions for Markdown send authors to the templates.

use crate::support::artifacts::title;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !file.text().contains("template") {
        out.report(title(file), "the instructions do not mention templates")
            .help("Say that artifacts begin as a copy of their template.");
    }
}
