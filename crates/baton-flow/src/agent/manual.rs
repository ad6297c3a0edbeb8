//! Work that a person has done, in whatever tool they like.

use std::fmt::Write as _;

use super::outcome::{Evidence, judge};
use super::preset::{Preset, Words};
use super::process::Ended;
use super::stream::Told;
use super::watch::Changes;
use super::{AgentAdapter, AgentError, AgentOutput, Answer, Caller, Task};

/// Tells a person what to do, and waits for a command of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manual {
    /// The command that says that the work is done; `{project}`, `{node}`, `{substep}` and
    /// `{step}` stand for what the task says.
    pub done: String,
}

impl Default for Manual {
    fn default() -> Manual {
        Manual {
            done: "baton resume {project}".to_owned(),
        }
    }
}

impl AgentAdapter for Manual {
    fn run(&self, task: &Task, _caller: &mut Caller<'_>) -> Result<Answer, AgentError> {
        Ok(Answer::Waiting(handoff(task, &self.done)))
    }
}

/// Judges what a person had done, once they say so.
pub fn finished(task: &Task, validate: &dyn Fn(&[String]) -> Vec<String>) -> AgentOutput {
    let preset = Preset::default();
    let evidence = Evidence {
        task,
        preset: &preset,
        words: &Words::new(),
        told: &Told::default(),
        how: &Ended::Exit(0),
        tail: "a person says that it is done",
        changes: &Changes::default(),
        validate,
    };
    AgentOutput::judged(judge(&evidence))
}

/// What a person needs to know to have a task done.
pub fn handoff(task: &Task, done: &str) -> String {
    let mut out = String::new();
    let agent = match &task.agent.path {
        Some(path) => format!("{} ({path})", task.agent.name),
        None => task.agent.name.clone(),
    };
    // Writing to a text cannot fail.
    let _ = writeln!(
        out,
        "{} of {} waits for {agent}.\n",
        task.called(),
        task.project
    );
    let _ = writeln!(
        out,
        "1. Open your agent at the root of the repository and choose"
    );
    let _ = writeln!(out, "   {agent}.");
    if let Some(model) = &task.model {
        let _ = writeln!(out, "   Its model is {model}.");
    }
    let _ = writeln!(out, "2. Give it this:\n");
    for line in task.prompt.trim_end().lines() {
        let _ = writeln!(out, "{}", format!("       {line}").trim_end());
    }
    let _ = writeln!(out, "\n3. When these are written:\n");
    for path in &task.expected {
        let _ = writeln!(out, "       {path}");
    }
    let mut done = done.to_owned();
    for (name, value) in [
        ("{project}", task.project.as_str()),
        ("{node}", &task.node),
        ("{substep}", task.substep.as_deref().unwrap_or_default()),
        ("{step}", &task.step_key),
    ] {
        done = done.replace(name, value);
    }
    let _ = writeln!(out, "\n   say so, and the run goes on:\n\n       {done}");
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Task};
    use super::{Manual, finished, handoff};

    #[test]
    fn a_person_is_told_who_does_what_and_how_it_goes_on() {
        let mut task = Task {
            project: "demo".to_owned(),
            node: "step-2".to_owned(),
            step_key: "2".to_owned(),
            attempt: 1,
            model: Some("Claude Opus".to_owned()),
            prompt: "Assess the architecture.\n\nRead:\n- a.md\n".to_owned(),
            expected: vec!["agent-output/demo/02-architecture-assessment.md".to_owned()],
            ..Task::default()
        };
        task.agent.name = "03-Architect".to_owned();
        task.agent.path = Some(".github/agents/03-architect.agent.md".to_owned());
        let expected = "\
step-2 of demo waits for 03-Architect (.github/agents/03-architect.agent.md).

1. Open your agent at the root of the repository and choose
   03-Architect (.github/agents/03-architect.agent.md).
   Its model is Claude Opus.
2. Give it this:

       Assess the architecture.

       Read:
       - a.md

3. When these are written:

       agent-output/demo/02-architecture-assessment.md

   say so, and the run goes on:

       baton resume demo
";
        assert_eq!(handoff(&task, &Manual::default().done), expected);
    }

    #[test]
    fn work_of_a_person_is_judged_as_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let task = Task {
            folder: folder.path().to_owned(),
            expected: vec!["a.md".to_owned()],
            ..Task::default()
        };
        let bad = |_: &[String]| vec!["`a.md` is bad".to_owned()];
        assert_eq!(finished(&task, &bad).kind, Some(Kind::EmptyResponse));
        std::fs::write(folder.path().join("a.md"), "x").unwrap();
        assert_eq!(finished(&task, &bad).kind, Some(Kind::ArtifactInvalid));
        assert_eq!(finished(&task, &|_| Vec::new()).kind, None);
    }
}
