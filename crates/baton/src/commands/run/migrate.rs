//! `baton run migrate`: a project follows the workflow as it is now, after a preview.

use anyhow::Result;
use baton_flow::plan::{NodeStatus, status};
use baton_flow::{RunEvent, What};

use super::answers;
use crate::actor;
use crate::commands::gates::{Desk, tell};
use crate::exit::{Verdict, say};
use crate::terminal::harmless;

/// Shows what the workflow as it is now means for a project, and follows it if somebody agrees.
pub(super) fn migrate(desk: &Desk, name: &str, yes: bool) -> Result<Verdict> {
    let (mut project, state) = desk.project(name)?;
    if state.graph == desk.graph_digest {
        say(&format!(
            "{name} follows the workflow as it is; there is nothing to change."
        ));
        return Ok(Verdict::Clean);
    }
    say(&format!(
        "{name} follows a workflow that has changed since. As it is now:"
    ));
    for (number, node) in desk.graph.nodes.iter().enumerate() {
        let word = match status(&desk.graph, &state, number) {
            NodeStatus::Pending => "waits",
            NodeStatus::Ready => "is next",
            NodeStatus::Running => "is being worked on",
            NodeStatus::AwaitingApproval => "waits for approval",
            NodeStatus::Complete => "is done",
            NodeStatus::Skipped => "was left out",
            NodeStatus::Failed => "failed",
            NodeStatus::Blocked => "is halted",
            NodeStatus::NotApplicable => "belongs to another track",
        };
        say(&format!("  {} {word}", harmless(&node.id.value)));
    }
    let agreed =
        yes || answers::is_somebody_there() && answers::confirm("Follow it?") == Some(true);
    if !agreed {
        say(&format!(
            "Nothing was changed; `baton run migrate {name} --yes` follows it."
        ));
        return Ok(Verdict::Waiting);
    }
    let event = RunEvent::Migrated {
        graph: desk.graph_digest.clone(),
    };
    let by = actor::actor(&desk.root);
    let recorded = project.record(What::Run(event), &by, &actor::now())?;
    Ok(tell(name, &recorded.effects))
}
