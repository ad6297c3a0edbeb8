//! Tests of judgements.

use std::fs;

use super::{Evidence, Kind, judge};
use crate::agent::preset::{Output, Preset, Presets};
use crate::agent::process::Ended;
use crate::agent::stream::{End, Told};
use crate::agent::watch::Changes;
use crate::agent::{Freshness, Task};
use crate::event::FailureCategory;

struct World {
    folder: tempfile::TempDir,
    task: Task,
    told: Told,
    how: Ended,
    tail: &'static str,
    changes: Changes,
    problems: Vec<String>,
    output: Output,
}

impl World {
    /// Everything went well.
    fn well() -> World {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "text").unwrap();
        World {
            task: Task {
                expected: vec!["a.md".to_owned()],
                folder: folder.path().to_owned(),
                ..Task::default()
            },
            folder,
            told: Told {
                turns: 1,
                end: Some(End::Done),
                ..Told::default()
            },
            how: Ended::Exit(0),
            tail: "",
            changes: Changes {
                own: vec!["a.md".to_owned(), "b.md".to_owned()],
                ..Changes::default()
            },
            problems: Vec::new(),
            output: Output::JsonLines,
        }
    }

    fn judged(&self) -> String {
        assert!(self.folder.path().is_dir());
        let presets = Presets::embedded().unwrap();
        let gemini = presets.named("gemini").unwrap();
        let preset = Preset {
            output: self.output,
            exits: gemini.exits.clone(),
            ..Preset::default()
        };
        let evidence = Evidence {
            task: &self.task,
            preset: &preset,
            words: &presets.words,
            told: &self.told,
            how: &self.how,
            tail: self.tail,
            changes: &self.changes,
            validate: &|_| self.problems.clone(),
        };
        match judge(&evidence) {
            Ok(files) => files.join(" "),
            Err(failure) => format!("{:?}: {}", failure.kind, failure.error),
        }
    }
}

fn check(change: impl FnOnce(&mut World), expected: &str) {
    let mut world = World::well();
    change(&mut world);
    assert_eq!(world.judged(), expected);
}

#[test]
fn success_needs_every_sign_of_it() {
    check(|_| {}, "a.md b.md");
    check(|w| w.how = Ended::Exit(1), "Unknown: exited with 1");
    check(
        |w| w.told.end = None,
        "BadProtocol: ended without saying that it was done",
    );
    check(
        |w| w.told.turns = 0,
        "EmptyResponse: ended without one turn of its model",
    );
    check(
        |w| w.task.expected.push("c.md".to_owned()),
        "ArtifactMissing: did not do all it was asked: `c.md` is missing; it wrote `a.md`, `b.md`",
    );
    check(
        |w| w.problems = vec!["`a.md` lacks a title".to_owned()],
        "ArtifactInvalid: wrote what is not valid: `a.md` lacks a title",
    );
    check(|w| w.changes.own.clear(), "a.md");
    check(
        |w| {
            w.changes.own = vec!["b.md".to_owned()];
            w.task.freshness = Freshness::Changed;
        },
        "EmptyResponse: changed nothing of what it was to work on again",
    );
}

#[test]
fn a_text_without_words_or_work_is_nothing() {
    check(
        |w| {
            w.output = Output::Text;
            w.task.expected.clear();
            w.changes.own.clear();
        },
        "EmptyResponse: said nothing and changed nothing",
    );
}

#[test]
fn what_it_must_not_do_outweighs_how_it_ended_but_not_a_stop() {
    let forbid = |w: &mut World| w.changes.forbidden = (1..9).map(|n| format!("f{n}")).collect();
    check(
        |w| {
            forbid(w);
            w.how = Ended::Exit(1);
        },
        "ForbiddenChange: changed what it must not: `f1`, `f2`, `f3`, `f4`, `f5` and 3 more",
    );
    check(
        |w| {
            forbid(w);
            w.how = Ended::Stopped;
        },
        "Stopped: was stopped",
    );
}

#[test]
fn words_and_exit_codes_tell_the_kind_of_a_failure_only() {
    check(|w| w.tail = "401 Unauthorized", "a.md b.md");
    check(
        |w| (w.how, w.tail) = (Ended::Exit(1), "x\nError: 401 Unauthorized\n"),
        "Auth: exited with 1 and said: Error: 401 Unauthorized",
    );
    check(|w| w.how = Ended::Exit(53), "TurnLimit: exited with 53");
    check(
        |w| {
            w.told.end = Some(End::Failed);
            w.told.complaint = Some("RESOURCE_EXHAUSTED".to_owned());
        },
        "RateLimited: reported a failure: RESOURCE_EXHAUSTED",
    );
    check(
        |w| {
            w.told.end = Some(End::Failed);
            w.told.complaint = Some("DeploymentFailed: conflict".to_owned());
        },
        "Deployment: reported a failure: DeploymentFailed: conflict",
    );
}

#[test]
fn every_kind_has_the_category_that_the_breaker_counts() {
    for (kind, category) in [
        (Kind::Auth, FailureCategory::AuthExpired),
        (Kind::Silence, FailureCategory::Timeout),
        (Kind::ContextExhausted, FailureCategory::BudgetExceeded),
        (Kind::Crashed, FailureCategory::AgentError),
        (Kind::ArtifactMissing, FailureCategory::ValidationError),
        (Kind::Deployment, FailureCategory::DeploymentError),
        (Kind::Build, FailureCategory::BuildError),
        (Kind::ForbiddenChange, FailureCategory::ForbiddenChange),
    ] {
        assert_eq!(kind.category(), category);
    }
}
