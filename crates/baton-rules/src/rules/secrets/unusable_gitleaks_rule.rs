//! All of `.gitleaks.toml` can be followed.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for problem in &ctx.repo.secret_policy().problems {
        out.report(file.at(&problem.span), problem.message.as_str())
            .help("Mend it: until then nothing comes of it here.");
    }
}
