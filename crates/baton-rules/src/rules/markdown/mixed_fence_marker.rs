//! All fences of code are of the same marks.

use baton_source::{Applicability, Fix, Span};
use baton_syntax::markdown::Fence;

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD048") else {
        return;
    };
    let mut wanted = lint.word("style", "consistent");
    for fence in lint.outline().fences.iter().filter(|fence| fence.fenced) {
        let marks = opening(&lint, fence);
        let own = if marks.of(lint.text).starts_with('~') {
            "tilde"
        } else {
            "backtick"
        };
        if wanted == "consistent" || wanted.is_empty() {
            wanted = own;
        }
        if own == wanted {
            continue;
        }
        let message = format!("this fence is of {own}s, where others are of {wanted}s");
        let Some(finding) = lint.report(out, marks, message) else {
            continue;
        };
        finding.help(format!("Write {wanted}s."));
        if let Some(fix) = rewritten(&lint, fence, marks, wanted) {
            finding.fix(fix);
        }
    }
}

/// The marks that open a fence.
fn opening(lint: &Lint<'_>, fence: &Fence) -> Span {
    let text = fence.span.of(lint.text);
    let rest = text.trim_start_matches(['`', '~']);
    let start = fence.span.start as usize;
    Span::new(start, start + text.len() - rest.len())
}

/// The same fence of other marks, unless the code or the language is in their way.
fn rewritten(lint: &Lint<'_>, fence: &Fence, marks: Span, wanted: &str) -> Option<Fix> {
    let mark = match wanted {
        "tilde" => "~",
        "backtick" => "`",
        _ => return None,
    };
    if !fence.closed || fence.code.contains(&mark.repeat(3)) || fence.info.contains('`') {
        return None;
    }
    let text = fence.span.of(lint.text).trim_end();
    let kept = text.trim_end_matches(['`', '~']);
    let start = fence.span.start as usize;
    let closing = Span::new(start + kept.len(), start + text.len());
    let edit = |span: Span| lint.file.edit(span, mark.repeat(span.len()));
    Some(Fix {
        title: format!("Write {wanted}s"),
        applicability: Applicability::Safe,
        edits: vec![edit(marks), edit(closing)],
    })
}
