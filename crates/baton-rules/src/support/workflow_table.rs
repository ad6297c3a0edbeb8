//! The table of steps that people read, and the graph it repeats.

use std::collections::BTreeMap;

use baton_repo::Repo;
use baton_repo::graph::{GraphNode, WorkflowGraph};
use baton_source::Span;
use baton_syntax::markdown::{self, Cell, Heading, Table};

use crate::File;

/// How a table says that no gate follows.
const NO_GATE: &str = "—";

/// A table of steps beside its graph.
pub(crate) struct Synced<'a> {
    /// The file of the table.
    pub(crate) file: &'a File,
    /// Where its header stands.
    pub(crate) header: Span,
    /// Its rows, but for those that are no step.
    pub(crate) rows: Vec<Row<'a>>,
    /// The file of the graph.
    pub(crate) graph_file: &'a File,
    /// Where its nodes begin.
    pub(crate) nodes_key: Span,
    /// The graph's steps by their number, with the nodes of that number.
    pub(crate) steps: BTreeMap<String, Vec<&'a GraphNode>>,
}

/// A row of the table.
pub(crate) struct Row<'a> {
    /// The number of its step.
    pub(crate) step: &'a Cell,
    /// Its gate, where the table has such a column.
    pub(crate) gate: Option<&'a Cell>,
}

/// The tables that repeat the workflow graph.
pub(crate) fn synced(repo: &Repo) -> Vec<Synced<'_>> {
    let Some((graph_file, graph)) = graph(repo) else {
        return Vec::new();
    };
    let extra = &repo.handoff_conventions().table_extra_rows;
    let files = repo.of_kind("workflow-table");
    let tables = files.filter_map(|file| Some((file, table(file, section(repo, file)?)?)));
    let synced = tables.map(|(file, table)| {
        let mut headers = table.header.iter();
        let gate = headers.position(|cell| cell.text.trim().eq_ignore_ascii_case("gate"));
        let rows = table.rows.iter().filter_map(|row| {
            let step = row.first()?;
            let is_extra = extra.contains(&step.text.trim().to_lowercase());
            let gate = gate.and_then(|column| row.get(column));
            (!is_extra).then_some(Row { step, gate })
        });
        let header = table.header.first().map_or(table.span, |cell| cell.span);
        Synced {
            file,
            header,
            rows: rows.collect(),
            graph_file,
            nodes_key: graph.nodes_key,
            steps: steps(graph),
        }
    });
    synced.collect()
}

/// The heading above a file's table of steps.
pub(crate) fn section<'a>(repo: &Repo, file: &'a File) -> Option<&'a Heading> {
    let titles = &repo.handoff_conventions().table_headings;
    let is_title = |heading: &&Heading| {
        let text = heading.text.trim().to_lowercase();
        titles.iter().any(|title| {
            let rest = text.strip_prefix(&title.to_lowercase());
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    file.markdown().h2().find(is_title)
}

/// The table of steps below a heading.
pub(crate) fn table<'a>(file: &'a File, heading: &Heading) -> Option<&'a Table> {
    let outline = file.markdown();
    let tables = markdown::within(&outline.tables, outline.section(heading));
    tables.iter().find(|table| {
        let first = table.header.first();
        first.is_some_and(|cell| cell.text.to_lowercase().contains("step"))
    })
}

/// What a table says about the gate of a step.
pub(crate) fn gate(nodes: &[&GraphNode]) -> String {
    let mut gates: Vec<&str> = Vec::new();
    for node in nodes {
        let gate = node.gate.as_ref();
        let gate = gate.map_or(NO_GATE, |gate| gate.text.value.as_str());
        if !gates.contains(&gate) {
            gates.push(gate);
        }
    }
    gates.join("/")
}

/// The graph that tables repeat.
pub(crate) fn graph(repo: &Repo) -> Option<(&File, &WorkflowGraph)> {
    if repo.handoff_conventions().table_headings.is_empty() {
        return None;
    }
    repo.graphs().iter().find_map(|found| {
        let graph = found.loaded.graph.as_ref()?;
        Some((repo.by_id(found.file)?, graph))
    })
}

fn steps(graph: &WorkflowGraph) -> BTreeMap<String, Vec<&GraphNode>> {
    let mut steps: BTreeMap<String, Vec<&GraphNode>> = BTreeMap::new();
    for node in graph.nodes.iter().filter(|node| node.is_step()) {
        let number = node.step_number().map(|number| number.replace('_', "."));
        let number = number.unwrap_or_else(|| node.id.value.clone());
        steps.entry(number).or_default().push(node);
    }
    steps
}
