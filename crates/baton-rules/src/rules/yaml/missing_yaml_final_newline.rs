//! A YAML file ends with a line ending.

use baton_source::{Applicability, Fix, Span};

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "new-line-at-end-of-file") else {
        return;
    };
    let last = lint.lines().last();
    let Some(last) = last.filter(|last| !last.is_empty()) else {
        return;
    };
    let end = lint.text.len();
    let width = lint.text.chars().next_back().map_or(0, char::len_utf8);
    let at = Span::new((end - width).max(last.start as usize), end);
    let Some(finding) = lint.report(out, at, "the file ends without a line ending") else {
        return;
    };
    let ending = file.line_ending();
    finding.help("Add a line ending.").fix(Fix {
        title: "Add a line ending".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![file.edit(Span::at(end), ending)],
    });
}
