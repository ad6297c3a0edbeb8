//! The page of a manifest of SKUs: what its tables must show.
//!
//! What people wrote around the tables stays.

use std::fmt::Write as _;

use baton_source::Span;
use baton_syntax::markdown::{Markdown, Table};
use baton_syntax::node::Node;

use crate::File;
use crate::support::sku_sheets::{Sheet, lines, overview, scalar, services, sheets};

/// The cell that says which revision a page shows: its number, if it holds one.
pub(crate) fn shown_revision(page: &File) -> Option<(Span, Option<i64>)> {
    let cell = value_cell(page, "Current revision")?;
    let text = cell.of(page.text()).trim();
    let inner = text
        .strip_prefix('`')
        .and_then(|text| text.split('`').next());
    Some((cell, inner.and_then(|number| number.parse().ok())))
}

/// The cell beside a label, in any table.
fn value_cell(page: &File, label: &str) -> Option<Span> {
    let rows = page.markdown().tables.iter().flat_map(|table| &table.rows);
    let mut found = rows.filter_map(|row| match row.as_slice() {
        [name, value, ..] if name.span.of(page.text()) == label => Some(value.span),
        _ => None,
    });
    found.next()
}

/// The first row of the table of services that the manifest does not have, or the heading of a
/// table that lacks one.
pub(crate) fn wrong_service(page: &File, manifest: &Node) -> Option<Span> {
    let sheet = services(manifest);
    let table = table_of(page, &sheet)?;
    let cells = |row: &[baton_syntax::markdown::Cell]| -> Vec<String> {
        row.iter()
            .map(|cell| cell.span.of(page.text()).to_owned())
            .collect()
    };
    let mut rows = table.rows.iter();
    let wrong = rows.find(|row| !sheet.rows.contains(&cells(row)));
    if let Some(first) = wrong.and_then(|row| row.first()) {
        return Some(first.span);
    }
    let header = table.header.first().map(|cell| cell.span);
    header.filter(|_| table.rows.len() != sheet.rows.len())
}

/// The page as it must be.
pub(crate) fn rendered(page: &File, manifest: &Node) -> String {
    let sheets = sheets(manifest);
    let has_services = sheets
        .iter()
        .any(|sheet| sheet.heading == "Services" && table_of(page, sheet).is_some());
    if !has_services || shown_revision(page).is_none_or(|(_, number)| number.is_none()) {
        return whole(manifest, &sheets);
    }
    let mut edits: Vec<(Span, String)> = Vec::new();
    for (label, value) in overview(manifest) {
        if let Some(cell) = value_cell(page, label).and_then(|cell| code_in(page, cell)) {
            edits.push((cell, value));
        }
    }
    for sheet in &sheets {
        if let Some(table) = table_of(page, sheet) {
            edits.push((rows_of(page, table), lines(&sheet.rows)));
        }
    }
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
    let mut text = page.text().to_owned();
    for (span, new) in edits {
        let range = span.start as usize..span.end as usize;
        if text.is_char_boundary(range.start) && text.is_char_boundary(range.end) {
            text.replace_range(range, &new);
        }
    }
    let shown = shown_revision(page).and_then(|(_, number)| number);
    let shown = shown.map_or_else(String::new, |number| number.to_string());
    let note = |number: &str| format!("`sku-manifest.json` (rev {number})");
    text.replace(&note(&shown), &note(&scalar(manifest, "current_revision")))
}

/// The first code of a cell, backticks included.
fn code_in(page: &File, cell: Span) -> Option<Span> {
    let codes = page.markdown().codes.iter();
    let mut inside = codes.filter(|code| cell.start <= code.start && code.end <= cell.end);
    inside.next().copied()
}

/// The table with these columns below that heading.
fn table_of<'p>(page: &'p File, sheet: &Sheet) -> Option<&'p Table> {
    let markdown: &Markdown = page.markdown();
    let heading = markdown
        .headings
        .iter()
        .find(|it| it.text == sheet.heading)?;
    let after = markdown.headings.iter().map(|it| it.span.start);
    let end = after.filter(|start| *start > heading.span.start).min();
    let mut tables = markdown.tables.iter().filter(|table| {
        table.span.start > heading.span.start && end.is_none_or(|end| table.span.start < end)
    });
    tables.find(|table| table.header.len() == sheet.columns.len())
}

/// The lines of the rows below a table's delimiter, without their last line ending.
fn rows_of(page: &File, table: &Table) -> Span {
    let text = page.text();
    let whole = table.span.of(text);
    let kept = whole.len() - whole.trim_end().len();
    let end = table.span.end as usize - kept;
    let first = table.rows.first().and_then(|row| row.first());
    let start = first.map_or(end, |cell| {
        let before = text.get(..cell.span.start as usize).unwrap_or_default();
        before.rfind('\n').map_or(0, |at| at + 1)
    });
    Span::new(start.min(end), end)
}

fn whole(manifest: &Node, sheets: &[Sheet]) -> String {
    let project = scalar(manifest, "project");
    let mut text = format!(
        "# SKU manifest: {project}\n\nMade from `sku-manifest.json`; `baton check --fix` brings it up to date.\n\n## Overview\n\n| Field | Value |\n| --- | --- |\n"
    );
    for (label, value) in overview(manifest) {
        writeln!(text, "| {label} | {value} |").unwrap_or_default();
    }
    for sheet in sheets {
        let level = if sheet.heading.starts_with("Per-")
            || sheet.heading.starts_with("Feature")
            || sheet.heading.starts_with("Cost")
        {
            "###"
        } else {
            "##"
        };
        let delimiter = vec!["---"; sheet.columns.len()].join(" | ");
        let columns = sheet.columns.join(" | ");
        writeln!(
            text,
            "\n{level} {}\n\n| {columns} |\n| {delimiter} |",
            sheet.heading
        )
        .unwrap_or_default();
        writeln!(text, "{}", lines(&sheet.rows)).unwrap_or_default();
    }
    text
}
