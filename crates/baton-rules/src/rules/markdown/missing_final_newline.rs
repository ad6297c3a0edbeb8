//! A Markdown file ends with a line ending.

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::{Lint, is_blank};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD047") else {
        return;
    };
    let Some(last) = lint.lines().last() else {
        return;
    };
    let text = lint.line_text(last);
    if is_blank(text) {
        return;
    }
    let width = text.chars().next_back().map_or(0, char::len_utf8);
    let end = last.span.end as usize;
    let message = "the file ends without a line ending";
    let Some(finding) = lint.report(out, Span::new(end - width, end), message) else {
        return;
    };
    let ending = file.line_ending();
    finding.help("Add a line ending.").fix(Fix {
        title: "Add a line ending".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![file.edit(Span::at(end), ending)],
    });
}
