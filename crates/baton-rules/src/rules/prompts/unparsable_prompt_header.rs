//! The front matter of prompts is YAML.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    // Where hosts look, rules about their files judge.
    if ctx.repo.is_kind(file, "copilot-prompt") {
        return;
    }
    for error in &file.front_matter().errors {
        let message = format!("the front matter is not valid YAML: {}", error.message);
        out.report(file.at(error), message)
            .help("Put a blank after each colon, and text that holds one between quotes.");
    }
}
