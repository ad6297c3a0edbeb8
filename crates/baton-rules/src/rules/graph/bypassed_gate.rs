//! No way leads past a gate.

use std::collections::BTreeSet;

use baton_repo::graph::{Branch, WorkflowGraph};

use crate::support::graph::{graph, way};
use crate::support::graph_detours::{Detour, detours};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// How many values of decisions are tried; no workflow has nearly as many.
const MOST_BRANCHES: usize = 32;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let mut branches: Vec<Option<Branch<'_>>> = graph.branches().into_iter().map(Some).collect();
    if branches.is_empty() {
        branches.push(None);
    }
    let mut told = BTreeSet::new();
    for branch in branches.into_iter().take(MOST_BRANCHES) {
        for detour in detours(graph, branch) {
            if told.insert(detour.gate) {
                report(file, graph, &detour, out);
            }
        }
    }
}

fn report(file: &File, graph: &WorkflowGraph, detour: &Detour, out: &mut Findings) {
    let Some(gate) = graph.node(detour.gate) else {
        return;
    };
    let edge = detour.edge.and_then(|(from, to)| {
        let mut edges = graph.edges_from(from);
        edges.find(|edge| edge.to.node == Some(to))
    });
    let last = detour.way.last().and_then(|last| graph.node(*last));
    let at = edge.map(|edge| edge.span).or(last.map(|last| last.id.span));
    let id = &gate.id.value;
    let message = match detour.way.as_slice() {
        [start] => format!(
            "the gate `{id}` is avoided by beginning at `{}`",
            graph.id(*start)
        ),
        nodes => format!(
            "the gate `{id}` is avoided on the way {}",
            way(graph, nodes)
        ),
    };
    let target = detour.way.last().map_or("", |last| graph.id(*last));
    out.report(file.at(&at.unwrap_or(gate.id.span)), message)
        .label(file.at(gate), "the gate")
        .help(format!("Let every way to `{target}` lead through `{id}`."));
}
