//! Tests of tasks made from a graph.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use baton_repo::{Options, Repo, Worktree};

use super::{Of, task};
use crate::agent::{AgentFile, Task};

const ROOT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/repos/june-clean"
);

fn made(node: &str, substep: Option<&str>, root: &Path) -> Task {
    let repo = Repo::open(Arc::new(Worktree::new(ROOT, 1)), &Options::default()).unwrap();
    let graph = repo.graph().unwrap();
    let branches = graph.branches();
    let of = Of {
        graph,
        node: graph.find(node).unwrap(),
        substep,
        branch: branches.into_iter().find(|branch| branch.value == "Bicep"),
        root,
        artifacts: "agent-output",
        project: "shop",
    };
    task(&of, AgentFile::default()).unwrap()
}

#[test]
fn code_is_written_to_its_folder_and_the_plan_left_alone() {
    let task = made("step-5b", None, Path::new(ROOT));
    assert_eq!(
        (task.node.as_str(), task.step_key.as_str()),
        ("step-5b", "5")
    );
    assert_eq!(
        task.expected,
        ["infra/bicep/shop/", "agent-output/shop/05-iac-handoff.json"]
    );
    assert_eq!(
        task.writable,
        ["agent-output/shop/**", "infra/bicep/shop/**"]
    );
    let protected = |path: &str| task.protected.iter().any(|one| one == path);
    for path in [
        "agent-output/shop/01-requirements.md",
        "agent-output/shop/04-implementation-plan.md",
        "agent-output/shop/04-iac-contract.json",
        "agent-output/shop/03-des-adr-*.md",
        "agent-output/shop/06-deployment-summary.md",
    ] {
        assert!(protected(path), "{path}: {:?}", task.protected);
    }
    assert!(!protected("agent-output/shop/05-iac-handoff.json"));
    assert!(!task.protected.iter().any(|one| one.contains("terraform")));
    let reads = |path: &str| task.inputs.iter().any(|one| one == path);
    assert!(
        reads("agent-output/shop/04-implementation-plan.md"),
        "{:?}",
        task.inputs
    );
    assert!(reads("agent-output/shop/02-architecture-assessment.md"));
    assert!(
        !task
            .inputs
            .iter()
            .any(|one| one.contains(".png") || one.contains('#'))
    );
}

#[test]
fn what_a_step_may_rewrite_is_not_protected() {
    let task = made("step-2", None, Path::new(ROOT));
    let is_own = |path: &String| path.contains("sku-manifest") || path.contains("/02-");
    assert!(!task.protected.iter().any(is_own), "{:?}", task.protected);
    assert!(task.protected.contains(&"infra/bicep/shop/**".to_owned()));
}

#[test]
fn a_part_owes_what_bears_its_name() {
    for (part, expected) in [
        ("cost-estimate", "agent-output/shop/07-ab-cost-estimate.md"),
        ("backup-dr-plan", "agent-output/shop/07-backup-dr-plan.md"),
    ] {
        assert_eq!(
            made("step-7", Some(part), Path::new(ROOT)).expected,
            [expected]
        );
    }
}

#[test]
fn only_what_is_there_is_to_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agent-output/shop");
    fs::create_dir_all(&path).unwrap();
    fs::write(path.join("01-requirements.md"), "x").unwrap();
    let task = made("step-2", None, folder.path());
    assert_eq!(task.inputs, ["agent-output/shop/01-requirements.md"]);
    assert_eq!(
        made("step-1", None, folder.path()).inputs,
        Vec::<String>::new()
    );
}
