//! Parameters files set everything that their template needs.

use baton_iac::bicep::DeclarationKind;
use baton_iac::bicep::symbols::SymbolKind;

use super::secret_in_parameters_file::template;
use crate::support::bicep::{Lint, compile};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    compile(ctx, file, |lint| judge(lint, out));
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let mut using = None;
    for declaration in &lint.tree.declarations {
        match &declaration.kind {
            // What another file sets is set.
            DeclarationKind::Extends(_) => return,
            DeclarationKind::Using(it) => using = it.source.as_ref(),
            _ => {}
        }
    }
    let (Some(using), Some(template)) = (using, template(lint)) else {
        return;
    };
    let is_set = |name: &str| {
        let mut set = lint.of_kind(SymbolKind::Assignment);
        set.any(|(_, it)| it.name == name)
    };
    let needed = template.parameters.iter();
    let missing = needed.filter(|it| it.is_required() && !is_set(&it.name));
    for parameter in missing {
        let name = &parameter.name;
        out.report(
            lint.file.at(using),
            format!("`{name}`, which the template needs, is not set (`BCP258`)"),
        )
        .help(format!("Add `param {name} = …`."))
        .label(
            template.file.at(&parameter.param.name),
            "declared here without a default",
        );
    }
}
