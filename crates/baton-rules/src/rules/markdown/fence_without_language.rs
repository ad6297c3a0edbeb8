//! Fenced code names its language.

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD040") else {
        return;
    };
    let allowed = lint.words("allowed_languages");
    let alone = lint.flag("language_only", false);
    for fence in lint.outline().fences.iter().filter(|fence| fence.fenced) {
        let (language, rest) = match fence.info.split_once(char::is_whitespace) {
            Some((language, rest)) => (language, rest.trim()),
            None => (fence.info.as_str(), ""),
        };
        let Some(line) = lint.all_lines().at(fence.span.start) else {
            continue;
        };
        if language.is_empty() {
            let mut opening = line.span;
            opening.start = fence.span.start;
            if let Some(finding) = lint.report(out, opening, "this code names no language") {
                finding.help("Write the language behind the fence; `text` if it is none.");
            }
        } else if !allowed.is_empty() && !allowed.contains(&language) {
            let message = format!("`{language}` is none of the languages allowed here");
            if let Some(finding) = lint.report(out, fence.info_span, message) {
                finding.help(format!("Write one of {}.", allowed.join(", ")));
            }
        }
        if alone && !rest.is_empty() {
            let message = format!("`{rest}` stands behind the language");
            if let Some(finding) = lint.report(out, fence.info_span, message) {
                finding.help("Leave nothing but the language there.");
            }
        }
    }
}
