//! Parameters files set only what their template declares.

use baton_iac::bicep::symbols::SymbolKind;
use baton_source::nearest;

use super::secret_in_parameters_file::template;
use crate::support::bicep::{Lint, compile};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    compile(ctx, file, |lint| judge(lint, out));
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let Some(template) = template(lint) else {
        return;
    };
    for (_, symbol) in lint.of_kind(SymbolKind::Assignment) {
        let known = template.parameters.iter().map(|it| it.name.as_str());
        if known.clone().any(|it| it == symbol.name) {
            continue;
        }
        let path = &template.file.path;
        let finding = out.report(
            lint.file.at(&symbol.at),
            format!("`{path}` has no parameter `{}` (`BCP259`)", symbol.name),
        );
        match nearest(&symbol.name, known) {
            Some(near) => finding.help(format!("Did you mean `{near}`?")),
            None => finding.help(format!("Remove it, or declare it in `{path}`.")),
        };
    }
}
