//! The proof that guards of agents block: each installed one is sent a forbidden call, and a
//! harmless one, through the command line that its host would run.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use baton_check::external::Scratch;
use baton_guard::Event;
use baton_repo::{HookCommand, HookDialect, HookManifest, HookShell, Repo, Worktree};
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;
use serde_json::{Value, json};

use super::{State, line};
use crate::project::Project;

/// A command that no guard lets pass, and one that each does.
const FORBIDDEN: &str = "git push --force origin main";
const HARMLESS: &str = "git status";

/// How long a guard may take: what manifests grant it.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often is looked whether it is done.
const PAUSE: Duration = Duration::from_millis(5);

/// What a host makes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// The tool is not used.
    Denied,
    /// A person is asked.
    Asked,
    /// The tool is used.
    Passed,
    /// The tool is used, or not, because the guard failed.
    Failed,
}

/// What the guards of a repository are worth.
pub(super) fn guards(project: &Project) -> Vec<super::Line> {
    match found(project) {
        Ok(lines) if lines.is_empty() => {
            let says = "none is installed; `baton init --agent-hooks` writes one";
            vec![line(State::Absent, "agent guard", says)]
        }
        Ok(lines) => lines,
        Err(error) => {
            let says = format!("could not be looked for: {error:#}");
            vec![line(State::Bad, "agent guard", &says)]
        }
    }
}

fn found(project: &Project) -> Result<Vec<super::Line>> {
    let threads = baton_check::use_threads(None);
    let source = Arc::new(Worktree::new(&project.root, threads));
    let repo = Repo::open(source, &project.config.repository)?;
    let mut lines = Vec::new();
    for manifest in repo.hook_manifests() {
        let Some(file) = repo.files().iter().find(|file| file.id == manifest.file) else {
            continue;
        };
        let path = file.path.as_str();
        for (event, _, hook) in manifest.hooks() {
            let name = event.name.value.as_str();
            let is_ours = |command: &&HookCommand| is_guard(command) && is_run_here(command);
            let guard = hook.commands.iter().find(is_ours);
            let Some(guard) = guard.filter(|_| Event::named(name) == Event::PreToolUse) else {
                continue;
            };
            let what = format!("guard of {}", manifest.dialect.host().host);
            let (state, says) = match unread(&project.root, manifest, path) {
                Some(why) => (State::Bad, why),
                None => proved(guard, (manifest.dialect, name)),
            };
            lines.push(line(state, &what, &format!("{path}: {says}")));
        }
    }
    Ok(lines)
}

/// Whether a command calls the guard.
fn is_guard(command: &HookCommand) -> bool {
    command.calls.iter().any(|call| {
        let words: Vec<&str> = call.words.iter().map_while(Option::as_deref).collect();
        let program = words
            .first()
            .and_then(|word| word.rsplit(['/', '\\']).next());
        let is_baton = program.is_some_and(|program| program.trim_end_matches(".exe") == "baton");
        is_baton && words.get(1..3) == Some(&["hook", "tool-guardian"])
    })
}

/// Whether it is for the system at hand.
fn is_run_here(command: &HookCommand) -> bool {
    let elsewhere: &[&str] = if cfg!(windows) {
        &["linux", "osx", "bash"]
    } else if cfg!(target_os = "macos") {
        &["windows", "linux", "powershell"]
    } else {
        &["windows", "osx", "powershell"]
    };
    !elsewhere.contains(&command.key.as_str())
}

/// Why Visual Studio Code does not read a manifest in a folder of its own.
fn unread(root: &Path, manifest: &HookManifest, path: &str) -> Option<String> {
    let folder = path.strip_suffix("/hooks.json")?;
    if manifest.dialect != HookDialect::VsCode || !folder.starts_with(".github/hooks/") {
        return None;
    }
    let text = fs::read_to_string(root.join(".vscode/settings.json")).unwrap_or_default();
    let settings = json::parse(&text, Dialect::WithComments).root;
    let listed = settings
        .as_ref()
        .and_then(|settings| settings.get("chat.hookFilesLocations")?.get(folder));
    match listed.and_then(Node::as_bool) {
        Some(true) => None,
        _ => Some(format!(
            "is not read: `chat.hookFilesLocations` in .vscode/settings.json does not list `{folder}`"
        )),
    }
}

fn proved(guard: &HookCommand, registered: (HookDialect, &str)) -> (State, String) {
    let attempt = |command: &str| attempt(guard, registered, command);
    match (attempt(FORBIDDEN), attempt(HARMLESS)) {
        (Ok((Reading::Denied, _)), Ok((Reading::Passed, _))) => (
            State::Good,
            "denies a forbidden command and lets a harmless one pass".to_owned(),
        ),
        (Ok((Reading::Denied, _)), Ok((_, said))) => (
            State::Bad,
            format!("stops a harmless command as well: {said}"),
        ),
        (Ok((Reading::Failed, said)), _) => (State::Bad, format!("does not work: {said}")),
        (Ok((Reading::Asked, said)), _) => {
            (State::Bad, format!("only asks about `{FORBIDDEN}`: {said}"))
        }
        (Ok((_, said)), _) => (State::Bad, format!("lets `{FORBIDDEN}` pass: {said}")),
        (Err(error), _) => (State::Bad, format!("could not be tried: {error}")),
    }
}

