//! An agent that misbehaves in every way we know of, and what must come of it.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::assigning_clones,
    reason = "a test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use baton_flow::agent::preset::Presets;
use baton_flow::agent::{
    AgentAdapter as _, AgentFile, AgentOutput, Answer, Caller, CommandAdapter, Freshness, Kind,
    Limits, Progress, StopToken, Task,
};
use baton_flow::event::{AgentOutcome, FailureCategory};
use serde::Deserialize;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/agents");
const ARTIFACT: &str = "agent-output/demo/02-architecture-assessment.md";

/// Never in anything that was written or told.
const CANARIES: [&str; 2] = ["R7kP2mX9vL4qT8nB3wZ6y", "CANARYCANARY"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    is: String,
    kind: Option<Kind>,
    says: Option<String>,
    notes: Option<String>,
    silence: Option<u64>,
    whole: Option<u64>,
    output: Option<u64>,
    turns: Option<u64>,
    tokens: Option<u64>,
    cost: Option<f64>,
    needs: Option<String>,
    #[serde(default)]
    again: bool,
    times: Option<u32>,
}

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repo");
        for (path, text) in [
            (".git/hooks/README", "none"),
            ("agent-output/demo/01-requirements.md", "# Requirements\n"),
            ("agent-output/demo/04-implementation-plan.md", "# Plan\n"),
            ("agent-output/demo/00-session-state.json", "{}\n"),
            ("infra/bicep/other/main.bicep", "param a string\n"),
        ] {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Bench { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("repo")
    }

    fn task(&self) -> Task {
        Task {
            project: "demo".to_owned(),
            node: "step-2".to_owned(),
            step_key: "2".to_owned(),
            attempt: 1,
            agent: AgentFile {
                name: "03-Architect".to_owned(),
                path: None,
            },
            model: Some("GPT-5".to_owned()),
            prompt: "Do step 2.\n".to_owned(),
            expected: vec![ARTIFACT.to_owned()],
            folder: self.root(),
            writable: vec!["agent-output/demo/**".to_owned()],
            protected: vec!["agent-output/demo/04-*".to_owned()],
            limits: Limits {
                silence: Duration::from_secs(5),
                whole: Duration::from_secs(10),
                grace: Duration::from_millis(300),
                ..Limits::default()
            },
            ..Task::default()
        }
    }

    fn adapter(&self, behaviour: &str) -> CommandAdapter {
        let presets = Presets::embedded().unwrap();
        let transcripts = self.folder.path().join("transcripts");
        let mut adapter = CommandAdapter::new(&presets, "claude-code", &transcripts).unwrap();
        adapter.preset.program = "/bin/sh".to_owned();
        adapter.preset.arguments = vec![format!("{FIXTURES}/fake-agent.sh"), behaviour.to_owned()];
        adapter.preset.when.clear();
        adapter
    }
}

fn validate(root: &Path, files: &[String]) -> Vec<String> {
    let rotten = |file: &&String| {
        let text = fs::read_to_string(root.join(file)).unwrap_or_default();
        !text.contains("sound")
    };
    let rotten = files.iter().filter(rotten);
    rotten.map(|file| format!("`{file}` is rotten")).collect()
}

fn run(adapter: &CommandAdapter, task: &Task) -> (AgentOutput, Vec<Progress>) {
    let stop = StopToken::default();
    let mut progress = Vec::new();
    let mut caller = Caller {
        stop: &stop,
        validate: &|files| validate(&task.folder, files),
        progress: &mut |news| progress.push(news),
    };
    match adapter.run(task, &mut caller).unwrap() {
        Answer::Ended(output) => (*output, progress),
        other => panic!("it was started: {other:?}"),
    }
}

fn check(name: &str, case: &Case) -> Result<(), String> {
    if let Some(program) = &case.needs
        && Command::new(program).arg("--version").output().is_err()
    {
        return Ok(());
    }
    let bench = Bench::new();
    let mut task = bench.task();
    let limits = &mut task.limits;
    limits.silence = case.silence.map_or(limits.silence, Duration::from_millis);
    limits.whole = case.whole.map_or(limits.whole, Duration::from_millis);
    limits.output = case.output.unwrap_or(limits.output);
    (limits.turns, limits.tokens, limits.cost) = (case.turns, case.tokens, case.cost);
    if case.again {
        fs::write(bench.root().join(ARTIFACT), "sound\n").unwrap();
        task.freshness = Freshness::Changed;
    }
    for attempt in 1..=case.times.unwrap_or(1) {
        task.attempt = attempt;
        let (output, progress) = run(&bench.adapter(name), &task);
        judge(name, case, &output)?;
        quiet(&bench, &output, &progress).map_err(|why| format!("{name}: {why}"))?;
    }
    Ok(())
}

