//! The recorded project goes through every step of either track and leaves what each step owes.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use baton_flow::agent::{AgentAdapter as _, Answer, Caller, Replay, StopToken, Task};
use baton_flow::event::AgentOutcome;
use baton_repo::{Options, Repo, Tree, Worktree, tree};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");

struct Stage {
    folder: tempfile::TempDir,
    track: &'static str,
}

impl Stage {
    /// A copy of the repository without the project.
    fn new(track: &'static str) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let stage = Stage { folder, track };
        copy(&originals(), &stage.root());
        for gone in [
            "agent-output/shop",
            "infra/bicep/shop",
            "infra/terraform/shop",
        ] {
            fs::remove_dir_all(stage.root().join(gone)).unwrap();
        }
        stage
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("repo")
    }

    fn replay(&self) -> Replay {
        let own = self.track.to_lowercase();
        let folders = [own.as_str(), "common"];
        let folder = |name| PathBuf::from(format!("{FIXTURES}/agents/replay/{name}"));
        Replay {
            folders: folders.map(folder).to_vec(),
            originals: Some(originals()),
            values: BTreeMap::from([("iac_tool".to_owned(), self.track.to_owned())]),
            played: Some(self.folder.path().join("played")),
        }
    }

    fn play(&self, node: &str, part: Option<&str>, expected: &[String]) -> Result<(), String> {
        let task = Task {
            project: "shop".to_owned(),
            node: node.to_owned(),
            substep: part.map(str::to_owned),
            attempt: 1,
            expected: expected.to_vec(),
            folder: self.root(),
            writable: vec![
                "agent-output/shop/**".to_owned(),
                "infra/*/shop/**".to_owned(),
            ],
            ..Task::default()
        };
        let stop = StopToken::default();
        let mut caller = Caller {
            stop: &stop,
            validate: &|_| Vec::new(),
            progress: &mut |_| {},
        };
        match self.replay().run(&task, &mut caller) {
            Ok(Answer::Ended(output)) => match output.outcome {
                AgentOutcome::Complete { .. } => Ok(()),
                other => Err(format!("{node}: {other:?}")),
            },
            other => Err(format!("{node}: {other:?}")),
        }
    }

    fn repo(&self) -> Repo {
        let source = Worktree::new(self.root(), 1);
        Repo::open(Arc::new(source), &Options::default()).unwrap()
    }
}

fn originals() -> PathBuf {
    PathBuf::from(format!("{FIXTURES}/repos/june-clean"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a node owes, from the root.
fn owed(node: &baton_repo::graph::GraphNode) -> Vec<String> {
    let produces = node.produces.iter().flatten();
    let paths = produces.map(|one| {
        let path = one.value.replace("{project}", "shop");
        if path.starts_with("infra/") {
            path
        } else {
            format!("agent-output/shop/{path}")
        }
    });
    paths.collect()
}

fn check(track: &'static str) {
    let stage = Stage::new(track);
    let repo = stage.repo();
    let graph = repo.graph().unwrap();
    let branches = graph.branches();
    let branch = branches.into_iter().find(|branch| branch.value == track);
    let mut played = 0;
    for (number, node) in graph.nodes.iter().enumerate() {
        if node.agent.is_none() || !graph.applies(number, branch) {
            continue;
        }
        let id = &node.canonical;
        let parts = node.parallel_substeps.iter().flatten();
        let parts: Vec<&str> = parts.map(|part| part.value.as_str()).collect();
        for part in &parts {
            stage.play(id, Some(part), &[]).unwrap();
        }
        if parts.is_empty() {
            stage.play(id, None, &owed(node)).unwrap();
        }
        // The first code is broken, the second is not.
        if id.starts_with("step-5") {
            stage.play(id, None, &owed(node)).unwrap();
        }
        if ["step-1", "step-2", "step-3_5", "step-4"].contains(&id.as_str()) {
            stage.play(id, Some("review-1"), &[]).unwrap();
        }
        played += 1;
    }
    assert_eq!(played, 8);
    digests_hold(&stage);
}

/// What the handoff says of the code is true.
fn digests_hold(stage: &Stage) {
    let path = stage.root().join("agent-output/shop/05-iac-handoff.json");
    let handoff: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    assert_eq!(handoff["iac_tool"], stage.track);
    let root = handoff["tree_hash"]["root"].as_str().unwrap();
    let Tree::Hashed { value, files } = tree(&stage.repo(), root) else {
        unreachable!("the code is there")
    };
    assert_eq!(
        handoff["tree_hash"]["value"], value,
        "write this into the recording"
    );
    assert_eq!(handoff["tree_hash"]["file_count"], files);
    let map = stage
        .root()
        .join("agent-output/shop/04-policy-property-map.json");
    let map = baton_repo::sha256(&fs::read(map).unwrap());
    assert_eq!(handoff["governance_attestation"]["l1m_ref"]["sha256"], map);
}

#[test]
fn the_recorded_project_owes_nothing_on_the_bicep_track() {
    check("Bicep");
}

#[test]
fn the_recorded_project_owes_nothing_on_the_terraform_track() {
    check("Terraform");
}