/// Sends a call, and tells what the host would make of the answer.
fn attempt(
    guard: &HookCommand,
    (dialect, event): (HookDialect, &str),
    command: &str,
) -> io::Result<(Reading, String)> {
    let scratch = Scratch::new()?;
    let base = scratch.path();
    let payload = payload(base, (dialect, event), command).to_string();
    let [sent, answer, said] = ["payload", "answer", "said"].map(|name| base.join(name));
    fs::write(&sent, payload)?;
    let mut child = shell(guard)
        .current_dir(base)
        .env("CLAUDE_PROJECT_DIR", base)
        .stdin(Stdio::from(File::open(&sent)?))
        .stdout(Stdio::from(File::create(&answer)?))
        .stderr(Stdio::from(File::create(&said)?))
        .spawn()?;
    let end = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            let seconds = PATIENCE.as_secs();
            return Ok((Reading::Passed, format!("it took longer than {seconds} s")));
        }
        thread::sleep(PAUSE);
    };
    let answer = fs::read_to_string(&answer).unwrap_or_default();
    let said = fs::read_to_string(&said).unwrap_or_default();
    let said = said.lines().next().unwrap_or("it said nothing").to_owned();
    Ok((reading(dialect, status.code(), &answer), said))
}

/// A shell as hosts start it.
fn shell(guard: &HookCommand) -> Command {
    let text = guard.text.as_str();
    let (program, flag) = match guard.shell {
        HookShell::PowerShell => ("powershell", "-Command"),
        HookShell::Posix if guard.key == "bash" => ("bash", "-c"),
        HookShell::Posix => ("sh", "-c"),
        HookShell::Exec => {
            let mut words = text.split_whitespace();
            let mut command = Command::new(words.next().unwrap_or_default());
            command.args(words);
            return command;
        }
    };
    let mut command = Command::new(program);
    command.args([flag, text]);
    command
}

/// A call in the words of a host.
fn payload(folder: &Path, (dialect, event): (HookDialect, &str), command: &str) -> Value {
    let cwd = folder.to_string_lossy();
    let time = "2026-11-21T09:30:00.000Z";
    match dialect {
        HookDialect::VsCode => json!({
            "timestamp": time, "cwd": cwd, "sessionId": "doctor", "hookEventName": event,
            "tool_name": "run_in_terminal", "tool_input": {"command": command},
            "tool_use_id": "doctor",
        }),
        HookDialect::Claude => json!({
            "session_id": "doctor", "cwd": cwd, "permission_mode": "default",
            "hook_event_name": event, "tool_name": "Bash", "tool_input": {"command": command},
            "tool_use_id": "doctor",
        }),
        HookDialect::Copilot if event == "PreToolUse" => json!({
            "hook_event_name": event, "session_id": "doctor", "timestamp": time, "cwd": cwd,
            "tool_name": "Bash", "tool_input": {"command": command},
        }),
        HookDialect::Copilot => json!({
            "sessionId": "doctor", "timestamp": 1_795_253_400_000_i64, "cwd": cwd,
            "toolName": "bash", "toolArgs": json!({"command": command}).to_string(),
        }),
    }
}

/// What a host makes of an exit code and an answer.
fn reading(dialect: HookDialect, code: Option<i32>, answer: &str) -> Reading {
    match code {
        Some(2) => return Reading::Denied,
        Some(0) => {}
        _ => return Reading::Failed,
    }
    let Ok(answer) = serde_json::from_str::<Value>(answer) else {
        // Copilot takes what it cannot read for nothing.
        let is_silent = answer.trim().is_empty();
        return if is_silent {
            Reading::Passed
        } else {
            Reading::Failed
        };
    };
    let decision = match dialect {
        HookDialect::Copilot => answer.get("permissionDecision"),
        HookDialect::VsCode | HookDialect::Claude => {
            answer.pointer("/hookSpecificOutput/permissionDecision")
        }
    };
    match decision.and_then(Value::as_str) {
        Some("deny") => Reading::Denied,
        Some("ask") => Reading::Asked,
        _ => Reading::Passed,
    }
}

#[cfg(test)]
mod tests {
    use baton_repo::HookDialect::{Claude, Copilot, VsCode};

    use super::{Reading, reading};

    #[test]
    fn answers_are_read_as_each_host_reads_them() {
        let inside = r#"{"hookSpecificOutput": {"permissionDecision": "deny"}}"#;
        let outside = r#"{"permissionDecision": "deny"}"#;
        let asks = r#"{"permissionDecision": "ask"}"#;
        for (dialect, code, answer, expected) in [
            (VsCode, 0, inside, Reading::Denied),
            (VsCode, 0, outside, Reading::Passed),
            (Claude, 0, inside, Reading::Denied),
            (Claude, 2, "", Reading::Denied),
            (Copilot, 0, inside, Reading::Passed),
            (Copilot, 0, outside, Reading::Denied),
            (Copilot, 0, asks, Reading::Asked),
            (Copilot, 0, "a table\n{}", Reading::Failed),
            (VsCode, 127, inside, Reading::Failed),
            (Claude, 0, "", Reading::Passed),
        ] {
            assert_eq!(reading(dialect, Some(code), answer), expected, "{answer}");
        }
    }
}
