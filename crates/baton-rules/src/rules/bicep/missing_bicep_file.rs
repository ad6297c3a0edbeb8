//! Files that Bicep files name are there.

use baton_iac::bicep::{DeclarationKind, StringLiteral};

use crate::support::bicep::{Lint, compile};
use crate::support::bicep_modules::{Referred, referred};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    compile(ctx, file, |lint| judge(lint, out));
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for declaration in &lint.tree.declarations {
        let (what, source): (&str, &StringLiteral) = match &declaration.kind {
            DeclarationKind::Module(it) => ("module", &it.source),
            DeclarationKind::Test(it) => ("test", &it.source),
            DeclarationKind::Import(it) => ("imported file", &it.source),
            DeclarationKind::Extends(source) => ("parameters file", source),
            DeclarationKind::Using(using) => match &using.source {
                Some(source) => ("template", source),
                None => continue,
            },
            _ => continue,
        };
        let Referred::Missing(path) = referred(lint.repo, lint.file, source) else {
            continue;
        };
        // Templates in JSON may be made on the way to deploying.
        if !matches!(
            path.name().rsplit_once('.'),
            Some((_, "bicep" | "bicepparam"))
        ) {
            continue;
        }
        out.report(
            lint.file.at(source),
            format!("the {what} `{path}` is not there (`BCP091`)"),
        )
        .help("Correct the path: it starts at the folder of this file.");
    }
}
