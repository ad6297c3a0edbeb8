//! The front matter of pages is YAML.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for error in &file.front_matter().errors {
        out.report(
            file.at(error),
            format!("the front matter cannot be read: {}", error.message),
        )
        .help("Correct the YAML.");
    }
}
