//! No line of Markdown ends in blanks, but for the two that break a line.

use std::collections::BTreeSet;

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD009") else {
        return;
    };
    let breaks = lint.number("br_spaces", 2);
    let breaks = if breaks < 2 { 0 } else { breaks };
    let in_code = lint.flag("code_blocks", false);
    let in_items = lint.flag("list_item_empty_lines", false);
    let breaking = lint.flag("strict", false).then(|| breaking_lines(&lint));
    for line in lint.lines() {
        let text = lint.line_text(line);
        let kept = text.trim_end().len();
        if kept == text.len() || (line.is_code() && !in_code) {
            continue;
        }
        let blanks = Span::new(line.span.start as usize + kept, line.span.end as usize);
        let count = blanks.of(lint.text).chars().count();
        let is_break = breaking
            .as_ref()
            .is_none_or(|lines| lines.contains(&line.number));
        let allowed = (count == breaks && is_break) || lint.all_lines().is_hidden(blanks.start);
        if allowed || (in_items && kept == 0 && in_list(&lint, line.span.start)) {
            continue;
        }
        let what = if count == 1 { "a blank" } else { "blanks" };
        let Some(finding) = lint.report(out, blanks, format!("this line ends in {what}")) else {
            continue;
        };
        finding
            .help("Remove what stands behind the text.")
            .fix(Fix {
                title: "Remove the blanks at the end".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![file.edit(blanks, "")],
            });
    }
}

/// The lines of paragraphs that another line of the paragraph follows, code spans left out.
fn breaking_lines(lint: &Lint<'_>) -> BTreeSet<usize> {
    let outline = lint.outline();
    let line = |offset| lint.file.lines().line_of(offset);
    let lines = |span: &Span| line(span.start)..line(span.end.saturating_sub(1));
    let code: BTreeSet<usize> = outline.codes.iter().flat_map(lines).collect();
    let paragraphs = outline.paragraphs.iter().flat_map(lines);
    paragraphs.filter(|line| !code.contains(line)).collect()
}

fn in_list(lint: &Lint<'_>, offset: u32) -> bool {
    let mut items = lint.outline().items.iter();
    items.any(|item| item.span.contains(offset))
}