fn judge(name: &str, case: &Case, output: &AgentOutput) -> Result<(), String> {
    let (is, error) = match &output.outcome {
        AgentOutcome::Complete { artifacts, .. } => {
            let has = artifacts.contains(&ARTIFACT.to_owned());
            (if has { "complete" } else { "nothing" }.to_owned(), "")
        }
        AgentOutcome::Failed { category, error } => (slug(*category), error.as_str()),
        AgentOutcome::Lost => ("lost".to_owned(), ""),
    };
    let has_note = |part: &String| output.notes.iter().any(|note| note.contains(part));
    let fits = is == case.is
        && (case.kind.is_none() || case.kind == output.kind)
        && case.says.as_ref().is_none_or(|says| error.contains(says))
        && case.notes.as_ref().is_none_or(has_note);
    let (kind, notes) = (output.kind, &output.notes);
    let told = || format!("{name}: {is} {kind:?} {error:?} {notes:?}");
    fits.then_some(()).ok_or_else(told)
}

fn slug(category: FailureCategory) -> String {
    let value = serde_json::to_value(category).unwrap();
    value.as_str().unwrap().to_owned()
}

/// No secret is anywhere, and no process is left.
fn quiet(bench: &Bench, output: &AgentOutput, progress: &[Progress]) -> Result<(), String> {
    let transcript = fs::read_to_string(output.transcript.as_ref().unwrap()).unwrap();
    for line in transcript.lines() {
        let value: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        value.get("text").ok_or("a line without text")?;
    }
    let all = format!("{transcript}{output:?}{progress:?}");
    if let Some(canary) = CANARIES.iter().find(|canary| all.contains(*canary)) {
        return Err(format!("{canary} was written"));
    }
    let left = processes(&bench.root());
    let told = || format!("left behind: {left:?}");
    left.is_empty().then_some(()).ok_or_else(told)
}

/// Processes that work in a folder, where the system tells.
fn processes(folder: &Path) -> Vec<String> {
    let listed = fs::read_dir("/proc").into_iter().flatten().flatten();
    let here = listed.filter(|entry| {
        let cwd = fs::read_link(entry.path().join("cwd"));
        cwd.is_ok_and(|cwd| cwd.starts_with(folder))
    });
    let line = |path: PathBuf| fs::read_to_string(path.join("cmdline")).unwrap_or_default();
    here.map(|entry| line(entry.path())).collect()
}

