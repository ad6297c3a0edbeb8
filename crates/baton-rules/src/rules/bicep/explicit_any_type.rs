//! Nothing is declared to be of any type.

use baton_iac::bicep::symbols::Form;
use baton_iac::bicep::walk::{Visit, walk_file, walk_type};
use baton_iac::bicep::{TypeExpr, TypeKind};
use baton_source::Span;

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, ("no-explicit-any", Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let references = lint.names.symbols.references.iter();
    let plain = references
        .filter(|it| it.form == Form::Type && it.name == "any" && it.target.is_none())
        .map(|it| it.at);
    let mut qualified = Qualified(Vec::new());
    walk_file(&mut qualified, lint.tree);
    let mut found: Vec<Span> = plain.chain(qualified.0).collect();
    found.sort_unstable();
    for at in found {
        out.report(
            lint.file.at(&at),
            "`any` keeps the compiler from checking this",
        )
        .help("Name the type of what is meant.");
    }
}

/// `sys.any`
struct Qualified(Vec<Span>);

impl<'t> Visit<'t> for Qualified {
    fn ty(&mut self, it: &'t TypeExpr) {
        if let TypeKind::Member { object, name } = &it.kind
            && name.text == "any"
            && matches!(&object.kind, TypeKind::Name(it) if it.text == "sys")
        {
            self.0.push(it.span);
        }
        walk_type(self, it);
    }
}
