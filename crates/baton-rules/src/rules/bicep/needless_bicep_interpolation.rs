//! A string that is one text value is that value.

use baton_iac::bicep::infer::Type;
use baton_iac::bicep::walk::{Visit, walk_declaration, walk_file, walk_property};
use baton_iac::bicep::{Declaration, DeclarationKind, Expr, ExprKind, Property, StringPart};

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(
        ctx,
        file,
        ("simplify-interpolation", Normally::On, out),
        judge,
    );
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let mut values = Values(Vec::new());
    walk_file(&mut values, lint.tree);
    for value in values.0 {
        let ExprKind::String(string) = &value.kind else {
            continue;
        };
        let [StringPart::Expr(inner)] = string.parts.as_slice() else {
            continue;
        };
        // Interpolation makes text of numbers and of null.
        if lint.names.type_of(inner) != Some(Type::String) {
            continue;
        }
        let inner = inner.span.of(lint.text);
        out.report(
            lint.file.at(value),
            format!("`{inner}` is text without being interpolated"),
        )
        .help(format!("Write `{inner}`."))
        .fix(lint.replace("Remove the interpolation", value.span, inner));
    }
}

/// The values of properties, variables, outputs, and the defaults of parameters.
struct Values<'t>(Vec<&'t Expr>);

impl<'t> Visit<'t> for Values<'t> {
    fn declaration(&mut self, it: &'t Declaration) {
        match &it.kind {
            DeclarationKind::Var(it) => self.0.push(&it.value),
            DeclarationKind::Output(it) => self.0.push(&it.value),
            DeclarationKind::Param(it) if it.ty.is_some() => self.0.extend(&it.value),
            _ => {}
        }
        walk_declaration(self, it);
    }

    fn property(&mut self, it: &'t Property) {
        self.0.push(&it.value);
        walk_property(self, it);
    }
}
