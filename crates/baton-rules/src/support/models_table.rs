//! Writing down which agent uses which model, the way the catalog is written.

use std::collections::BTreeMap;

use baton_repo::model_catalog::Table;
use baton_repo::{File, ModelCatalog};
use baton_source::{Edit, Span};
use baton_syntax::node::Node;

use crate::support::editor::appended;

/// What the catalog should say: file names with labels.
pub(crate) struct Kept {
    /// Those of agents that people call.
    pub(crate) agents: BTreeMap<String, String>,
    /// Those of agents that other agents call.
    pub(crate) subagents: BTreeMap<String, String>,
}

/// How a file is indented.
struct Style<'f> {
    /// What ends a line.
    ending: &'f str,
    /// One step.
    step: &'f str,
}

/// The changes that make a catalog say it; `None` when it is written in a way that gives no
/// place for them.
pub(crate) fn edits(file: &File, catalog: &ModelCatalog, kept: &Kept) -> Option<Vec<Edit>> {
    let root = file.node()?;
    let style = Style::of(file, root);
    let both = [("agents", &kept.agents), ("subagents", &kept.subagents)];
    let Some(assignments) = &catalog.assignments else {
        let step = style.step;
        let tables = both.map(|(name, rows)| {
            let rows = style.table(rows, &step.repeat(2));
            format!("{}{}\"{name}\": {rows}", style.ending, step.repeat(2))
        });
        let text = format!(
            "\"assignments\": {{{}{}{step}}}",
            tables.join(","),
            style.ending
        );
        return Some(vec![appended(file, root, &text)?]);
    };
    let node = root.get("assignments")?;
    if !node.is_mapping() {
        let indent = indent(file, assignments.key);
        let inner = format!("{indent}{}", style.step);
        let tables = both.map(|(name, rows)| {
            let rows = style.table(rows, &inner);
            format!("{}{inner}\"{name}\": {rows}", style.ending)
        });
        let text = format!("{{{}{}{indent}}}", tables.join(","), style.ending);
        return Some(vec![file.edit(assignments.span, text)]);
    }
    let mut edits = Vec::new();
    let mut absent = Vec::new();
    let own = [&assignments.agents, &assignments.subagents];
    for ((name, rows), table) in both.into_iter().zip(own) {
        match table {
            Some(table) if same(table, rows) => {}
            Some(table) => {
                let text = style.table(rows, &indent(file, table.key));
                edits.push(file.edit(table.span, text));
            }
            // A table that is something else is not ours to throw away.
            None if node.get(name).is_some() => return None,
            None => absent.push((name, rows)),
        }
    }
    if !absent.is_empty() {
        let inner = match node.entries().first() {
            Some(first) => indent(file, first.key_span),
            None => format!("{}{}", indent(file, assignments.key), style.step),
        };
        let texts = absent.into_iter().map(|(name, rows)| {
            let rows = style.table(rows, &inner);
            format!("\"{name}\": {rows}")
        });
        let texts: Vec<String> = texts.collect();
        let text = texts.join(&format!(",{}{inner}", style.ending));
        edits.push(appended(file, node, &text)?);
    }
    Some(edits)
}

/// Whether a table has exactly these rows, each once.
fn same(table: &Table, rows: &BTreeMap<String, String>) -> bool {
    table.rows.len() == rows.len()
        && table.rows.iter().all(|(file, model)| {
            let model = model.as_ref().map(|model| &model.value);
            model.is_some() && rows.get(&file.value) == model
        })
}

impl<'f> Style<'f> {
    fn of(file: &'f File, root: &Node) -> Style<'f> {
        let first = root.entries().first();
        let step = first.map_or("", |first| blank_before(file, first.key_span));
        Style {
            ending: file.line_ending(),
            step: if step.is_empty() { "  " } else { step },
        }
    }

    /// An object whose closing bracket is indented like this.
    fn table(&self, rows: &BTreeMap<String, String>, indent: &str) -> String {
        if rows.is_empty() {
            return "{}".to_owned();
        }
        let rows = rows.iter().map(|(file, model)| {
            let (file, model) = (quoted(file), quoted(model));
            format!("{}{indent}{}{file}: {model}", self.ending, self.step)
        });
        let rows: Vec<String> = rows.collect();
        format!("{{{}{}{indent}}}", rows.join(","), self.ending)
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn indent(file: &File, key: Span) -> String {
    blank_before(file, key).to_owned()
}

/// The blanks before a key, if nothing else stands before it on its line.
fn blank_before(file: &File, key: Span) -> &str {
    let before = file.text().get(..key.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.trim().is_empty() { line } else { "" }
}
