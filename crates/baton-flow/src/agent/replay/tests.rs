//! Tests of recordings.

use std::fs;
use std::path::Path;

use super::Replay;
use crate::agent::{AgentAdapter as _, Answer, Caller, StopToken, Task};
use crate::event::AgentOutcome;

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn replay_of(folder: std::path::PathBuf) -> Replay {
    let originals = folder.join("step-1/originals");
    Replay {
        originals: originals.is_dir().then_some(originals),
        folders: vec![folder],
        played: None,
        values: [("tool".to_owned(), "Bicep".to_owned())].into(),
    }
}

/// What comes of a try, given recordings.
fn replay(recordings: &[(&str, &str)], attempt: u32) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (root, recorded) = (folder.path().join("repo"), folder.path().join("recorded"));
    write(&root, "README.md", "");
    for (path, text) in recordings {
        write(&recorded, path, text);
    }
    let task = Task {
        project: "demo".to_owned(),
        node: "step-1".to_owned(),
        attempt,
        expected: vec!["agent-output/demo/01.md".to_owned()],
        folder: root.clone(),
        writable: vec!["agent-output/demo/**".to_owned()],
        ..Task::default()
    };
    let stop = StopToken::default();
    let mut caller = Caller {
        stop: &stop,
        validate: &|_| Vec::new(),
        progress: &mut |_| {},
    };
    let answer = replay_of(recorded).run(&task, &mut caller);
    let told = match answer {
        Ok(Answer::Ended(output)) => match output.outcome {
            AgentOutcome::Complete { artifacts, .. } => artifacts.join(" "),
            AgentOutcome::Failed { error, .. } => format!("{:?} {error}", output.kind),
            AgentOutcome::Lost => "lost".to_owned(),
        },
        Ok(_) => "nothing was replayed".to_owned(),
        Err(error) => error.to_string(),
    };
    let text = fs::read_to_string(root.join("agent-output/demo/01.md")).unwrap_or_default();
    (told, text)
}

fn check(recordings: &[(&str, &str)], attempt: u32, expected: (&str, &str)) {
    let (told, text) = replay(recordings, attempt);
    assert!(told.contains(expected.0), "{told}");
    assert_eq!(text, expected.1);
}

const FILE: &str = "step-1/files/agent-output/{project}/01.md";

#[test]
fn recorded_files_are_put_in_place_and_judged() {
    check(
        &[(FILE, "of {project}")],
        1,
        ("agent-output/demo/01.md", "of demo"),
    );
    check(
        &[("step-1/outcome.toml", "turns = 0\n"), (FILE, "x")],
        1,
        ("without one turn", "x"),
    );
    check(
        &[("step-1/files/agent-output/{project}/02.md", "x")],
        1,
        ("is missing", ""),
    );
    check(
        &[(FILE, "x"), ("step-1/files/README.md", "changed")],
        1,
        ("changed what it must not: `README.md`", "x"),
    );
}

#[test]
fn recorded_failures_come_back_with_their_kind() {
    let outcome = "error = \"DeploymentFailed\"\nkind = \"deployment\"\n";
    check(
        &[("step-1/outcome.toml", outcome)],
        1,
        ("Some(Deployment) reported a failure: DeploymentFailed", ""),
    );
}

#[test]
fn each_try_has_its_recording_and_the_last_repeats() {
    let first = "step-1/1/files/agent-output/demo/01.md";
    let second = "step-1/2/files/agent-output/demo/01.md";
    let both = [(first, "one"), (second, "two")];
    for (attempt, text) in [(1, "one"), (2, "two"), (3, "two")] {
        check(&both, attempt, ("01.md", text));
    }
}

#[test]
fn bad_recordings_are_told() {
    check(
        &[("step-2/x", "")],
        1,
        ("there is no recording for `step-1`: ", ""),
    );
    check(
        &[("step-1/outcome.toml", "turn = 1\n")],
        1,
        ("unknown field `turn`", ""),
    );
    let outside = "remove = [\"../../x\"]\n";
    check(
        &[("step-1/outcome.toml", outside)],
        1,
        ("`../../x` leads out of the repository", ""),
    );
}

#[test]
fn files_are_taken_from_elsewhere_and_changed() {
    let original = "step-1/originals/agent-output/demo/01.md";
    let takes = "takes = [\"agent-output/{project}/01.*\"]\n";
    let replace =
        "[[replace]]\nfile = \"agent-output/{project}/01.md\"\ntext = \"X\"\nwith = \"{tool}\"\n";
    let both = format!("{takes}{replace}");
    let check_with = |outcome: &str, text: &str, expected| {
        check(
            &[(original, text), ("step-1/outcome.toml", outcome)],
            1,
            expected,
        );
    };
    check_with(takes, "X {tool}", ("01.md", "X {tool}"));
    check_with(&both, "an X", ("01.md", "an Bicep"));
    check_with(&both, "none", ("does not say `X`", ""));
    check_with(
        "takes = [\"agent-output/demo/02.md\"]",
        "",
        ("`agent-output/demo/02.md` is missing", ""),
    );
    check(
        &[("step-1/outcome.toml", takes)],
        1,
        ("nobody said where from", ""),
    );
}

#[test]
fn what_was_played_is_remembered_and_an_earlier_folder_counts_first() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("repo");
    write(&root, "README.md", "");
    for (path, text) in [
        ("common/step-1/files/a.md", "common"),
        ("own/step-1/1/files/a.md", "first"),
        ("own/step-1/2/files/a.md", "second"),
    ] {
        write(folder.path(), path, text);
    }
    let task = Task {
        project: "demo".to_owned(),
        node: "step-1".to_owned(),
        attempt: 1,
        expected: vec!["a.md".to_owned()],
        folder: root.clone(),
        writable: vec!["a.md".to_owned()],
        ..Task::default()
    };
    let stop = StopToken::default();
    for expected in ["first", "second", "second"] {
        let replay = Replay {
            folders: ["own", "common"]
                .map(|name| folder.path().join(name))
                .to_vec(),
            played: Some(folder.path().join("played")),
            ..Replay::default()
        };
        let mut caller = Caller {
            stop: &stop,
            validate: &|_| Vec::new(),
            progress: &mut |_| {},
        };
        replay.run(&task, &mut caller).unwrap();
        assert_eq!(fs::read_to_string(root.join("a.md")).unwrap(), expected);
    }
}
