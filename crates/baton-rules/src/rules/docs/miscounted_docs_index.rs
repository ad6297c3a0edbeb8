//! The index of the documentation counts agents and skills right.

use baton_source::{Applicability, Fix, Span};

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("docs-index") {
        for (title, things) in [("Agents (", "agents"), ("Skills (", "skills")] {
            let Some((claimed, span)) = docs::claimed(file, title) else {
                continue;
            };
            let actual = match things {
                "agents" => ctx.repo.of_kind("agent").count(),
                _ => docs::skill_folders(ctx.repo).len(),
            };
            if claimed == actual {
                continue;
            }
            let message = format!("the index counts {claimed} {things}, there are {actual}");
            out.report(file.at(&span), message)
                .help(format!("Write `{actual}`, and list what is missing."))
                .fix(fix(file, span, actual));
        }
    }
}

fn fix(file: &File, span: Span, actual: usize) -> Fix {
    Fix {
        title: format!("Write `{actual}`"),
        applicability: Applicability::Safe,
        edits: vec![file.edit(span, actual.to_string())],
    }
}
