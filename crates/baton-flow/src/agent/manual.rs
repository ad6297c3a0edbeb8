//! Work that a person has done, in whatever tool they like.

use std::fmt::Write as _;

use super::{AgentAdapter, AgentError, Answer, Caller, Task};

/// Tells a person what to do, and waits for a command of theirs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manual;

impl AgentAdapter for Manual {
    fn run(&self, task: &Task, _caller: &mut Caller<'_>) -> Result<Answer, AgentError> {
        Ok(Answer::Waiting(handoff(task)))
    }
}

/// What a person needs to know to have a task done.
pub fn handoff(task: &Task) -> String {
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
    let substep = match &task.substep {
        Some(part) => format!(" --substep {part}"),
        None => String::new(),
    };
    let _ = writeln!(out, "\n   say so, and the run goes on:\n");
    let _ = writeln!(
        out,
        "       baton state complete-step {} --project {}{substep}",
        task.step_key, task.project
    );
    let _ = writeln!(out, "       baton resume {}", task.project);
    out
}

#[cfg(test)]
mod tests {
    use super::super::Task;
    use super::handoff;

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

       baton state complete-step 2 --project demo
       baton resume demo
";
        assert_eq!(handoff(&task), expected);
    }
}
