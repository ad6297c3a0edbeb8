//! The pipes of a table are aligned, or stand apart from the cells by one blank, or by none.

use std::collections::BTreeSet;

use baton_source::Span;
use unicode_width::UnicodeWidthStr;

use crate::support::markdown::Lint;
use crate::support::markdown_tables::{Row, rows};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// A pipe and what is wrong with it.
type Fault = (Span, &'static str);

/// What stands in a row, as far as it matters here.
#[derive(Clone, Copy)]
enum Part {
    Pipe(Span),
    Blank(Span),
    Text,
}

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD060") else {
        return;
    };
    let style = match lint.word("style", "any") {
        "" => "any",
        style => style,
    };
    let with_delimiter = lint.flag("aligned_delimiter", false);
    for table in &lint.outline().tables {
        let rows = rows(&lint, table);
        for (pipe, message) in faults(&lint, &rows, (style, with_delimiter)) {
            if let Some(finding) = lint.report(out, pipe, message) {
                finding.help("Align the pipes, or leave one blank on either side of each.");
            }
        }
    }
}

/// The faults by the style that has the fewest.
fn faults(lint: &Lint<'_>, rows: &[Row], (style, with_delimiter): (&str, bool)) -> Vec<Fault> {
    let allows = |name: &str| style == "any" || style == name;
    let aligned = if allows("aligned") {
        unaligned(lint, rows)
    } else {
        Vec::new()
    };
    if allows("aligned") && aligned.is_empty() {
        return aligned;
    }
    let (mut compact, mut tight) = (Vec::new(), Vec::new());
    if with_delimiter {
        compact = unaligned(lint, rows.get(..2).unwrap_or(rows));
        tight.clone_from(&compact);
    }
    for row in rows {
        judge(&parts(lint, row), row, (&mut compact, &mut tight));
    }
    let mut best = aligned;
    if allows("compact") && (compact.len() < best.len() || !allows("aligned")) {
        best = compact;
    }
    if allows("tight") && (tight.len() < best.len() || style == "tight") {
        best = tight;
    }
    best
}

/// The pipes that stand below no pipe of the header.
fn unaligned(lint: &Lint<'_>, rows: &[Row]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let Some((header, rows)) = rows.split_first() else {
        return faults;
    };
    let header: BTreeSet<usize> = columns(lint, header).into_iter().collect();
    for row in rows {
        let mut left = header.clone();
        for (column, pipe) in columns(lint, row).into_iter().zip(&row.pipes) {
            if !left.is_empty() && !left.remove(&column) {
                faults.push((*pipe, "this pipe is not aligned with those of the header"));
            }
        }
    }
    faults
}

/// Where the pipes of a row stand, counted in columns of a terminal.
fn columns(lint: &Lint<'_>, row: &Row) -> Vec<usize> {
    let line = lint.all_lines().at(row.span.start);
    let mut from = line.map_or(row.span.start, |line| line.span.start);
    let mut column = 0;
    let pipes = row.pipes.iter().map(|pipe| {
        let before = Span {
            start: from,
            end: pipe.start,
        };
        column += width(before.of(lint.text));
        from = pipe.end;
        column += 1;
        column - 1
    });
    pipes.collect()
}

/// The width of a text, in which tabs have none.
fn width(text: &str) -> usize {
    let visible = text.split(|mark: char| mark.is_control());
    visible.map(UnicodeWidthStr::width).sum()
}

/// The parts of a row.
fn parts(lint: &Lint<'_>, row: &Row) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut from = row.span.start;
    let ends = row.pipes.iter().map(|pipe| (pipe.start, Some(*pipe)));
    for (end, pipe) in ends.chain([(row.span.end, None)]) {
        let start = from as usize;
        let cell = Span { start: from, end };
        let source = cell.of(lint.text);
        let text = source.trim_start();
        let before = Span::new(start, start + source.len() - text.len());
        let after = Span::new(start + source.trim_end().len(), end as usize);
        if !before.is_empty() {
            parts.push(Part::Blank(before));
        }
        if !text.is_empty() {
            parts.push(Part::Text);
            if !after.is_empty() {
                parts.push(Part::Blank(after));
            }
        }
        if let Some(pipe) = pipe {
            parts.push(Part::Pipe(pipe));
            from = pipe.end;
        }
    }
    parts
}

/// Adds what is wrong with the pipes of a row in a compact and in a tight table.
fn judge(parts: &[Part], row: &Row, (compact, tight): (&mut Vec<Fault>, &mut Vec<Fault>)) {
    for (at, part) in parts.iter().enumerate() {
        let Part::Pipe(pipe) = *part else { continue };
        let before = at.checked_sub(1).and_then(|before| parts.get(before));
        let last = |blank: &Span| blank.end == row.span.end;
        match before {
            Some(Part::Blank(blank)) => {
                if blank.len() != 1 {
                    compact.push((pipe, "more than one blank before this pipe"));
                }
                tight.push((pipe, "a blank before this pipe"));
            }
            Some(_) => compact.push((pipe, "no blank before this pipe")),
            None => {}
        }
        match parts.get(at + 1) {
            Some(Part::Blank(blank)) if last(blank) => {}
            Some(Part::Blank(blank)) => {
                if blank.len() != 1 {
                    compact.push((pipe, "more than one blank behind this pipe"));
                }
                tight.push((pipe, "a blank behind this pipe"));
            }
            Some(_) => compact.push((pipe, "no blank behind this pipe")),
            None => {}
        }
    }
}
