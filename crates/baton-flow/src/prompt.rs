//! What an agent is told: which files to read, what to write, what came before. Files are named,
//! not quoted, unless somebody hands in a compressed text for one.

use std::fmt::Write as _;

use crate::agent::Task;

/// So many findings are listed; the others stand where they were found.
const MOST_FINDINGS: usize = 20;

/// A finding is not told at greater length, in characters.
const LONGEST_FINDING: usize = 400;

/// What came before a task.
#[derive(Debug, Clone, Default)]
pub struct Before<'a> {
    /// The handoff document, from the root.
    pub handoff: Option<&'a str>,
    /// The point at which the step was left, and files that were read by then.
    pub resume: Option<(&'a str, &'a [String])>,
    /// Why the work is done again, and by whose decision: `gate-2 was rejected`.
    pub rework: Option<&'a str>,
    /// What the last try failed with.
    pub failure: Option<&'a str>,
    /// What must be mended, one sentence each.
    pub findings: &'a [String],
    /// The report in which they stand, from the root.
    pub report: Option<&'a str>,
    /// Compressed texts by the paths of their files.
    pub inline: &'a [(String, String)],
}

/// The prompt for a task. The same task gives the same text.
pub fn prompt(task: &Task, before: &Before<'_>) -> String {
    let mut out = Text::default();
    let agent = match &task.agent.path {
        Some(path) => format!("Work as `{}`, as `{path}` describes.", task.agent.name),
        None => format!("Work as `{}`.", task.agent.name),
    };
    let part = match &task.substep {
        Some(part) => format!(", part `{part}`"),
        None => String::new(),
    };
    let (project, key) = (&task.project, &task.step_key);
    out.line(&agent);
    out.line(&format!(
        "Do step {key}{part} of project `{project}`, and nothing else."
    ));
    out.rework(task, before);
    let mut inputs: Vec<&str> = before.handoff.into_iter().collect();
    let is_inline = |path: &&String| before.inline.iter().any(|(inline, _)| inline == *path);
    let read = before.resume.map(|(_, read)| read).unwrap_or_default();
    let fresh = task
        .inputs
        .iter()
        .filter(|path| !is_inline(path) && !read.contains(path));
    inputs.extend(fresh.map(String::as_str));
    out.list("Read first:", inputs);
    out.list(
        "Write, and do not stop before all of it is there:",
        &task.expected,
    );
    out.list("Change nothing outside of:", &task.writable);
    out.list("Of these, leave alone:", &task.protected);
    out.gap();
    out.line("Nobody answers questions: where something is open, take the safest choice and write it down.");
    out.line(
        "Do not approve, reject or skip gates, and do not begin another step; the runner does.",
    );
    out.line(&format!("Settle decisions with `baton state decide {project} --key KEY --value VALUE`; do not edit the state file."));
    for (path, text) in before.inline {
        out.gap();
        out.line(&format!("`{path}`, shortened:"));
        out.gap();
        out.line(text.trim_end());
    }
    out.0
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn line(&mut self, line: &str) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.0, "{line}");
    }

    fn gap(&mut self) {
        self.line("");
    }

    fn list(&mut self, title: &str, items: impl IntoIterator<Item = impl AsRef<str>>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return;
        }
        self.gap();
        self.line(title);
        for item in items {
            self.line(&format!("- {}", item.as_ref()));
        }
    }

    /// Why the work is done again, and what must be mended.
    fn rework(&mut self, task: &Task, before: &Before<'_>) {
        if let Some((point, _)) = before.resume {
            self.line(&format!(
                "It was begun before; go on at `{}`.",
                one_line(point)
            ));
        }
        if let Some(reason) = before.rework {
            self.line(&format!("It is done again: {}.", one_line(reason)));
        }
        if let Some(failure) = before.failure {
            let attempt = task.attempt;
            self.line(&format!(
                "This is attempt {attempt}; the last one {}.",
                one_line(failure)
            ));
        }
        let findings = before.findings.iter().take(MOST_FINDINGS);
        self.list("Mend this:", findings.map(|finding| one_line(finding)));
        let more = before.findings.len().saturating_sub(MOST_FINDINGS);
        if let Some(report) = before.report {
            let count = if more > 0 {
                format!("{more} more findings, and details of all, stand in `{report}`.")
            } else {
                format!("Details stand in `{report}`.")
            };
            self.line(&count);
        } else if more > 0 {
            self.line(&format!("There are {more} more findings of this kind."));
        }
    }
}

/// Text of others as one line: it cannot pretend to be an instruction of its own.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let line = line.trim_end_matches('.');
    let end = line.char_indices().nth(LONGEST_FINDING);
    match end.and_then(|(end, _)| line.get(..end)) {
        Some(cut) => format!("{cut} …"),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests;