fn cases() -> BTreeMap<String, Case> {
    let text = fs::read_to_string(format!("{FIXTURES}/misbehaviours.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

#[test]
fn every_misbehaviour_has_its_outcome() {
    let cases = cases();
    assert!(cases.len() > 40);
    let wrong = Mutex::new(Vec::new());
    let queue = Mutex::new(cases.iter());
    let work = || {
        loop {
            let Some((name, case)) = queue.lock().unwrap().next() else {
                break;
            };
            let began = Instant::now();
            if let Err(why) = check(name, case) {
                wrong.lock().unwrap().push(why);
            }
            if began.elapsed() > Duration::from_secs(30) {
                let took = format!("{name} took {:?}", began.elapsed());
                wrong.lock().unwrap().push(took);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_behaviour_of_the_script_is_in_the_table() {
    let script = fs::read_to_string(format!("{FIXTURES}/fake-agent.sh")).unwrap();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let names = script.lines().filter_map(|line| line.split_once(')'));
    let names = names.filter(|(name, _)| !name.is_empty() && name.chars().all(plain));
    let mut names: Vec<&str> = names.map(|(name, _)| name).collect();
    names.sort_unstable();
    let cases = cases();
    let known: Vec<&str> = cases.keys().map(String::as_str).collect();
    assert_eq!(names, known);
}

#[test]
fn what_it_used_comes_back() {
    let bench = Bench::new();
    let (output, progress) = run(&bench.adapter("good"), &bench.task());
    assert_eq!((output.turns, output.tokens), (Some(2), Some(220)));
    assert_eq!(output.cost, Some(0.5));
    assert_eq!(output.session_id.as_deref(), Some("s-1"));
    let note = "Claude Code cannot run `GPT-5`; it used its own default";
    assert_eq!(output.notes, [note]);
    let said = Progress::Said("turn 1".to_owned());
    assert!(progress.contains(&said), "{progress:?}");
    let transcript = output.transcript.unwrap();
    let prompt = transcript.with_file_name("step-2-1.prompt.md");
    assert_eq!(fs::read_to_string(prompt).unwrap(), "Do step 2.\n");
}

#[test]
fn somebody_can_stop_it_and_nothing_of_it_stays() {
    for behaviour in ["silence", "ignores-sigterm", "endless-talk"] {
        let bench = Bench::new();
        let stop = StopToken::default();
        let other = stop.clone();
        let mut lines = 0;
        let mut caller = Caller {
            stop: &stop,
            validate: &|_| Vec::new(),
            progress: &mut |_| {
                lines += 1;
                other.stop();
            },
        };
        let began = Instant::now();
        let answer = bench.adapter(behaviour).run(&bench.task(), &mut caller);
        let Ok(Answer::Ended(output)) = answer else {
            panic!("{answer:?}")
        };
        assert_eq!(output.kind, Some(Kind::Stopped), "{behaviour}");
        assert!(began.elapsed() < Duration::from_secs(5), "{behaviour}");
        assert_eq!(processes(&bench.root()), Vec::<String>::new());
        assert!(lines > 0);
    }
}

#[test]
fn an_agent_sees_little_of_the_environment_and_that_it_is_one() {
    let bench = Bench::new();
    run(&bench.adapter("shows-its-environment"), &bench.task());
    let text = fs::read_to_string(bench.root().join(ARTIFACT)).unwrap();
    assert!(text.contains("BATON_RUN=demo/step-2"), "{text}");
    assert!(text.contains("BATON_AGENT=03-Architect\n"), "{text}");
    let is_foreign = |line: &&str| line.starts_with("CARGO") || line.starts_with("GIT_");
    assert_eq!(text.lines().find(is_foreign), None);
}

#[test]
fn a_program_tells_its_version() {
    let bench = Bench::new();
    let mut adapter = bench.adapter("good");
    for (script, expected) in [
        ("echo hello; echo agent 1.2.3", Some("agent 1.2.3")),
        ("echo agent 1.2.3; exit 1", None),
        ("echo none", None),
    ] {
        adapter.preset.version = vec!["-c".to_owned(), script.to_owned()];
        assert_eq!(adapter.version().as_deref(), expected);
    }
}

#[test]
fn a_program_that_is_not_there_is_told_with_a_way_to_get_it() {
    let bench = Bench::new();
    let mut adapter = bench.adapter("good");
    adapter.preset.program = "no-such-agent".to_owned();
    let stop = StopToken::default();
    let mut caller = Caller {
        stop: &stop,
        validate: &|_| Vec::new(),
        progress: &mut |_| {},
    };
    let error = adapter.run(&bench.task(), &mut caller).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`no-such-agent` is not installed: no absolute folder of PATH holds it \
         (npm install -g @anthropic-ai/claude-code)"
    );
}

#[test]
fn a_program_that_prints_text_is_judged_by_its_work() {
    let bench = Bench::new();
    let mut adapter = bench.adapter("good");
    adapter.preset = Presets::embedded().unwrap().named("plain").unwrap().clone();
    adapter.preset.program = "/bin/sh".to_owned();
    for (script, expected) in [
        ("exit 0", "wrote nothing: `"),
        ("exit 3", "exited with 3"),
        ("echo x >agent-output/demo/x", "did not do all it was asked"),
        (
            "echo no; echo 'please log in' >&2",
            "and said: please log in",
        ),
        (
            "cat; echo sound >agent-output/demo/02-architecture-assessment.md",
            "",
        ),
    ] {
        adapter.preset.arguments = vec!["-c".to_owned(), script.to_owned()];
        let (output, _) = run(&adapter, &bench.task());
        let error = match &output.outcome {
            AgentOutcome::Failed { error, .. } => error.as_str(),
            _ => "",
        };
        let fits = expected.is_empty() == error.is_empty() && error.contains(expected);
        assert!(fits, "{script}: {error}");
        assert_eq!(output.turns, None);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_killed_runner_left_running_is_ended_by_the_next() {
    use std::os::unix::process::CommandExt as _;

    use baton_flow::agent::process::{ROOT_VARIABLE, end_orphans, root_of};

    let bench = Bench::new();
    let start = |run: &str| {
        Command::new("sleep")
            .arg("30")
            .env("BATON_RUN", run)
            .env(ROOT_VARIABLE, root_of(&bench.root()))
            .process_group(0)
            .spawn()
            .unwrap()
    };
    let (mut ours, mut other) = (start("demo/step-2"), start("demonstration/step-2"));
    // Until it has become the program, a new process carries the variables of this one.
    let began = Instant::now();
    while end_orphans(&bench.root(), "demo") == 0 {
        assert!(began.elapsed() < Duration::from_secs(5));
    }
    assert!(!ours.wait().unwrap().success());
    assert!(other.try_wait().unwrap().is_none());
    assert_eq!(end_orphans(bench.folder.path(), "demonstration"), 0);
    other.kill().unwrap();
    other.wait().unwrap();
}
