//! A document has one title.

use crate::support::markdown::Lint;
use crate::support::markdown_headings::{
    first_content, front_matter_has_title, headings, is_tab, title_level,
};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD025") else {
        return;
    };
    let level = title_level(&lint);
    let mut titles = headings(&lint)
        .filter(|heading| usize::from(heading.level) == level && !is_tab(&lint, heading));
    let named = front_matter_has_title(&lint);
    let mut title = None;
    if !named {
        let Some(first) = titles.next() else {
            return;
        };
        if !first.top_level || first_content(&lint) != Some(first.span.start) {
            return;
        }
        title = Some(first.span);
    }
    for heading in titles {
        let message = if named {
            "the front matter gives this document its title, and this is another"
        } else {
            "this document has a title, and this is another"
        };
        if let Some(finding) = lint.report(out, heading.span, message) {
            finding.help("Put it, and what stands below it, one level down.");
            if let Some(title) = title {
                finding.label(file.at(&title), "the title");
            }
        }
    }
}
