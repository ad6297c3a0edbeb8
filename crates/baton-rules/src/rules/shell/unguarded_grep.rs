//! Under `set -e`, a `grep` that finds nothing does not end the script unnoticed.

use baton_syntax::shell::Status;

use crate::support::shell::{blocks, runs};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let expected = ctx.repo.shell_conventions().guarded_grep;
    if !ctx.settings.shell.guarded_grep.unwrap_or(expected) {
        return;
    }
    for run in blocks(ctx, file).iter().flat_map(runs) {
        let context = run.visit.context;
        let decides = context.errexit && context.status == Status::Decides;
        if !run.direct || !decides {
            continue;
        }
        let program = run.program().unwrap_or_default();
        if !matches!(program.as_str(), "grep" | "egrep" | "fgrep") {
            continue;
        }
        let message = format!("under `set -e`, a `{program}` that finds nothing ends the script");
        out.report(file.at(&run.name_span()), message)
            .help("Append `|| true`, say what else happens, or ask with `if`.");
    }
}
