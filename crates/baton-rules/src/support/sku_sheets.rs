//! The tables on the page of a manifest of SKUs.
//!
//! Headings, columns and cells as the reference writes them, verified: 2026-11-21.

use baton_syntax::node::{Node, Value};

const NONE: &str = "—";

/// A table of the page: the text of its heading, its columns, its rows.
pub(crate) struct Sheet {
    pub(crate) heading: &'static str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

/// Rows as lines, without the last line ending.
pub(crate) fn lines(rows: &[Vec<String>]) -> String {
    let lines: Vec<String> = rows
        .iter()
        .map(|row| format!("| {} |", row.join(" | ")))
        .collect();
    lines.join("\n")
}

/// What the first table shows: labels and codes.
pub(crate) fn overview(manifest: &Node) -> Vec<(&'static str, String)> {
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

/// Every other table, in the order of the page.
pub(crate) fn sheets(manifest: &Node) -> Vec<Sheet> {
    vec![
        services(manifest),
        overrides(manifest),
        requirements(manifest),
        prices(manifest),
        revisions(manifest),
    ]
}

/// The table of services.
pub(crate) fn services(manifest: &Node) -> Sheet {
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
                let own = Some(&other.value).filter(|own| own.get(key).is_some());
                own.unwrap_or(service)
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

/// A text or a number as it is written.
pub(crate) fn scalar(node: &Node, key: &str) -> String {
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
