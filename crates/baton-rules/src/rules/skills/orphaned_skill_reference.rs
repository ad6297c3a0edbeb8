//! Something leads to every reference of a skill.

use std::collections::{BTreeMap, BTreeSet};

use baton_source::RepoPath;

use crate::support::skill_mentions::{Cited, cited, guides, linked, names_in_code};
use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !skills::conventions(ctx).orphaned_references {
        return;
    }
    let references: Vec<&File> = ctx.repo.of_kind("skill-reference").collect();
    if references.is_empty() {
        return;
    }
    let mut known = Known::default();
    for file in guides(ctx) {
        known.cited.extend(cited(file.text(), None));
        known.linked.extend(linked(file));
    }
    for file in ctx.repo.of_kind("skill-text") {
        known.take(file);
    }
    for file in references {
        let Some((folder, skill)) = skill_of(ctx, file) else {
            continue;
        };
        if !known.leads_to(file, (folder, skill)) {
            let message = format!("nothing leads to this reference of the skill `{skill}`");
            out.report(file.whole(), message)
                .help("Link it from `SKILL.md`, or delete it.");
        }
    }
}

/// What texts lead to.
#[derive(Default)]
struct Known<'t> {
    cited: Cited<'t>,
    linked: BTreeSet<RepoPath>,
    /// The texts of a skill, by its folder.
    texts: BTreeMap<&'t str, Vec<&'t File>>,
}

impl<'t> Known<'t> {
    /// Takes a text of a skill; what it says of itself does not lead to it.
    fn take(&mut self, file: &'t File) {
        let Some((folder, skill)) = split(file) else {
            return;
        };
        let stem = file.path.name().trim_end_matches(".md");
        let is_other = |(of, name): &(&str, &str)| *of != skill || *name != stem;
        let cited = cited(file.text(), Some(skill)).into_iter();
        self.cited.extend(cited.filter(is_other));
        self.linked.extend(linked(file));
        self.texts.entry(folder).or_default().push(file);
    }

    fn leads_to(&self, file: &File, (folder, skill): (&str, &str)) -> bool {
        let name = file.path.name();
        let stem = name.trim_end_matches(".md");
        if self.linked.contains(&file.path) || self.cited.contains(&(skill, stem)) {
            return true;
        }
        let texts = self.texts.get(folder).map_or(&[][..], Vec::as_slice);
        let mut others = texts.iter().filter(|text| text.id != file.id);
        others.any(|text| names_in_code(text.text(), name))
    }
}

/// The folder and the name of the skill that a reference belongs to, when it has a `SKILL.md`.
fn skill_of<'f>(ctx: &Ctx<'_>, file: &'f File) -> Option<(&'f str, &'f str)> {
    let (folder, skill) = split(file)?;
    ctx.repo.file(&format!("{folder}/SKILL.md"))?;
    Some((folder, skill))
}

/// The folder and the name of the skill that a text belongs to: what follows the last `skills`.
fn split(file: &File) -> Option<(&str, &str)> {
    let path = file.path.as_str();
    let start = path.find("skills/")? + "skills/".len();
    let (skill, _) = path.get(start..)?.split_once('/')?;
    Some((path.get(..start + skill.len())?, skill))
}
