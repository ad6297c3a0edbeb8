//! Artifacts have no sections that their type does not know.

use baton_repo::artifact::Strictness;
use baton_source::{Applicability, Fix};
use baton_syntax::emoji::without_pictures;

use crate::support::artifacts::{Contract, H2, alike, h2, of_artifact};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = of_artifact(ctx, file) else {
        return;
    };
    if contract.kind.strictness == Strictness::Relaxed {
        return;
    }
    let found = h2(ctx, file);
    for heading in &found {
        let text = heading.text;
        if contract.knows(&found, text) {
            continue;
        }
        let message = format!("`## {text}` is no section of `{}`", contract.kind.name);
        let finding = out.report(file.at(heading), message);
        finding.help("Make it a subsection, or name it as the template does.");
        if let Some(new) = renamed(&contract, &found, heading) {
            finding.fix(Fix {
                title: format!("Write `## {new}`"),
                applicability: Applicability::Unsafe,
                edits: vec![file.edit(heading.text_span(), new)],
            });
        }
    }
}

/// What an older name of a section became; `None` when a section already has that name, or
/// when two sections would get it.
fn renamed<'c>(contract: &'c Contract, found: &[H2<'_>], heading: &H2<'_>) -> Option<&'c str> {
    let target = |text: &str| {
        let renames = &contract.kind.renames;
        renames
            .get(text)
            .or_else(|| renames.get(&without_pictures(text)))
    };
    let new = target(heading.text)?;
    let taken = |one: &H2<'_>| alike(one.text, new) || target(one.text) == Some(new);
    if found.iter().filter(|one| taken(one)).count() > 1 {
        return None;
    }
    let mut required = contract.kind.headings.iter();
    required.find(|one| alike(one, new)).map(String::as_str)
}
