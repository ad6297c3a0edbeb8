//! Skills hold nothing of the format that they had before.

use baton_source::Span;

use crate::support::{docs, skills};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for syntax in &skills::conventions(ctx).outdated_syntax {
        let found: Vec<Span> = docs::phrases(file.text(), syntax).collect();
        for span in found {
            out.report(
                file.at(&span),
                format!("`{syntax}` belongs to the format that skills had before"),
            )
            .help("Keep the keys of the skill in the front matter of `SKILL.md`.");
        }
    }
}
