//! Code inside a line touches its backticks.

use baton_source::{Applicability, Span};

use crate::support::markdown::Lint;
use crate::support::markdown_inline::report_extra_blanks;
use crate::support::markdown_math::Math;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const LINE_ENDS: [char; 2] = ['\n', '\r'];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD038") else {
        return;
    };
    let math = Math::new(&lint);
    let codes = lint.outline().codes.iter();
    for code in codes.filter(|code| !math.holds(code.start)) {
        let source = code.of(lint.text);
        let inner = source.trim_matches('`');
        let ticks = source.len() - source.trim_start_matches('`').len();
        if inner.trim().is_empty() {
            continue;
        }
        let inner = Span::new(code.start as usize + ticks, code.end as usize - ticks);
        judge(&lint, out, inner);
    }
}

/// Reports blanks at either end of code; one on each side is there for backticks.
fn judge(lint: &Lint<'_>, out: &mut Findings, inner: Span) {
    let source = inner.of(lint.text);
    let edge = |mark: char| mark == ' ' || LINE_ENDS.contains(&mark);
    let padded = source.starts_with(edge) && source.ends_with(edge);
    let (first, last) = if padded {
        (padding(source, true), padding(source, false))
    } else {
        (0, 0)
    };
    let data = source.get(first..source.len() - last).unwrap_or(source);
    let head = data.split(LINE_ENDS).next().unwrap_or(data);
    let tail = data.rsplit(LINE_ENDS).next().unwrap_or(data);
    let (before, at_tick) = blanks(head, |text| text.trim_start(), |text| text.starts_with('`'));
    let (after, ends_tick) = blanks(tail, |text| text.trim_end(), |text| text.ends_with('`'));
    let before = before - usize::from(at_tick && !padded && before > 0);
    let after = after - usize::from(ends_tick && !padded && after > 0);
    let plain = padded && before > 0 && after > 0 && !at_tick && !ends_tick;
    let (start, end) = (inner.start as usize, inner.end as usize);
    if before > 0 {
        let from = if plain { start } else { start + first };
        let blanks = Span::new(from, start + first + before);
        let message = "a blank before the code between these backticks";
        report_extra_blanks(lint, out, (blanks, message), Applicability::Unsafe);
    }
    if after > 0 {
        let to = if plain { end } else { end - last };
        let blanks = Span::new(end - last - after, to);
        let message = "a blank behind the code between these backticks";
        report_extra_blanks(lint, out, (blanks, message), Applicability::Unsafe);
    }
}

/// The length of the blank or line ending that is no part of the code.
fn padding(source: &str, at_start: bool) -> usize {
    let crlf = if at_start {
        source.starts_with("\r\n")
    } else {
        source.ends_with("\r\n")
    };
    if crlf { 2 } else { 1 }
}

/// How many blanks stand at one end of a line, and whether a backtick is next to them.
fn blanks(line: &str, trim: impl Fn(&str) -> &str, tick: impl Fn(&str) -> bool) -> (usize, bool) {
    let kept = trim(line);
    if kept.is_empty() {
        return (0, false);
    }
    (line.len() - kept.len(), tick(kept))
}
