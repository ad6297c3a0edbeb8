//! A comment stands apart from what is before it, and its text apart from the `#`.

use baton_source::{Applicability, Fix, Span};
use baton_syntax::yaml::tokens::Comment;

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "comments") else {
        return;
    };
    let least = lint.number("min-spaces-from-content", 2);
    let apart = lint.flag("require-starting-space", true);
    for comment in lint.comments() {
        if comment.is_inline && least >= 0 {
            judge_distance(&lint, comment, least, out);
        }
        if apart {
            judge_text(&lint, comment, out);
        }
    }
}

fn judge_distance(lint: &Lint<'_>, comment: &Comment, least: i64, out: &mut Findings) {
    let last = comment.after.checked_sub(1);
    let Some(last) = last.and_then(|last| lint.tokens().get(last)) else {
        return;
    };
    let gap = Span {
        start: last.span.end,
        end: comment.span.start,
    };
    if i64::from(gap.end.saturating_sub(gap.start)) >= least {
        return;
    }
    let message = format!("fewer than {least} blanks before this comment");
    let Some(finding) = lint.report(out, comment.span, message) else {
        return;
    };
    let blanks = " ".repeat(usize::try_from(least).unwrap_or(0));
    finding
        .help(format!(
            "Leave {least} between it and what stands before it."
        ))
        .fix(Fix {
            title: "Widen the gap".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![lint.file.edit(gap, blanks)],
        });
}

fn judge_text(lint: &Lint<'_>, comment: &Comment, out: &mut Findings) {
    let text = comment.span.of(lint.text);
    let words = text.trim_start_matches('#');
    let shebang = comment.span.start == 0 && words.starts_with('!');
    let allowed = shebang && lint.flag("ignore-shebangs", true);
    if allowed || words.is_empty() || words.starts_with(' ') {
        return;
    }
    let start = comment.span.start as usize + text.len() - words.len();
    let message = "no blank after the `#` of this comment";
    let Some(finding) = lint.report(out, comment.span, message) else {
        return;
    };
    finding.help("Write a blank.").fix(Fix {
        title: "Write a blank after the `#`".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![lint.file.edit(Span::at(start), " ")],
    });
}
