//! A blank parts the hashes of a heading from its text.

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD018") else {
        return;
    };
    for line in lint.lines() {
        if line.is_code() || line.is_fence() || line.is_html() {
            continue;
        }
        let text = lint.line_text(line);
        let rest = text.trim_start_matches('#');
        let hashes = text.len() - rest.len();
        let apart = rest.is_empty() || rest.starts_with([' ', '\t']);
        // The number sign as an emoji is no heading.
        let emoji = rest.starts_with('\u{fe0f}');
        if hashes == 0 || apart || emoji || text.trim_end().ends_with('#') {
            continue;
        }
        let start = line.span.start as usize;
        let marks = Span::new(start, start + hashes);
        let message = "no blank behind the hashes, so this is no heading";
        let Some(finding) = lint.report(out, marks, message) else {
            continue;
        };
        finding.help("Write a blank behind the hashes.").fix(Fix {
            title: "Add a blank".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![file.edit(Span::at(start + hashes), " ")],
        });
    }
}
