//! Objects and lists have types of their own.

use baton_iac::bicep::symbols::Form;

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("use-user-defined-types", Normally::Off, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for it in &lint.names.symbols.references {
        let name = it.name.as_str();
        if it.form == Form::Type && it.target.is_none() && matches!(name, "object" | "array") {
            out.report(
                lint.file.at(&it.at),
                format!("`{name}` does not say what it holds"),
            )
            .help("Write the type out, or name one.");
        }
    }
}
