//! How long a whole call of a hook takes, process start included, beside the reference's shell
//! hooks where `BATON_BENCH_REFERENCE` names a checkout of `jonathan-vella/apex`; they need bash and
//! jq, and run in a copy.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error>>;

const REFERENCE: &str = "BATON_BENCH_REFERENCE";
/// How often each call is made.
const ROUNDS: usize = 300;
/// How often those are made that take tens of milliseconds each.
const SLOW_ROUNDS: usize = 30;

/// A call that is measured: what it is called, the hook, the payload of Visual Studio Code.
const CALLS: [(&str, &str, &str); 8] = [
    (
        "guard, harmless command",
        "tool-guardian",
        r#"{"hookEventName":"PreToolUse","tool_name":"run_in_terminal","tool_input":{"command":"git status"}}"#,
    ),
    (
        "guard, forbidden command",
        "tool-guardian",
        r#"{"hookEventName":"PreToolUse","tool_name":"run_in_terminal","tool_input":{"command":"rm -rf /"}}"#,
    ),
    (
        "guard, long pipeline",
        "tool-guardian",
        r#"{"hookEventName":"PreToolUse","tool_name":"run_in_terminal","tool_input":{"command":"for f in $(git diff --name-only | grep -E '\\.bicep$' | sort -u); do az bicep build --file \"$f\" --stdout > /dev/null || { echo \"$f\"; exit 1; }; done && npm run lint -- --fix && terraform plan -out tf.plan | tee plan.txt"}}"#,
    ),
    (
        "guard, edit",
        "tool-guardian",
        r#"{"hookEventName":"PreToolUse","tool_name":"replace_string_in_file","tool_input":{"filePath":"src/a.ts","oldString":"a","newString":"b"}}"#,
    ),
    (
        "guard, read",
        "tool-guardian",
        r#"{"hookEventName":"PreToolUse","tool_name":"read_file","tool_input":{"filePath":"src/a.ts"}}"#,
    ),
    (
        "audit",
        "tool-audit",
        r#"{"hookEventName":"PostToolUse","tool_name":"read_file","tool_response":"done"}"#,
    ),
    (
        "telemetry, prompt",
        "session-telemetry",
        r#"{"hookEventName":"UserPromptSubmit","prompt":"Refactor the module and run its tests"}"#,
    ),
    (
        "subagent",
        "subagent-validation",
        r#"{"hookEventName":"SubagentStop","agent_type":"challenger","last_assistant_message":"{\"findings\": [1]}"}"#,
    ),
];

/// The budget of a hook's answer, in milliseconds, at the 99th percentile.
const BUDGET: f64 = 10.0;

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    // Logs lie below the top of a work tree.
    fs::create_dir(root.join(".git"))?;
    for (number, (_, _, payload)) in CALLS.iter().enumerate() {
        fs::write(payload_file(root, number), payload)?;
    }
    let mut times = vec![Vec::new(); CALLS.len() + 1];
    // The calls in turn, so that a busy machine slows all of them; the first round warms up.
    for round in 0..=ROUNDS {
        for (number, times) in times.iter_mut().enumerate() {
            let mut command = baton();
            let took = match CALLS.get(number) {
                Some((_, hook, _)) => {
                    command.args(["hook", hook]).current_dir(root);
                    time(&mut command, &payload_file(root, number))?
                }
                None => time(command.arg("--version"), &payload_file(root, 0))?,
            };
            if round > 0 {
                times.push(took);
            }
        }
    }
    let names = CALLS
        .iter()
        .map(|(name, ..)| *name)
        .chain(["start-up alone"]);
    for (name, times) in names.zip(&mut times) {
        println!(
            "{name:<26} {} (the budget is {BUDGET} at p99)",
            percentiles(times)
        );
    }
    match std::env::var_os(REFERENCE) {
        Some(checkout) if !checkout.is_empty() => reference(&PathBuf::from(checkout), root),
        _ => {
            println!("\nskipped: the shell hooks, because {REFERENCE} names no checkout");
            Ok(())
        }
    }
}

/// The program that is measured.
fn baton() -> Command {
    Command::new(env!("CARGO_BIN_EXE_baton"))
}

/// The reference's hooks and ours on the same payloads, in turn.
fn reference(checkout: &Path, root: &Path) -> Outcome<()> {
    println!();
    let scripts = [
        (0, "tool-guardian/guard-tool.sh"),
        (1, "tool-guardian/guard-tool.sh"),
        (5, "tool-audit/tool-audit.sh"),
        (6, "session-telemetry/prompt-submit.sh"),
        (7, "subagent-validation/subagent-validation.sh"),
    ];
    copy(&checkout.join(".github/hooks"), &root.join(".github/hooks"))?;
    for (number, script) in scripts {
        let Some((name, hook, _)) = CALLS.get(number) else {
            continue;
        };
        let script = Path::new(".github/hooks").join(script);
        if !root.join(&script).exists() {
            println!(
                "{name:<26} skipped: the checkout has no {}",
                script.display()
            );
            continue;
        }
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        for round in 0..=SLOW_ROUNDS {
            let payload = payload_file(root, number);
            let mut shell = Command::new("bash");
            let shell = shell.arg(&script).current_dir(root);
            let (slow, fast) = (
                time(shell, &payload)?,
                time(baton().args(["hook", hook]).current_dir(root), &payload)?,
            );
            if round > 0 {
                theirs.push(slow);
                ours.push(fast);
            }
        }
        println!("{name:<26} the reference {}", percentiles(&mut theirs));
        println!("{:<26} baton         {}", "", percentiles(&mut ours));
    }
    Ok(())
}

fn payload_file(root: &Path, number: usize) -> PathBuf {
    root.join(format!("payload-{number}.json"))
}

/// A whole process from its start to its end; the reference's hooks may end as they like.
fn time(command: &mut Command, payload: &Path) -> Outcome<Duration> {
    command
        .stdin(Stdio::from(File::open(payload)?))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    command.status()?;
    Ok(start.elapsed())
}

/// Median, 99th percentile and most.
fn percentiles(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| {
        let place = (times.len() * share).div_ceil(100).saturating_sub(1);
        let took = times.get(place);
        took.map_or(f64::NAN, |took| took.as_secs_f64() * 1e3)
    };
    format!(
        "p50 {:7.2} ms, p99 {:7.2} ms, most {:7.2} ms",
        at(50),
        at(99),
        at(100)
    )
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
