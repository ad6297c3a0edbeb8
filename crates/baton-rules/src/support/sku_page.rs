//! The page of a manifest of SKUs: what its tables must show.
//!
//! Headings, columns and cells as the reference writes them, verified: 2026-11-21. What people
//! wrote around the tables stays.

use std::fmt::Write as _;

use baton_source::Span;
use baton_syntax::markdown::{Markdown, Table};
use baton_syntax::node::{Node, Value};

use crate::File;

const NONE: &str = "—";

/// A table of the page: the text of its heading, its columns, its rows.
struct Sheet {
    heading: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

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

fn lines(rows: &[Vec<String>]) -> String {
    let lines: Vec<String> = rows
        .iter()
        .map(|row| format!("| {} |", row.join(" | ")))
        .collect();
    lines.join("\n")
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

/// What the first table shows: labels and codes.
fn overview(manifest: &Node) -> Vec<(&'static str, String)> {
    let environments: Vec<&str> = items(manifest, "environments")
        .iter()
        .filter_map(Node::as_str)
        .collect();
    let code = |text: &str| format!("`{text}`");
    vec![
        ("Project", code(&scalar(manifest, "project"))),
        ("Default region", code(&scalar(manifest, "default_region"))),
        (
            "Current revision",
            code(&scalar(manifest, "current_revision")),
        ),
        ("Last updated", code(&scalar(manifest, "updated_at"))),
        ("Environments", code(&environments.join(", "))),
        (
            "Service count",
            code(&items(manifest, "services").len().to_string()),
        ),
    ]
}

fn sheets(manifest: &Node) -> Vec<Sheet> {
    vec![
        services(manifest),
        overrides(manifest),
        requirements(manifest),
        prices(manifest),
        revisions(manifest),
    ]
}

fn services(manifest: &Node) -> Sheet {
    let row = |service: &&Node| {
        vec![
            code(service, "id"),
            escaped(service, "service"),
            format!("`{}`", escaped(service, "size")),
            capacity(service.get("capacity")),
            zonal(service.get("zonal")),
            codes(service, "regions"),
            format!(
                "{} / {}",
                code(service, "sla_target"),
                code(service, "sla_achieved")
            ),
            commitment(service.get("commitment")),
            code(service, "source"),
            code(service, "last_modified_rev"),
        ]
    };
    Sheet {
        heading: "Services",
        columns: &[
            "`id`",
            "Service",
            "Size (base)",
            "Capacity",
            "Zonal",
            "Regions",
            "SLA target / achieved",
            "Commitment",
            "Source",
            "Rev",
        ],
        rows: or_none(sorted(manifest).iter().map(row).collect(), 10),
    }
}

fn overrides(manifest: &Node) -> Sheet {
    let mut rows = Vec::new();
    for service in sorted(manifest) {
        let table = service.get("environment_overrides");
        let mut others: Vec<_> = table
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .collect();
        others.sort_by(|left, right| left.key.cmp(&right.key));
        for other in others {
            let either = |key: &str| other.value.get(key).or_else(|| service.get(key));
            let holder = |key: &str| {
                if other.value.get(key).is_some() {
                    &other.value
                } else {
                    service
                }
            };
            rows.push(vec![
                code(service, "id"),
                format!("`{}`", other.key),
                code(holder("size"), "size"),
                capacity(either("capacity")),
                zonal(either("zonal")),
                codes(holder("regions"), "regions"),
                commitment(either("commitment")),
                escaped(&other.value, "notes"),
            ]);
        }
    }
    Sheet {
        heading: "Per-environment overrides",
        columns: &[
            "`id`",
            "Env",
            "Size",
            "Capacity",
            "Zonal",
            "Regions",
            "Commitment",
            "Notes",
        ],
        rows: or_none(rows, 8),
    }
}

fn requirements(manifest: &Node) -> Sheet {
    let row = |service: &&Node| {
        vec![
            code(service, "id"),
            codes(service, "requires"),
            "✅ / ❌".to_owned(),
        ]
    };
    Sheet {
        heading: "Feature requirements",
        columns: &["`id`", "`requires[]`", "Verified at Step 4"],
        rows: or_none(sorted(manifest).iter().map(row).collect(), 3),
    }
}

fn prices(manifest: &Node) -> Sheet {
    let services = sorted(manifest);
    let rows = services.iter().filter_map(|service| {
        let price = service.get("cost_estimate_monthly_usd")?.as_f64()?;
        let price = format!("`${price:.2}`");
        Some(vec![
            code(service, "id"),
            price,
            code(service, "cost_confidence"),
        ])
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        rows.push(vec![
            "_none priced yet_".to_owned(),
            NONE.to_owned(),
            NONE.to_owned(),
        ]);
    }
    Sheet {
        heading: "Cost estimate (USD/month)",
        columns: &["`id`", "`cost_estimate_monthly_usd`", "Confidence"],
        rows,
    }
}

fn revisions(manifest: &Node) -> Sheet {
    let mut all: Vec<&Node> = items(manifest, "revisions").iter().collect();
    all.sort_by_key(|one| one.get("rev").and_then(Node::as_i64));
    let optional = |one: &Node, key: &str| match one.get(key).and_then(Node::as_str) {
        Some(text) => format!("`{text}`"),
        None => NONE.to_owned(),
    };
    let row = |one: &&Node| {
        vec![
            code(one, "rev"),
            code(one, "step"),
            code(one, "agent"),
            code(one, "created_at"),
            escaped(one, "summary"),
            codes(one, "changed_ids"),
            optional(one, "commit_sha"),
            optional(one, "apex_recall_checkpoint"),
        ]
    };
    Sheet {
        heading: "Revision History",
        columns: &[
            "`rev`",
            "Step",
            "Agent",
            "Created (UTC)",
            "Summary",
            "Changed `id`s",
            "Commit",
            "Checkpoint",
        ],
        rows: or_none(all.iter().map(row).collect(), 8),
    }
}

fn or_none(rows: Vec<Vec<String>>, columns: usize) -> Vec<Vec<String>> {
    if !rows.is_empty() {
        return rows;
    }
    let mut row = vec!["_none_".to_owned()];
    row.resize(columns, NONE.to_owned());
    vec![row]
}

/// The services by id.
fn sorted(manifest: &Node) -> Vec<&Node> {
    let mut services: Vec<&Node> = items(manifest, "services").iter().collect();
    services.sort_by_key(|service| service.get("id").and_then(Node::as_str));
    services
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map(Node::items).unwrap_or_default()
}

fn scalar(node: &Node, key: &str) -> String {
    match node.get(key).map(|node| &node.value) {
        Some(Value::String(text) | Value::Number(text)) => text.clone(),
        _ => NONE.to_owned(),
    }
}

fn code(node: &Node, key: &str) -> String {
    format!("`{}`", scalar(node, key))
}

fn codes(node: &Node, key: &str) -> String {
    let texts = items(node, key).iter().filter_map(Node::as_str);
    let codes: Vec<String> = texts.map(|text| format!("`{text}`")).collect();
    if codes.is_empty() {
        NONE.to_owned()
    } else {
        codes.join(", ")
    }
}

fn escaped(node: &Node, key: &str) -> String {
    scalar(node, key).replace('\\', "\\\\").replace('|', "\\|")
}

fn zonal(node: Option<&Node>) -> String {
    let word = match node.and_then(Node::as_bool) {
        Some(true) => "✅",
        Some(false) => "❌",
        None => NONE,
    };
    word.to_owned()
}

fn capacity(node: Option<&Node>) -> String {
    let Some(node) = node.filter(|node| node.is_mapping()) else {
        return NONE.to_owned();
    };
    let (mode, default) = (scalar(node, "mode"), scalar(node, "default"));
    if mode == "autoscale" {
        let (min, max) = (scalar(node, "min"), scalar(node, "max"));
        return format!("`{mode}: {min}-{max} (default {default})`");
    }
    format!("`{mode} (default {default})`")
}

fn commitment(node: Option<&Node>) -> String {
    let Some(node) = node.filter(|node| node.is_mapping()) else {
        return "`on-demand`".to_owned();
    };
    let kind = scalar(node, "type");
    if kind != "on-demand" && node.get("term_years").is_some() {
        return format!("`{kind}` (`{}yr`)", scalar(node, "term_years"));
    }
    format!("`{kind}`")
}
