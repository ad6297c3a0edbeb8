//! Nothing goes by the name that a skill had before.

use baton_source::{Applicability, Fix, Span};

use crate::support::{docs, skills};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let pack = skills::conventions(ctx);
    let own = ctx.settings.skills.retired.as_ref();
    let retired = own.unwrap_or(&pack.retired);
    if retired.is_empty() || docs::holds_part(file.path.as_str(), &pack.retired_skip) {
        return;
    }
    let text = file.text();
    for (old, new) in retired {
        if docs::has_skill(ctx.repo, old) {
            continue;
        }
        for (start, _) in text.match_indices(old.as_str()) {
            if !docs::begins_word(text, start) || docs::word(text, start) != old {
                continue;
            }
            let span = Span::new(start, start + old.len());
            out.report(
                file.at(&span),
                format!("the skill `{old}` is called `{new}` now"),
            )
            .help(format!("Write `{new}`."))
            .fix(Fix {
                title: format!("Write `{new}`"),
                applicability: Applicability::Unsafe,
                edits: vec![file.edit(span, new.as_str())],
            });
        }
    }
}
