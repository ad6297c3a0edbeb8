//! Headings are not indented.

use baton_source::{Applicability, Fix};

use crate::support::markdown::Lint;
use crate::support::markdown_containers::Containers;
use crate::support::markdown_headings::headings;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD023") else {
        return;
    };
    let mut containers = Containers::new(&lint);
    for heading in headings(&lint) {
        let blanks = containers.indentation(heading);
        if blanks.is_empty() {
            continue;
        }
        let Some(finding) = lint.report(out, blanks, "this heading is indented") else {
            continue;
        };
        finding.help("Remove the blanks before it.").fix(Fix {
            title: "Remove the blanks".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![file.edit(blanks, "")],
        });
    }
}
