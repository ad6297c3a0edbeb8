//! The text of a link stands in brackets, its destination in parentheses.

use std::sync::LazyLock;

use baton_source::{Applicability, Fix, Span};
use baton_syntax::markdown::lines::Line;
use regex::{Captures, Regex};

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

static REVERSED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\\])(\(([^()]+)\)\[([^\]^][^\]]*)\])").ok());

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD011") else {
        return;
    };
    for line in lint.lines() {
        let text = lint.line_text(line);
        if !line.is_code() && !line.is_fence() && text.contains(")[") {
            judge(&lint, line, out);
        }
    }
}

fn judge(lint: &Lint<'_>, line: &Line, out: &mut Findings) {
    let Some(pattern) = REVERSED.as_ref() else {
        return;
    };
    let text = lint.line_text(line);
    let mut from = 0;
    while let Some(found) = pattern.captures_at(text, from) {
        let (Some(whole), Some(link)) = (found.get(0), found.get(1)) else {
            return;
        };
        let behind = text.get(link.end()..).unwrap_or("");
        if behind.starts_with('(') {
            // The brackets are the text of a link that follows.
            let first = whole.as_str().chars().next().map_or(1, char::len_utf8);
            from = whole.start() + first;
            continue;
        }
        from = link.end();
        let place = Span::new(link.start(), link.end()).shifted(line.span.start as usize);
        report(lint, &found, place, out);
    }
}

fn report(lint: &Lint<'_>, found: &Captures<'_>, place: Span, out: &mut Findings) {
    let part = |group| found.get(group).map_or("", |part| part.as_str());
    let (text, destination) = (part(2), part(3));
    let outline = lint.outline();
    let code = outline.is_code_span(place.start)
        || !baton_syntax::markdown::within(&outline.codes, place).is_empty();
    let hidden = lint.all_lines().is_hidden(place.start);
    if code || hidden || text.ends_with('\\') || destination.ends_with('\\') {
        return;
    }
    let message = "brackets and parentheses of this link are reversed";
    let Some(finding) = lint.report(out, place, message) else {
        return;
    };
    let mended = format!("[{text}]({destination})");
    finding.help(format!("Write `{mended}`.")).fix(Fix {
        title: "Exchange them".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![lint.file.edit(place, mended)],
    });
}
