//! A skill with references lists them.

use baton_source::Span;

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.docs.reference_index.as_ref();
    let Some(index) = own.or(docs::conventions(ctx).reference_index.as_ref()) else {
        return;
    };
    if file.problem().is_some() || file.text().contains(index) {
        return;
    }
    let references = ctx.repo.of_kind("skill-reference");
    let mine = references.filter(|one| {
        let skill = docs::skill_of(ctx.repo, one);
        skill.is_some_and(|skill| skill.id == file.id)
    });
    let count = mine.count();
    if count == 0 {
        return;
    }
    let files = if count == 1 {
        "reference"
    } else {
        "references"
    };
    let body = Span::at(file.body().start as usize);
    let message = format!("the skill has {count} {files} and no `{index}`");
    out.report(file.at(&body), message)
        .help(format!("Add a section `## {index}` that lists them."));
}
