//! Adding our jobs to somebody's `lefthook.yml` without touching another line.

use baton_syntax::node::{Entry, Node};
use baton_syntax::yaml;

/// What a file without any hooks gets.
pub(super) const SNIPPET: &str = include_str!("../../../../../hooks/lefthook.yml");

/// One stage and what baton does there, without indentation.
struct Stage {
    name: &'static str,
    lines: &'static [&'static str],
}

const STAGES: [Stage; 3] = [
    Stage {
        name: "pre-commit",
        lines: &["run: baton check --staged --profile pre-commit"],
    },
    Stage {
        name: "commit-msg",
        lines: &["run: baton commit-msg {1}"],
    },
    Stage {
        name: "pre-push",
        lines: &["run: baton push-check {1} {2}", "use_stdin: true"],
    },
];

/// The text with our jobs in it; the error says why that cannot be done line by line.
pub(super) fn extended(before: &str) -> Result<String, String> {
    let mut text = before.to_owned();
    for stage in &STAGES {
        text = with_stage(&text, stage)?;
    }
    let after = yaml::parse(&text, 0);
    if !after.errors.is_empty() || !after.duplicates.is_empty() {
        return Err("its layout leaves no place for another job".to_owned());
    }
    Ok(text)
}

fn with_stage(text: &str, stage: &Stage) -> Result<String, String> {
    let document = yaml::parse(text, 0);
    if let Some(error) = document.errors.first() {
        return Err(format!("it is not YAML: {}", error.message));
    }
    let root = document.root.as_ref();
    let is_empty = root.is_none_or(Node::is_null);
    if !is_empty && !root.is_some_and(Node::is_mapping) {
        return Err("it is not a mapping".to_owned());
    }
    let Some(entry) = root.and_then(|root| root.entry(stage.name)) else {
        let gap = match text {
            "" => "",
            text if text.ends_with("\n\n") => "",
            text if text.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let mut block = vec![format!("{}:", stage.name), "  jobs:".to_owned()];
        block.extend(job(stage, 4));
        return Ok(format!("{text}{gap}{}\n", block.join("\n")));
    };
    if calls_baton(text, entry) {
        return Ok(text.to_owned());
    }
    let place = place(text, entry, stage).ok_or_else(|| {
        format!(
            "`{}` is not written in a way that can be added to",
            stage.name
        )
    })?;
    let (line, block) = place;
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let addition = format!("{}\n", block.join("\n"));
    lines.insert(line.min(lines.len()), &addition);
    Ok(lines.concat())
}

/// The line before which our job goes, and our job.
fn place(text: &str, stage_entry: &Entry, stage: &Stage) -> Option<(usize, Vec<String>)> {
    let stage_node = &stage_entry.value;
    if let Some(first) = stage_node.get("jobs").and_then(|jobs| jobs.items().first()) {
        // The span of an item begins behind its dash.
        let line = line_of(text, first.span.start as usize);
        let start = text.lines().nth(line)?;
        let indent = start.len() - start.trim_start().len();
        return start
            .trim_start()
            .starts_with("- ")
            .then(|| (line, job(stage, indent)));
    }
    if let Some(first) = stage_node
        .get("commands")
        .and_then(|commands| commands.entries().first())
    {
        let line = line_of(text, first.key_span.start as usize);
        let start = text.lines().nth(line)?;
        let indent = start.len() - start.trim_start().len();
        let begins_line = start.trim_start().starts_with(&first.key);
        let mut block = vec![format!("{:indent$}baton:", "")];
        let inside = indent + 2;
        block.extend(
            stage
                .lines
                .iter()
                .map(|line| format!("{:inside$}{line}", "")),
        );
        return begins_line.then_some((line, block));
    }
    let first = stage_node.entries().first()?;
    let line = line_of(text, first.key_span.start as usize);
    let start = text.lines().nth(line)?;
    let indent = start.len() - start.trim_start().len();
    let is_block = start.trim_start().starts_with(&first.key);
    let has_jobs = stage_node.get("jobs").is_some() || stage_node.get("commands").is_some();
    let mut block = vec![format!("{:indent$}jobs:", "")];
    block.extend(job(stage, indent + 2));
    (is_block && !has_jobs).then_some((line, block))
}

fn job(stage: &Stage, indent: usize) -> Vec<String> {
    let mut lines = vec![format!("{:indent$}- name: baton", "")];
    let inside = indent + 2;
    lines.extend(
        stage
            .lines
            .iter()
            .map(|line| format!("{:inside$}{line}", "")),
    );
    lines
}

/// Whether some command of a stage is ours.
fn calls_baton(text: &str, stage: &Entry) -> bool {
    let span = stage.value.span.of(text);
    span.lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .any(|line| {
            ["check", "commit-msg", "push-check"]
                .iter()
                .any(|command| line.contains(&format!("baton {command}")))
        })
}

fn line_of(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    before.matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::{SNIPPET, extended};

    fn check(before: &str, expected: &str) {
        assert_eq!(extended(before).unwrap(), expected);
        assert_eq!(extended(expected).unwrap(), expected, "once is enough");
    }

    #[test]
    fn the_shipped_file_is_what_an_empty_one_becomes() {
        let jobs = SNIPPET.split_once("pre-commit:").unwrap().1;
        check("", &format!("pre-commit:{jobs}"));
    }

    #[test]
    fn jobs_and_commands_are_added_to_and_comments_stay() {
        check(
            "# mine\npre-commit:\n  parallel: true # fast\n  jobs:\n    # first\n    - name: lint\n      run: lint\n\
             pre-push:\n  commands:\n    # theirs\n    test:\n      run: test\n",
            "# mine\npre-commit:\n  parallel: true # fast\n  jobs:\n    # first\n    - name: baton\n      \
             run: baton check --staged --profile pre-commit\n    - name: lint\n      run: lint\n\
             pre-push:\n  commands:\n    # theirs\n    baton:\n      run: baton push-check {1} {2}\n      \
             use_stdin: true\n    test:\n      run: test\n\n\
             commit-msg:\n  jobs:\n    - name: baton\n      run: baton commit-msg {1}\n",
        );
    }

    #[test]
    fn stages_without_jobs_and_files_without_stages_get_them() {
        check(
            "pre-commit:\n  parallel: true\npost-merge:\n  commands: {}",
            "pre-commit:\n  jobs:\n    - name: baton\n      run: baton check --staged --profile pre-commit\n  \
             parallel: true\npost-merge:\n  commands: {}\n\n\
             commit-msg:\n  jobs:\n    - name: baton\n      run: baton commit-msg {1}\n\npre-push:\n  jobs:\n    - name: baton\n      \
             run: baton push-check {1} {2}\n      use_stdin: true\n",
        );
    }

    #[test]
    fn what_cannot_be_added_to_is_left_alone() {
        for text in [
            "pre-commit: {parallel: true}\n",
            "pre-commit:\n  jobs: [{name: a, run: b}]\n",
            "- a\n",
            "a: [\n",
        ] {
            assert!(extended(text).is_err(), "{text}");
        }
    }
}
