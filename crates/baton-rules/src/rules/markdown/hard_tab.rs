//! Markdown is indented and aligned with blanks.

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD010") else {
        return;
    };
    if !lint.text.contains('\t') {
        return;
    }
    let width = lint.number("spaces_per_tab", 1);
    let in_code = lint.flag("code_blocks", true);
    let ignored = ignored_fences(&lint, in_code);
    for line in lint.lines() {
        let exempt = ignored.iter().any(|span| span.contains(line.span.start));
        let exempt = (exempt && !line.is_fence()) || (line.is_indented_code() && !in_code);
        if exempt {
            continue;
        }
        for tabs in runs(lint.line_text(line), line.span.start as usize) {
            let code = !in_code && lint.outline().is_code_span(tabs.start);
            if code || lint.all_lines().is_hidden(tabs.start) {
                continue;
            }
            let message = if tabs.len() == 1 { "a tab" } else { "tabs" };
            let Some(finding) = lint.report(out, tabs, format!("{message} instead of blanks"))
            else {
                continue;
            };
            finding
                .help("Write blanks: readers differ on how wide a tab is.")
                .fix(Fix {
                    title: "Replace the tabs by blanks".to_owned(),
                    applicability: Applicability::Safe,
                    edits: vec![file.edit(tabs, " ".repeat(tabs.len() * width))],
                });
        }
    }
}

/// Fenced code in which tabs are nobody's business.
fn ignored_fences(lint: &Lint<'_>, in_code: bool) -> Vec<Span> {
    let languages = lint.words("ignore_code_languages");
    let fences = lint.outline().fences.iter().filter(|fence| fence.fenced);
    let ignored = fences.filter(|fence| {
        let language = fence.info.split_whitespace().next();
        // Code without a language is ignored as soon as some language is.
        let named = language.is_none_or(|own| {
            let mut languages = languages.iter();
            languages.any(|language| language.eq_ignore_ascii_case(own))
        });
        if languages.is_empty() {
            !in_code
        } else {
            named
        }
    });
    ignored.map(|fence| fence.span).collect()
}

/// The runs of tabs in a line that begins at an offset.
fn runs(line: &str, start: usize) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for (at, _) in line.match_indices('\t') {
        let tab = Span::new(start + at, start + at + 1);
        match runs.last_mut() {
            Some(run) if run.end == tab.start => run.end = tab.end,
            _ => runs.push(tab),
        }
    }
    runs
}
