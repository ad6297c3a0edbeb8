//! Showing what would be started, and starting nothing.

use super::command::CommandAdapter;
use super::preset::PromptBy;
use super::{AgentAdapter, AgentError, Answer, Caller, Task};

/// Shows the command line of an agent.
#[derive(Debug, Clone)]
pub struct DryRun(pub CommandAdapter);

impl AgentAdapter for DryRun {
    fn run(&self, task: &Task, _caller: &mut Caller<'_>) -> Result<Answer, AgentError> {
        let CommandAdapter { preset, .. } = &self.0;
        let mut words = self.0.arguments(task)?;
        for word in &mut words {
            if !task.prompt.is_empty() && word.contains(&task.prompt) {
                *word = word.replace(&task.prompt, "{prompt}");
            }
        }
        words.insert(0, preset.program.clone());
        let by = match preset.prompt {
            PromptBy::Stdin => " < prompt",
            PromptBy::Argument => "",
        };
        let limits = &task.limits;
        Ok(Answer::Shown(format!(
            "{node}, attempt {attempt}: {agent}\n  in    {folder}\n  runs  {line}{by}\n  \
             ends  after {silence} s of silence or {whole} s\n  wants {expected}\n\n{prompt}\n",
            node = task.called(),
            attempt = task.attempt,
            agent = task.agent.name,
            folder = task.folder.display(),
            line = quoted(words),
            silence = limits.silence.as_secs(),
            whole = limits.whole.as_secs(),
            expected = task.expected.join(", "),
            prompt = task.prompt.trim_end(),
        )))
    }
}

/// Words as a shell would read them.
pub(super) fn quoted(words: impl IntoIterator<Item = String>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@%+,{}".contains(c);
    let quote = |word: String| {
        if !word.is_empty() && word.chars().all(plain) {
            word
        } else {
            format!("'{}'", word.replace('\'', "'\\''"))
        }
    };
    let words: Vec<String> = words.into_iter().map(quote).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::preset::Presets;
    use super::super::{AgentAdapter as _, Answer, Caller, StopToken, Task};
    use super::{CommandAdapter, DryRun, quoted};

    #[test]
    fn words_are_quoted_as_shells_want_them() {
        let words = ["a", "b c", "", "it's", "--x=1"].map(str::to_owned);
        assert_eq!(quoted(words), r"a 'b c' '' 'it'\''s' --x=1");
    }

    #[test]
    fn a_dry_run_shows_the_call_and_the_prompt_once() {
        let presets = Presets::embedded().unwrap();
        let folder = std::path::Path::new("/nowhere");
        let adapter = CommandAdapter::new(&presets, "copilot", folder).unwrap();
        let mut task = Task {
            prompt: "Do the work.\n".to_owned(),
            node: "step-1".to_owned(),
            attempt: 1,
            model: Some("GPT-5".to_owned()),
            expected: vec!["agent-output/demo/01-requirements.md".to_owned()],
            ..Task::default()
        };
        task.agent.name = "02-Requirements".to_owned();
        task.agent.path = Some(".github/agents/02-requirements.agent.md".to_owned());
        let stop = StopToken::default();
        let mut caller = Caller {
            stop: &stop,
            validate: &|_| Vec::new(),
            progress: &mut |_| {},
        };
        let Answer::Shown(text) = DryRun(adapter).run(&task, &mut caller).unwrap() else {
            panic!("nothing is started")
        };
        assert_eq!(text.matches("Do the work.").count(), 1, "{text}");
        let line = "runs  copilot --output-format json --no-ask-user --allow-tool 'write, shell' \
                    --agent 02-requirements --model gpt-5 -p {prompt}";
        assert!(text.contains(line), "{text}");
    }
}
