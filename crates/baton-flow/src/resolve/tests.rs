//! Tests of who works on what.

use std::sync::Arc;

use baton_repo::{Memory, Options, Repo};

use super::resolve;

const GRAPH: &str = r#"{"metadata": {"version": "2.3", "iac_tracks": ["Bicep", "Terraform"]},
    "nodes": {
        "step-1": {"id": "step-1", "type": "agent-step", "name": "R", "agent": "02-Requirements", "requires": []},
        "step-2": {"id": "step-2", "type": "agent-step", "name": "A", "agent": "03-architect", "requires": ["step-1"]},
        "step-3": {"id": "step-3", "type": "agent-step", "name": "D", "agent": "design", "requires": ["step-2"]},
        "step-5": {"id": "step-5", "type": "agent-step", "name": "C", "agent": "iac-code", "requires": ["step-2"]},
        "step-6": {"id": "step-6", "type": "agent-step", "name": "X", "agent": "03-Architekt", "requires": ["step-2"]},
        "step-7": {"id": "step-7", "type": "agent-step", "name": "N", "requires": ["step-2"]},
        "step-8": {"id": "step-8", "type": "agent-step", "name": "N", "agent": "Zebra", "requires": ["step-2"]}},
    "edges": []}"#;

const REGISTRY: &str = r#"{"agents": {
    "requirements": {"agent": ".github/agents/02-requirements.agent.md", "model": "Opus (copilot)"},
    "iac-code": {"bicep": {"agent": ".github/agents/06b-code.agent.md", "model": "Codex B"},
                 "terraform": {"agent": ".github/agents/06t-code.agent.md"}}}}"#;

fn agent(name: &str, model: &str) -> String {
    format!("---\nname: {name}\n{model}---\n\nBody\n")
}

fn check(node: &str, track: Option<&str>, expected: &str) {
    let files = [
        (
            ".github/skills/workflow-engine/templates/workflow-graph.json",
            GRAPH.to_owned(),
        ),
        ("tools/registry/agent-registry.json", REGISTRY.to_owned()),
        (
            ".github/agents/02-requirements.agent.md",
            agent("02-Requirements", "model: Other\n"),
        ),
        (
            ".github/agents/03-architect.agent.md",
            agent("03-Architect", "model: [\"Sonnet\", \"GPT\"]\n"),
        ),
        (".github/agents/04-design.agent.md", agent("Design", "")),
        (".github/agents/06b-code.agent.md", agent("06b-Code", "")),
        (".github/agents/06t-code.agent.md", agent("06t-Code", "")),
    ];
    let files = files.iter().map(|(path, text)| (*path, text.as_str()));
    let repo = Repo::open(Arc::new(Memory::new(files)), &Options::default()).unwrap();
    let graph = repo.graph().unwrap();
    let node = graph.node(graph.find(node).unwrap()).unwrap();
    let tier =
        |agent: &crate::agent::AgentFile| (agent.name == "06t-Code").then(|| "Tiered".to_owned());
    let found = match resolve(&repo, node, track, &tier) {
        Ok(found) => {
            let path = found.agent.path.unwrap_or_default();
            let file = path.rsplit('/').next().unwrap_or_default().to_owned();
            format!(
                "{} {file} {:?} {:?}",
                found.agent.name, found.model, found.model_by
            )
        }
        Err(error) => error.to_string(),
    };
    assert_eq!(found, expected);
}

#[test]
fn registry_then_front_matter_then_tier_say_the_model() {
    check(
        "step-1",
        None,
        "02-Requirements 02-requirements.agent.md Some(\"Opus\") Registry",
    );
    check(
        "step-2",
        None,
        "03-Architect 03-architect.agent.md Some(\"Sonnet\") FrontMatter",
    );
    check("step-3", None, "Design 04-design.agent.md None Nobody");
}

#[test]
fn roles_of_the_registry_follow_the_track() {
    check(
        "step-5",
        Some("Bicep"),
        "06b-Code 06b-code.agent.md Some(\"Codex B\") Registry",
    );
    check(
        "step-5",
        Some("terraform"),
        "06t-Code 06t-code.agent.md Some(\"Tiered\") Tier",
    );
}

#[test]
fn agents_that_are_not_there_are_told_with_the_nearest() {
    check(
        "step-6",
        None,
        "`step-6` wants `03-Architekt`, and no agent file has that name; did it mean `03-Architect`?",
    );
    check(
        "step-7",
        Some("Bicep"),
        "`step-7` names no agent for the track Bicep",
    );
    check(
        "step-8",
        None,
        "`step-8` wants `Zebra`, and no agent file has that name",
    );
}
