//! The names of administrators do not stand in the code.

use baton_iac::bicep::walk::{Visit, walk_declaration, walk_property};
use baton_iac::bicep::{Expr, Property};

use crate::support::bicep::{Lint, Normally, lint};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const CODE: &str = "adminusername-should-not-be-literal";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, (CODE, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (at, declaration, _) in lint.resources() {
        // Those inside another are seen with it.
        if lint.symbol(at).is_some_and(|it| it.parent.is_some()) {
            continue;
        }
        let mut names = Names(Vec::new());
        walk_declaration(&mut names, declaration);
        for value in names.0 {
            if let Some(text) = lint.names.literal(value) {
                out.report(
                    lint.file.at(value),
                    format!("the administrator's name is always `{text}`"),
                )
                .help("Take it from a parameter without a default.");
            }
        }
    }
}

struct Names<'t>(Vec<&'t Expr>);

impl<'t> Visit<'t> for Names<'t> {
    fn property(&mut self, it: &'t Property) {
        let key = it.key.as_str();
        if key.is_some_and(|it| it.eq_ignore_ascii_case("adminUsername")) {
            self.0.push(&it.value);
        } else {
            walk_property(self, it);
        }
    }
}
