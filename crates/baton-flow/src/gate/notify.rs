//! Telling people that a gate waits, by a command of theirs.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::GatePolicy;
use crate::approval::Look;

/// How long the command may take.
const LIMIT: Duration = Duration::from_secs(10);

/// How often it is looked whether it has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// What the command reads from its standard input, as JSON.
#[derive(Debug, Clone, Serialize)]
pub struct Waiting {
    /// The project.
    pub project: String,
    /// The gate.
    pub gate: String,
    /// Digest of what is to be approved.
    pub digest: String,
    /// Artifacts that are to be approved.
    pub artifacts: Vec<String>,
    /// Open findings.
    pub findings: Vec<String>,
    /// How many have to approve.
    pub needed: u32,
    /// Who may; nobody named means anybody.
    pub approvers: Vec<String>,
    /// The command that approves.
    pub approve: String,
}

/// What is told of a gate that waits, from what there is to see there.
pub fn waiting(project: &str, gate: &str, look: &Look, policy: &GatePolicy) -> Waiting {
    Waiting {
        project: project.to_owned(),
        gate: gate.to_owned(),
        digest: look.shown.digest.clone(),
        artifacts: look.shown.artifacts.keys().cloned().collect(),
        findings: look.findings.clone(),
        needed: policy.needed(gate),
        approvers: policy.approvers(gate).to_vec(),
        approve: format!("baton approve {project} {gate}"),
    }
}

/// Has the policy's command tell people that a gate waits; `Err` says why they were not told,
/// which is no reason to stop.
pub fn notify(policy: &GatePolicy, root: &Path, waiting: &Waiting) -> Result<(), String> {
    let Some((program, arguments)) = policy.notify.split_first() else {
        return Ok(());
    };
    let failed = |what: &str| format!("`{program}`, which tells of waiting gates, {what}");
    let text = serde_json::to_string(waiting).map_err(|error| failed(&error.to_string()))?;
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&format!("cannot be started: {error}")))?;
    if let Some(mut input) = child.stdin.take() {
        // A command that does not read is not interested; the text fits into a pipe or waits
        // on its own thread.
        thread::spawn(move || input.write_all(format!("{text}\n").as_bytes()));
    }
    match ended(&mut child) {
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(Some(status)) => Err(failed(&format!("failed: {status}"))),
        Ok(None) => Err(failed(&format!("took more than {} s", LIMIT.as_secs()))),
        Err(error) => Err(failed(&format!("cannot be waited for: {error}"))),
    }
}

fn ended(child: &mut Child) -> std::io::Result<Option<std::process::ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < LIMIT {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(PAUSE);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Waiting, notify, waiting};
    use crate::approval::Look;
    use crate::event::Shown;
    use crate::gate::GatePolicy;

    fn gate() -> Waiting {
        let path = "agent-output/shop/01-requirements.md".to_owned();
        let look = Look {
            shown: Shown {
                digest: "0".repeat(64),
                artifacts: [(path, "1".repeat(64))].into(),
                findings: String::new(),
                graph: String::new(),
            },
            findings: vec!["one".to_owned()],
            reviews: BTreeMap::new(),
            missing: Vec::new(),
        };
        waiting("shop", "gate-1", &look, &GatePolicy::default())
    }

    fn told(command: &[&str]) -> (Result<(), String>, Option<String>) {
        let folder = tempfile::tempdir().unwrap();
        let policy = GatePolicy {
            notify: command.iter().map(|word| (*word).to_owned()).collect(),
            ..GatePolicy::default()
        };
        let outcome = notify(&policy, folder.path(), &gate());
        (
            outcome,
            std::fs::read_to_string(folder.path().join("told")).ok(),
        )
    }

    #[test]
    fn the_command_reads_what_waits() {
        let (outcome, text) = told(&["sh", "-c", "cat > told"]);
        outcome.unwrap();
        let text: serde_json::Value = serde_json::from_str(&text.unwrap()).unwrap();
        assert_eq!(text["gate"], "gate-1");
        assert_eq!(text["needed"], 1);
        assert_eq!(text["findings"][0], "one");
        assert_eq!(text["approve"], "baton approve shop gate-1");
    }

    #[test]
    fn a_command_that_fails_is_told() {
        assert!(
            told(&["sh", "-c", "exit 3"])
                .0
                .unwrap_err()
                .contains("failed: exit status: 3")
        );
        let said = told(&["/nowhere/notifier"]).0.unwrap_err();
        assert!(said.starts_with("`/nowhere/notifier`, which tells of waiting gates, cannot be"));
        assert!(told(&[]).0.is_ok());
    }
}
