//! Pages begin with front matter.

use baton_source::Span;
use baton_syntax::front_matter::Split;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if file.problem().is_some() {
        return;
    }
    let (span, message, help) = match file.split() {
        Split::Found(_) => return,
        Split::Unclosed(span) => (
            *span,
            "the front matter does not end",
            "Close it with a line `---`.",
        ),
        Split::None => (
            Span::at(0),
            "the page has no front matter",
            "Begin the page with front matter that holds `title` and `description`.",
        ),
    };
    out.report(file.at(&span), message).help(help);
}
