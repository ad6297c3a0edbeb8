//! A Bicep file stays within the limits that Azure sets templates.

use baton_iac::bicep::DeclarationKind;

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let (code, what, limit) = match slug {
        "too-many-bicep-parameters" => ("max-params", "parameters", 256),
        "too-many-bicep-variables" => ("max-variables", "variables", 512),
        "too-many-bicep-outputs" => ("max-outputs", "outputs", 64),
        "too-many-bicep-resources" => ("max-resources", "resources", 800),
        _ => ("max-asserts", "asserts", 32),
    };
    lint(ctx, file, (code, Normally::On, out), |lint, out| {
        judge(lint, (what, limit), out);
    });
}

fn judge(lint: &Lint<'_>, (what, limit): (&str, usize), out: &mut Findings) {
    let declarations = lint.tree.declarations.iter();
    let mut counted = declarations.filter(|it| {
        matches!(
            (what, &it.kind),
            ("parameters", DeclarationKind::Param(_))
                | ("variables", DeclarationKind::Var(_))
                | ("outputs", DeclarationKind::Output(_))
                | (
                    "resources",
                    DeclarationKind::Resource(_) | DeclarationKind::Module(_)
                )
                | ("asserts", DeclarationKind::Assert(_))
        )
    });
    let Some(first) = counted.next() else { return };
    let number = counted.count() + 1;
    if number > limit {
        let at = first.name().map_or(first.keyword, |it| it.span);
        out.report(
            lint.file.at(&at),
            format!("{number} {what} are more than the {limit} that a template may have"),
        )
        .help("Move some of them into a module.");
    }
}
