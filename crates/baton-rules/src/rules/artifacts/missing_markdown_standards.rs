//! Where agents write artifacts, instructions say how Markdown is written.

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    let mut standards = repo.of_kind("markdown-standards");
    let mut teaching = repo.of_kind("artifact-skill");
    if standards.next().is_some() {
        return;
    }
    if let Some(skill) = teaching.find(|file| file.path.name() == "SKILL.md") {
        out.report(skill.whole(), "there are no instructions for Markdown beside the skill")
            .help("Add `.github/instructions/markdown.instructions.md` and say there that artifacts follow templates.");
    }
}
