//! Agents hold no tags that only another vendor's models understand.

use baton_source::Span;

use crate::support::prompting;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(foreign) = &ctx.repo.prompting().foreign_tags else {
        return;
    };
    let Some(model) = prompting::made_by(ctx, file, &foreign.vendor) else {
        return;
    };
    let body = file.body();
    let text = body.of(file.text());
    for tag in &foreign.tags {
        let Some(start) = text.find(tag.as_str()) else {
            continue;
        };
        let at = Span::new(start, start + tag.len()).shifted(body.start as usize);
        let message = format!("`{tag}` means nothing to `{}`", model.label);
        let found = out.report(file.at(&at), message);
        found.help("Say it under a heading: tags of this kind are for another vendor's models.");
        prompting::lower(found, model.family);
    }
}
