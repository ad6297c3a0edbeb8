//! How command lines of agents are called and what they print, as data.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::stream::Rule;
use super::{AgentError, Kind, Task};

const EMBEDDED: &str = include_str!("../../../../rules/packs/agents/presets.toml");

/// The longest argument that every system takes.
const LONGEST_ARGUMENT: usize = 100 * 1024;

/// What is known of agents' command lines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presets {
    /// Variables that every program may see.
    pub environment: Vec<String>,
    /// Words that tell a kind of failure, for all programs.
    pub words: Words,
    /// The programs, by the name people choose them with.
    #[serde(rename = "preset")]
    pub presets: BTreeMap<String, Preset>,
}

/// How one program is called and understood.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Preset {
    /// What people call it.
    pub title: String,
    /// The program: a name that is looked up in `PATH`, or an absolute path.
    pub program: String,
    /// Its arguments; see [`Values`] for what may stand in braces.
    pub arguments: Vec<String>,
    /// More arguments where the task names a model, an agent, or a limit: keys are the names
    /// that stand in braces.
    pub when: BTreeMap<String, Vec<String>>,
    /// Arguments behind all others.
    pub last: Vec<String>,
    /// How the prompt gets there.
    pub prompt: PromptBy,
    /// What it prints.
    pub output: Output,
    /// Variables it needs besides those that all may see; `*` at the end stands for any rest.
    pub environment: Vec<String>,
    /// What it calls models.
    pub models: Models,
    /// What lines of its output mean.
    #[serde(rename = "event")]
    pub events: Vec<Rule>,
    /// What its exit codes mean.
    pub exits: BTreeMap<String, Kind>,
    /// Words that tell a kind of failure, before those for all programs.
    pub words: Words,
    /// Arguments with which it tells its version.
    pub version: Vec<String>,
    /// How to get it.
    pub install: Option<String>,
    /// Where this is documented.
    pub source: Vec<String>,
    /// When somebody looked, as year, month and day.
    pub verified: Option<String>,
}

/// What a program calls models that registries name by labels, such as `Claude Opus 4.6`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Models {
    /// How a name is made of a label.
    pub form: ModelForm,
    /// Beginnings of labels in lower case that it can run; without any, it runs all.
    pub families: Vec<String>,
}

/// How a model's name is made of its label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelForm {
    /// It is the label.
    #[default]
    AsIs,
    /// In lower case with hyphens for blanks: `claude-opus-4.6`.
    Kebab,
    /// The same, with hyphens for dots too: `claude-opus-4-6`.
    Dashes,
}

/// Words in lower case, by the kind of failure they tell.
pub type Words = BTreeMap<Kind, Vec<String>>;

/// How a prompt gets to a program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromptBy {
    /// By its standard input, which is closed then.
    #[default]
    Stdin,
    /// By an argument, or a file an argument names; standard input is empty.
    Argument,
}

/// What a program prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    /// Text for people.
    #[default]
    Text,
    /// One JSON object a line, the last of them about the end.
    JsonLines,
}

/// What may stand in braces.
#[derive(Debug)]
pub struct Values<'a> {
    /// `{prompt_file}`: a file that holds the prompt.
    pub prompt_file: &'a Path,
    /// What the program calls models.
    pub models: &'a Models,
    /// Everything else: `{prompt}`, `{model}`, `{agent}`, `{agent_file}`, `{cwd}`, `{project}`,
    /// `{node}`, `{max_turns}`, `{max_cost}`.
    pub task: &'a Task,
}

impl Presets {
    /// Those that come with baton.
    pub fn embedded() -> Result<Presets, AgentError> {
        Presets::read(EMBEDDED, "the embedded table of presets")
    }

    /// Reads a table.
    pub fn read(text: &str, place: &str) -> Result<Presets, AgentError> {
        toml::from_str(text).map_err(|error| AgentError::Table {
            place: place.to_owned(),
            reason: error.message().to_owned(),
        })
    }

    /// Adds the presets of another table, such as a user's; those of the same name are replaced.
    pub fn add(&mut self, text: &str, place: &str) -> Result<(), AgentError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Own {
            preset: BTreeMap<String, Preset>,
        }
        let own: Own = toml::from_str(text).map_err(|error| AgentError::Table {
            place: place.to_owned(),
            reason: error.message().to_owned(),
        })?;
        self.presets.extend(own.preset);
        Ok(())
    }

    /// The preset of a name.
    pub fn named(&self, name: &str) -> Result<&Preset, AgentError> {
        self.presets
            .get(name)
            .ok_or_else(|| AgentError::UnknownPreset {
                name: name.to_owned(),
                known: self.presets.keys().cloned().collect::<Vec<_>>().join(", "),
            })
    }
}

impl Preset {
    /// The arguments for a task.
    pub fn argv(&self, values: &Values<'_>) -> Result<Vec<String>, AgentError> {
        let mut out = Vec::new();
        let known = |(key, _): &(&String, &Vec<String>)| values.of(key).is_some();
        let extra = self.when.iter().filter(known);
        let words = self.arguments.iter();
        let words = words.chain(extra.flat_map(|(_, words)| words));
        for word in words.chain(&self.last) {
            out.push(values.fill(word));
        }
        match out.iter().map(String::len).max() {
            Some(bytes) if bytes > LONGEST_ARGUMENT => Err(AgentError::PromptTooLong {
                node: values.task.node.clone(),
                bytes,
            }),
            _ => Ok(out),
        }
    }
}

impl Models {
    /// What the program calls a model; `None` when it cannot run it.
    pub fn name(&self, label: &str) -> Option<String> {
        let lower = label.trim().to_lowercase();
        let runs = |family: &String| lower.starts_with(family.as_str());
        if !self.families.is_empty() && !self.families.iter().any(runs) {
            return None;
        }
        let words: Vec<&str> = lower.split_whitespace().collect();
        Some(match self.form {
            ModelForm::AsIs => label.trim().to_owned(),
            ModelForm::Kebab => words.join("-"),
            ModelForm::Dashes => words.join("-").replace('.', "-"),
        })
    }
}

impl Values<'_> {
    /// What stands for a name in braces; `None` when the task does not say.
    fn of(&self, name: &str) -> Option<String> {
        let task = self.task;
        match name {
            "prompt" => Some(task.prompt.clone()),
            "prompt_file" => Some(self.prompt_file.display().to_string()),
            "model" => self.models.name(task.model.as_deref()?),
            "agent" => Some(task.agent.name.clone()).filter(|name| !name.is_empty()),
            "agent_file" => task.agent.path.clone(),
            "agent_stem" => stem(task.agent.path.as_deref()?),
            "cwd" => Some(task.folder.display().to_string()),
            "project" => Some(task.project.clone()),
            "node" => Some(task.called()),
            "max_turns" => task.limits.turns.map(|turns| turns.to_string()),
            "max_cost" => task.limits.cost.map(|cost| format!("{cost:.2}")),
            _ => None,
        }
    }

    /// A word with its braces filled; names nobody knows stay as they are. What was filled in is
    /// not looked at again: a prompt may hold braces.
    fn fill(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        let mut rest = word;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let inside = after.split_once('}');
            let value = inside.and_then(|(name, behind)| Some((self.of(name)?, behind)));
            if let Some((value, behind)) = value {
                out.push_str(&value);
                rest = behind;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }
}

/// The name of an agent's file without its endings, as command lines want it.
fn stem(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let name = name.strip_suffix(".md").unwrap_or(name);
    Some(name.strip_suffix(".agent").unwrap_or(name).to_owned())
}

#[cfg(test)]
mod tests;
