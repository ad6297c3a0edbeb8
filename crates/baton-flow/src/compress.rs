//! How much of an artifact is read when the context of a model fills up.
//!
//! Three tiers, and a table that says what each keeps of each artifact. The same text, tier and
//! reader always give the same answer, and compressing an answer again changes nothing.

mod blocks;
mod select;
mod table;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use blocks::parts;
use select::{Picked, pick};
use table::{Artifact, Rule, Tiers, table};

/// How much of an artifact is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// All of it.
    Full,
    /// The sections that decide.
    Summarized,
    /// What has to be known at the least.
    Minimal,
}

/// Who reads it.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'a> {
    /// The agent of a later step.
    Agent,
    /// A reviewer; in the lowest tier with what was decided.
    Challenger {
        /// `decisions` of the session's state.
        decisions: Option<&'a Map<String, Value>>,
    },
}

/// What is left of an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compressed {
    /// The text.
    pub text: String,
    /// What was not found or left out, as sentences without a full stop.
    pub notes: Vec<String>,
}

/// How a line begins that says where something was left out.
const MARKER: &str = "<!-- baton: cut";

impl Tier {
    /// The tier for a part of the context that is used, in per cent.
    pub fn of_used(percentage: f64) -> Tier {
        if percentage < 60.0 {
            Tier::Full
        } else if percentage <= 80.0 {
            Tier::Summarized
        } else {
            Tier::Minimal
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Tier::Full => "full",
            Tier::Summarized => "summarized",
            Tier::Minimal => "minimal",
        }
    }
}

/// Which part of a model's context a number of characters uses, in per cent; `None` for models
/// that nobody knows.
pub fn used(characters: u64, model: &str) -> Option<f64> {
    let model = family(model)?;
    let tokens = characters.div_ceil(table().characters_per_token.max(1));
    let part = f64::from(u32::try_from(tokens).unwrap_or(u32::MAX));
    let whole = f64::from(u32::try_from(model.context).unwrap_or(u32::MAX));
    Some(100.0 * part / whole)
}

/// The tokens of input from which on one summary takes the place of everything before.
pub fn checkpoint(model: &str) -> Option<u64> {
    family(model).map(|model| model.checkpoint)
}

/// `GPT-5.3 Codex (copilot)` and `gpt-5.3-codex` are the same.
fn family(model: &str) -> Option<&'static table::Model> {
    let name = model.trim().to_lowercase().replace([' ', '_'], "-");
    let mut models = table().models.iter();
    models.find(|model| name.starts_with(&model.begins))
}

/// Whether there is a rule of its own for a file of this name.
pub fn is_known(file: &str) -> bool {
    Artifact::named(file).is_some()
}

/// What a reader gets of an artifact in a tier. `file` is its name without folders.
pub fn compress(file: &str, text: &str, tier: Tier, reader: Reader<'_>) -> Compressed {
    let artifact = Artifact::named(file);
    let tiers = artifact.map_or(&table().generic, |artifact| &artifact.tiers);
    let Some(rule) = tiers.rule(tier) else {
        return whole(text, None);
    };
    if artifact.is_some_and(|artifact| artifact.whole) {
        let note = format!("`{file}` is a last document: it is always read whole");
        return whole(text, Some(note));
    }
    let mut notes = Vec::new();
    if artifact.is_none() {
        notes.push(format!(
            "`{file}` is no artifact with a rule of its own: title, first paragraph and tables are kept"
        ));
    }
    let (earlier, text) = unmarked(text);
    let parts = parts(&text);
    let mut picked = match reader {
        Reader::Agent => pick(&parts, rule, &mut notes),
        Reader::Challenger { .. } => reviewed(&parts, (rule, tier), &mut notes),
    };
    if let (Tier::Minimal, Reader::Challenger { decisions }) = (tier, reader) {
        picked.decided(decisions);
    }
    let limit = limit(rule, tier, reader);
    let cut = picked.fit(limit);
    let length = picked.length();
    if length > limit {
        notes.push(format!(
            "{length} characters instead of {limit}: titles and tables are never cut"
        ));
    }
    if cut > 0 {
        let parts = counted(cut);
        notes.push(format!(
            "to stay within {limit} characters, {parts} left out"
        ));
    }
    let marker = match cut {
        0 => earlier,
        _ => Some(format!(
            "{MARKER} to {limit} characters, {} left out -->",
            counted(cut)
        )),
    };
    Compressed {
        text: picked.text(marker.as_deref()),
        notes,
    }
}

fn counted(parts: usize) -> String {
    match parts {
        1 => "1 part".to_owned(),
        count => format!("{count} parts"),
    }
}

fn whole(text: &str, note: Option<String>) -> Compressed {
    Compressed {
        text: text.to_owned(),
        notes: note.into_iter().collect(),
    }
}

/// What a reviewer looks at; where nothing of it is there, what others read.
fn reviewed<'p>(
    parts: &'p blocks::Parts,
    (rule, tier): (&Rule, Tier),
    notes: &mut Vec<String>,
) -> Picked<'p> {
    // Reviewers read any artifact: that most have no section on costs is no news.
    let own = table().challenger.rule(tier);
    let picked = own.map(|own| pick(parts, own, &mut Vec::new()));
    match picked.filter(|picked| !picked.is_empty()) {
        Some(picked) => picked,
        None => pick(parts, rule, notes),
    }
}

fn limit(rule: &Rule, tier: Tier, reader: Reader<'_>) -> usize {
    let challenger: &Tiers = &table().challenger;
    match (reader, challenger.rule(tier)) {
        (Reader::Challenger { .. }, Some(own)) => own.limit,
        _ => rule.limit,
    }
}

/// The text without lines that say where something was left out, and the last of those.
fn unmarked(text: &str) -> (Option<String>, String) {
    let is_marker = |line: &&str| line.trim_start().starts_with(MARKER);
    let marker = text.lines().rfind(|line| is_marker(line));
    let lines = text.split_inclusive('\n').filter(|line| !is_marker(line));
    (marker.map(str::to_owned), lines.collect())
}
