//! A description is said once.

use baton_iac::bicep::walk::{Visit, walk_declaration, walk_file, walk_type, walk_type_property};
use baton_iac::bicep::{Declaration, Decorator, ExprKind, TypeExpr, TypeKind, TypeProperty};
use baton_source::{Span, Spanned as _};

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("no-conflicting-metadata", Normally::On, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let mut said = Said(Vec::new());
    walk_file(&mut said, lint.tree);
    for at in said.0 {
        out.report(
            lint.file.at(&at),
            "`description` of `@metadata()` yields to `@description()`",
        )
        .help("Keep one of the two.");
    }
}

struct Said(Vec<Span>);

impl Said {
    fn look(&mut self, decorators: &[Decorator]) {
        let named = |wanted: &str| {
            let mut decorators = decorators.iter();
            decorators.find(|it| it.name().is_some_and(|it| it.text == wanted))
        };
        let (Some(metadata), Some(_)) = (named("metadata"), named("description")) else {
            return;
        };
        let object = metadata.arguments().first().map(|it| &it.kind);
        if let Some(ExprKind::Object(object)) = object
            && let Some(property) = object.get("description")
        {
            self.0.push(property.key.span());
        }
    }
}

impl<'t> Visit<'t> for Said {
    fn declaration(&mut self, it: &'t Declaration) {
        self.look(&it.decorators);
        walk_declaration(self, it);
    }

    fn type_property(&mut self, it: &'t TypeProperty) {
        self.look(&it.decorators);
        walk_type_property(self, it);
    }

    fn ty(&mut self, it: &'t TypeExpr) {
        if let TypeKind::Tuple(items) = &it.kind {
            for item in items {
                self.look(&item.decorators);
            }
        }
        walk_type(self, it);
    }
}
