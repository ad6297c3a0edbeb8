//! Sections of a digest are sections of its skill.

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if skills::conventions(ctx).digests.is_none() || file.path.name() != "SKILL.digest.md" {
        return;
    }
    let source = ctx.repo.file(&format!("{}SKILL.md", skills::folder(file)));
    let Some(source) = source.filter(|source| source.problem().is_none()) else {
        return;
    };
    let known: Vec<&str> = source.markdown().h2().map(|h2| plain(&h2.text)).collect();
    for heading in file.markdown().h2() {
        let title = plain(&heading.text);
        let is_known = known
            .iter()
            .any(|known| known.contains(title) || title.contains(known));
        if !is_known {
            let message = format!("`SKILL.md` has no section `{title}`");
            out.report(file.at(&heading.text_span), message)
                .label(source.whole(), "this is what it shortens")
                .help("Make the digest anew from `SKILL.md`.");
        }
    }
}

/// A title without what stands in brackets at its end.
fn plain(title: &str) -> &str {
    let open = title.rfind('(').filter(|_| title.trim_end().ends_with(')'));
    open.and_then(|open| title.get(..open))
        .unwrap_or(title)
        .trim()
}
