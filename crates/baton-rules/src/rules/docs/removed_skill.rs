//! Nothing speaks of skills that are gone.

use baton_source::Span;

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.docs.removed_skills.as_ref();
    let removed = own.unwrap_or(&docs::conventions(ctx).removed_skills);
    if removed.is_empty() || !docs::is_scanned(ctx, file) {
        return;
    }
    let text = file.text();
    for folder in docs::paths(text, "skills/") {
        let name = docs::word(text, folder.end as usize);
        let Some(instead) = docs::look_up(removed, name) else {
            continue;
        };
        if docs::has_skill(ctx.repo, name) {
            continue;
        }
        let start = folder.end as usize;
        let span = Span::new(start, start + name.len());
        out.report(
            file.at(&span),
            format!("there is no skill `{name}` any more"),
        )
        .help(docs::instead(instead));
    }
}
