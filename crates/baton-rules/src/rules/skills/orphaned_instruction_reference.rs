//! Something leads to every reference of instructions.

use std::collections::BTreeSet;

use crate::support::skill_mentions::{cited, guides, linked, names_in_code};
use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let references: Vec<&File> = ctx.repo.of_kind("instruction-reference").collect();
    if references.is_empty() || !skills::conventions(ctx).orphaned_references {
        return;
    }
    let mut texts: Vec<&File> = guides(ctx).collect();
    texts.extend(ctx.repo.of_kind("skill"));
    texts.extend(&references);
    let mut names = BTreeSet::new();
    let mut paths = BTreeSet::new();
    for file in &texts {
        // Of several folders of references a name alone tells none.
        let found = cited(file.text(), Some("")).into_iter();
        let own = found.filter(|(of, _)| of.is_empty() || *of == "instructions");
        names.extend(own.map(|(_, name)| name));
        paths.extend(linked(file));
    }
    for file in references {
        let name = file.path.name();
        let is_named = names.contains(name.trim_end_matches(".md")) || paths.contains(&file.path);
        let mut others = texts.iter().filter(|text| text.id != file.id);
        if !is_named && !others.any(|text| names_in_code(text.text(), name)) {
            out.report(
                file.whole(),
                "nothing leads to this reference of instructions",
            )
            .help("Link it from the instructions that need it, or delete it.");
        }
    }
}
