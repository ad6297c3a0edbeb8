//! Names of properties stand in quotes only where they must.

use baton_iac::bicep::walk::{Visit, walk_expr, walk_file, walk_property};
use baton_iac::bicep::{Expr, ExprKind, Key, Property};
use baton_source::{Span, Spanned as _};

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_names::is_name;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const CODE: &str = "prefer-unquoted-property-names";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, (CODE, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let mut quoted = Quoted {
        text: lint.text,
        found: Vec::new(),
    };
    walk_file(&mut quoted, lint.tree);
    for (at, name, instead) in quoted.found {
        out.report(
            lint.file.at(&at),
            format!("the property name `{name}` needs no quotes"),
        )
        .help(format!("Write `{instead}`."))
        .fix(lint.replace("Remove the quotes", at, instead));
    }
}

struct Quoted<'t> {
    text: &'t str,
    found: Vec<(Span, String, String)>,
}

impl<'t> Visit<'t> for Quoted<'t> {
    fn property(&mut self, it: &'t Property) {
        if let Key::String(_) = &it.key
            && let Some(name) = it.key.as_str()
            && is_name(name)
        {
            let found = (it.key.span(), name.to_owned(), name.to_owned());
            self.found.push(found);
        }
        walk_property(self, it);
    }

    fn expr(&mut self, it: &'t Expr) {
        if let ExprKind::Index {
            object,
            safe,
            from_end: false,
            index,
        } = &it.kind
            && let Some(name) = index.as_str()
            && is_name(name)
        {
            let between = Span::new(object.span.end as usize, it.span.end as usize);
            // A bracket may stand behind a line end or a comment.
            let start = between.of(self.text).find('[').unwrap_or(0);
            let at = Span::new(between.start as usize + start, it.span.end as usize);
            let instead = format!("{}{name}", if *safe { ".?" } else { "." });
            self.found.push((at, name.to_owned(), instead));
        }
        walk_expr(self, it);
    }
}
