//! The text of a link touches its brackets.

use baton_source::{Applicability, Span};

use crate::support::markdown::Lint;
use crate::support::markdown_inline::report_extra_blanks;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const LINE_ENDS: [char; 2] = ['\n', '\r'];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD039") else {
        return;
    };
    for link in lint.texted_links() {
        let text = link.text_span.of(lint.text);
        let (start, end) = (link.text_span.start as usize, link.text_span.end as usize);
        let blank = |mark: char| mark.is_whitespace() && !LINE_ENDS.contains(&mark);
        if text.starts_with(char::is_whitespace) {
            let message = "a blank before the text of this link";
            let blanks = text.len() - text.trim_start_matches(blank).len();
            let breaks = text.len() - text.trim_start_matches(LINE_ENDS).len();
            report(
                &lint,
                out,
                (Span::new(start, start + blanks), start + breaks),
                message,
            );
        }
        if text.ends_with(char::is_whitespace) {
            let message = "a blank behind the text of this link";
            let blanks = text.len() - text.trim_end_matches(blank).len();
            let kept = text.trim_end_matches(LINE_ENDS).len();
            report(
                &lint,
                out,
                (Span::new(end - blanks, end), start + kept),
                message,
            );
        }
    }
}

/// Reports blanks, or the line where a line break stands in place of them.
fn report(
    lint: &Lint<'_>,
    out: &mut Findings,
    (blanks, broken): (Span, usize),
    message: &'static str,
) {
    if !blanks.is_empty() {
        report_extra_blanks(lint, out, (blanks, message), Applicability::Safe);
    } else if let Some(finding) = lint.report(out, Span::at(broken), message) {
        finding.help("Join the lines.");
    }
}
