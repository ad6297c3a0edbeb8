//! Which reviews the work of a node gets: how many, from which points of view, and whether more.

use baton_repo::graph::{Challenger, GraphNode, MatrixKind, NodeKind, Review, WorkflowGraph};

use crate::event::ReviewVerdict;
use crate::expression;
use crate::pack::{self, ReviewFacts};
use crate::state::{RunState, Work};
use crate::steps;

/// How the reviews of a node's present result stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// None is wanted any more.
    Done,
    /// This one comes next.
    Next {
        /// Which pass, from 1.
        pass: u32,
        /// What to look for.
        lens: String,
    },
    /// The result has to be mended first.
    Revise,
    /// One more is wanted than the ceiling allows.
    Ceiling,
    /// An earlier step has to be done anew first.
    Earlier,
}

/// The points of view of a node's reviews, one for each pass.
pub fn planned(graph: &WorkflowGraph, state: &RunState, node: usize) -> Vec<String> {
    let Some(challenger) = graph.node(node).and_then(|node| node.challenger.as_ref()) else {
        return Vec::new();
    };
    if !challenger.enabled || graph.metadata.challenger_enabled == Some(false) {
        return Vec::new();
    }
    if left_out(graph, state, node).is_some() {
        return Vec::new();
    }
    passes(challenger, state)
}

/// The condition that holds and for which a node's reviews are left out.
pub fn left_out(graph: &WorkflowGraph, state: &RunState, node: usize) -> Option<String> {
    let challenger = graph.node(node)?.challenger.as_ref()?;
    let skip = &challenger.skip_condition.as_ref()?.value;
    (expression::holds(state, skip) == Some(true)).then(|| skip.clone())
}

/// How the reviews of a node's present result stand.
pub fn standing(graph: &WorkflowGraph, state: &RunState, number: usize) -> Standing {
    let Some(node) = graph.node(number) else {
        return Standing::Done;
    };
    let none = Work::default();
    let work = state.work.get(&node.canonical).unwrap_or(&none);
    let said = |verdict| work.reviews.iter().any(|(_, _, said)| *said == verdict);
    if work.accepted {
        return Standing::Done;
    }
    if said(ReviewVerdict::RequiresEarlierStep) {
        return Standing::Earlier;
    }
    let lenses = planned(graph, state, number);
    let numbered = (1_u32..).zip(&lenses);
    let mut open = numbered.filter(|(pass, _)| !is_judged(work, *pass));
    let Some((pass, lens)) = open.next() else {
        let mend = said(ReviewVerdict::NeedsRevision) && must_satisfy(graph, node, number);
        return if mend {
            Standing::Revise
        } else {
            Standing::Done
        };
    };
    if work.reviewed >= ceiling(state, &lenses).saturating_add(work.extra_reviews) {
        return Standing::Ceiling;
    }
    Standing::Next {
        pass,
        lens: lens.clone(),
    }
}

/// The tier of a project, by the name graphs use.
pub fn tier(state: &RunState) -> String {
    let facts = facts();
    let decided = steps::decision(state, &facts.tier_decision);
    let name = decided.map_or_else(|| facts.default_tier.clone(), |tier| tier.to_lowercase());
    facts.tier_names.get(&name).cloned().unwrap_or(name)
}

/// Whether somebody wants more reviews than the default.
pub fn is_deep(state: &RunState) -> bool {
    let facts = facts();
    let depth = steps::decision(state, &facts.depth_decision);
    depth.is_some_and(|depth| {
        facts
            .deep
            .iter()
            .any(|deep| deep.eq_ignore_ascii_case(&depth))
    })
}

/// The most reviews of a step; what the graph itself wants is always allowed.
fn ceiling(state: &RunState, lenses: &[String]) -> u32 {
    let facts = facts();
    let ceiling = if is_deep(state) {
        facts.deep_ceiling
    } else {
        facts.ceiling
    };
    ceiling.max(u32::try_from(lenses.len()).unwrap_or(u32::MAX))
}

fn is_judged(work: &Work, pass: u32) -> bool {
    let of_pass = |(number, _, verdict): &&(u32, String, ReviewVerdict)| {
        *number == pass && *verdict != ReviewVerdict::Failed
    };
    work.reviews.iter().any(|review| of_pass(&review))
}

/// Whether objections must be met before the node is done. Where nothing is said, they are shown
/// at the gate that follows and people decide; without such a gate nobody would see them.
fn must_satisfy(graph: &WorkflowGraph, node: &GraphNode, number: usize) -> bool {
    let exit = node
        .challenger
        .as_ref()
        .and_then(|challenger| challenger.exit.as_ref());
    let mut followers = graph.edges_from(number).filter_map(|edge| edge.to.node);
    let shown =
        followers.any(|next| graph.node(next).map(|node| node.kind) == Some(NodeKind::Gate));
    exit.is_some() || !shown
}

fn passes(challenger: &Challenger, state: &RunState) -> Vec<String> {
    if challenger.fixed {
        return lenses(&challenger.default, &[]);
    }
    let default = &challenger.default;
    let wanted = tier(state);
    let matrix = challenger.matrix.as_ref();
    let of_tier = matrix.and_then(|matrix| {
        let mut tiers = matrix.tiers.iter();
        tiers.find(|tier| tier.name.value.eq_ignore_ascii_case(&wanted))
    });
    let mandatory = matrix.is_some_and(|matrix| {
        matrix.kind == MatrixKind::Complexity && !challenger.opt_in && default.passes.is_none()
    });
    let fallback = default.lenses.as_deref().unwrap_or_default();
    match of_tier {
        Some(tier) if mandatory || is_deep(state) => lenses(&tier.review, fallback),
        None if challenger.opt_in && is_deep(state) => {
            let usual = lenses(default, &[]);
            if usual.is_empty() {
                lenses_for(1, fallback)
            } else {
                usual
            }
        }
        _ => lenses(default, &[]),
    }
}

/// One point of view for each pass; they begin anew when there are more passes.
fn lenses(review: &Review, fallback: &[baton_repo::graph::Text]) -> Vec<String> {
    let named = review.lenses.as_deref().unwrap_or(fallback);
    let passes = review.passes.and_then(|passes| passes.value).unwrap_or(0);
    // A number nobody means must not cost memory.
    lenses_for(usize::try_from(passes.clamp(0, 16)).unwrap_or(0), named)
}

fn lenses_for(passes: usize, named: &[baton_repo::graph::Text]) -> Vec<String> {
    if named.is_empty() {
        return vec![facts().default_lens.clone(); passes];
    }
    let named = named.iter().cycle().take(passes);
    named.map(|lens| lens.value.clone()).collect()
}

fn facts() -> &'static ReviewFacts {
    &pack::runner().review
}
