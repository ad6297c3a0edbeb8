//! References of skills carry the mark by which one can tell that they were read.

use baton_source::{Applicability, Fix, Span};

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let pack = docs::conventions(ctx);
    let own = ctx.settings.docs.reference_mark.as_ref();
    let Some(mark) = own.or(pack.reference_mark.as_ref()) else {
        return;
    };
    let text = file.text();
    // Without `SKILL.md` beside the folder it is no skill's reference.
    if text.is_empty() || docs::skill_of(ctx.repo, file).is_none() || text.contains(mark) {
        return;
    }
    let stem = file.path.name().trim_end_matches(".md");
    let body = Span::at(file.body().start as usize);
    let line = format!("<!-- ref:{stem}-v1 -->");
    let message = format!("the reference has no mark `{mark}`");
    let finding = out
        .report(file.at(&body), message)
        .help(format!("Add a line such as `{line}`."));
    // Front matter must stay the first thing in its file.
    if line.starts_with(mark.as_str()) && file.front_matter_block().is_none() {
        let top = text.len() - text.trim_start_matches('\u{feff}').len();
        let ending = file.line_ending();
        finding.fix(Fix {
            title: "Begin with the mark".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![file.edit(Span::at(top), format!("{line}{ending}{ending}"))],
        });
    }
}
