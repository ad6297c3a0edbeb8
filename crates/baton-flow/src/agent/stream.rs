//! What an agent tells about itself while it works: a line at a time, by rules that are data.
//!
//! Whatever is printed, nothing here fails: a line nobody understands is counted, and that is it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Number, Value};

use super::Kind;

/// So many identifiers of turns are told apart; who has more has other problems.
const MOST_TURNS: usize = 100_000;

/// No text of an agent is kept longer than this, in characters.
const LONGEST_TEXT: usize = 2_000;

/// What lines of one shape mean. Paths are keys with dots between, numbers for items of lists.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Rule {
    /// Paths and the values that must stand there, all of them.
    pub when: BTreeMap<String, String>,
    /// Paths and values none of which may stand there.
    pub unless: BTreeMap<String, String>,
    /// How it counts as a turn of the model.
    pub turn: Option<Turn>,
    /// Tokens of input that come on top, once a turn.
    pub add_input: Vec<String>,
    /// Tokens of output that come on top, once a turn.
    pub add_output: Vec<String>,
    /// All turns so far.
    pub turns: Option<String>,
    /// All tokens of input so far: the sum of these.
    pub input: Vec<String>,
    /// All tokens of output so far: the sum of these.
    pub output: Vec<String>,
    /// All cost so far, in US dollars.
    pub cost: Option<String>,
    /// Where the session's identifier stands.
    pub session: Option<String>,
    /// Whether the agent says with it that it is done, one way or the other.
    pub terminal: bool,
    /// Whether it says that it failed.
    pub failed: bool,
    /// The kind of failure it tells.
    pub kind: Option<Kind>,
    /// Where the words about a failure stand; the first that is there counts.
    pub error: Vec<String>,
    /// Where words stand that people may see.
    pub say: Vec<String>,
}

/// How a line counts as a turn.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// Every line is one.
    Each,
    /// Lines in a row are one.
    Row,
    /// Lines with the same value at this path are one.
    By(String),
}

/// What an agent has told so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// Turns of its model.
    pub turns: u64,
    /// Tokens of input; `None` before it told any.
    pub input: Option<u64>,
    /// Tokens of output; `None` before it told any.
    pub output: Option<u64>,
    /// Cost in US dollars.
    pub cost: Option<f64>,
    /// Its session.
    pub session: Option<String>,
    /// How it ended; `None` before it said so. The last word counts.
    pub end: Option<End>,
    /// The last words about something that went wrong, wherever they stood.
    pub complaint: Option<String>,
    /// A kind of failure it told by the shape of a line.
    pub kind: Option<Kind>,
    /// Lines that were understood.
    pub understood: u64,
    /// Lines that were no JSON object.
    pub noise: u64,
}

/// How an agent says it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Well.
    Done,
    /// Not well.
    Failed,
}

/// Reads lines by rules.
#[derive(Debug)]
pub struct Reader<'r> {
    rules: &'r [Rule],
    told: Told,
    seen: BTreeSet<(usize, String)>,
    last: Option<usize>,
}

impl Told {
    /// Tokens of input and output; `None` before it told any.
    pub fn tokens(&self) -> Option<u64> {
        let both = [self.input, self.output].into_iter().flatten();
        both.reduce(u64::saturating_add)
    }
}

impl<'r> Reader<'r> {
    /// Nothing was read yet.
    pub fn new(rules: &'r [Rule]) -> Reader<'r> {
        Reader {
            rules,
            told: Told::default(),
            seen: BTreeSet::new(),
            last: None,
        }
    }

    /// What was told so far.
    pub fn told(&self) -> &Told {
        &self.told
    }

    /// Reads a line; words in it that people may see come back.
    pub fn line(&mut self, line: &[u8]) -> Option<String> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        let Ok(value @ Value::Object(_)) = serde_json::from_slice::<Value>(line) else {
            self.told.noise += 1;
            return None;
        };
        self.told.understood += 1;
        let before = self.last.take();
        let mut words = None;
        for (number, rule) in self.rules.iter().enumerate() {
            if matches(rule, &value) {
                self.turn((number, before), rule, &value);
                self.apply(rule, &value);
                words = words.or_else(|| first(&value, &rule.say));
            }
        }
        words
    }

    /// Counts a turn, and the tokens that come with it.
    fn turn(&mut self, (number, before): (usize, Option<usize>), rule: &Rule, value: &Value) {
        let Some(turn) = &rule.turn else {
            return;
        };
        self.last = Some(number);
        if !self.is_new_turn((number, before), turn, value) {
            return;
        }
        self.told.turns = self.told.turns.saturating_add(1);
        let told = &mut self.told;
        for (held, paths) in [
            (&mut told.input, &rule.add_input),
            (&mut told.output, &rule.add_output),
        ] {
            if let Some(more) = sum(value, paths) {
                *held = Some(held.unwrap_or(0).saturating_add(more));
            }
        }
    }

    fn apply(&mut self, rule: &Rule, value: &Value) {
        let told = &mut self.told;
        if let Some(turns) = rule.turns.as_ref().and_then(|path| count(value, path)) {
            told.turns = turns;
        }
        told.input = sum(value, &rule.input).or(told.input);
        told.output = sum(value, &rule.output).or(told.output);
        let cost = rule
            .cost
            .as_ref()
            .and_then(|path| at(value, path)?.as_f64());
        told.cost = cost.filter(|cost| cost.is_finite()).or(told.cost);
        let session = rule.session.as_ref().and_then(|path| text(value, path));
        told.session = session.or_else(|| told.session.take());
        if let Some(error) = first(value, &rule.error) {
            told.complaint = Some(error);
        }
        if rule.kind.is_some() {
            told.kind = rule.kind;
        }
        if rule.terminal {
            told.end = Some(if rule.failed { End::Failed } else { End::Done });
        }
    }

    fn is_new_turn(
        &mut self,
        (number, before): (usize, Option<usize>),
        turn: &Turn,
        value: &Value,
    ) -> bool {
        match turn {
            Turn::Each => true,
            Turn::Row => before != Some(number),
            Turn::By(path) => match text(value, path) {
                Some(_) if self.seen.len() >= MOST_TURNS => true,
                Some(id) => self.seen.insert((number, id)),
                None => true,
            },
        }
    }
}

fn matches(rule: &Rule, value: &Value) -> bool {
    let stands = |(path, wanted): (&String, &String)| {
        at(value, path).is_some_and(|found| match found {
            Value::String(text) => text == wanted,
            Value::Bool(flag) => wanted == if *flag { "true" } else { "false" },
            Value::Number(number) => wanted.parse().is_ok_and(|wanted: Number| wanted == *number),
            _ => false,
        })
    };
    rule.when.iter().all(stands) && !rule.unless.iter().any(stands)
}

/// What stands at a path.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Object(map) => map.get(key),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    })
}

fn count(value: &Value, path: &str) -> Option<u64> {
    at(value, path)?.as_u64()
}

/// The sum of what stands at paths; `None` when no number stands at any.
fn sum(value: &Value, paths: &[String]) -> Option<u64> {
    let counts = paths.iter().filter_map(|path| count(value, path));
    counts.reduce(u64::saturating_add)
}

/// A text or number at a path, not too long; blank texts are none.
fn text(value: &Value, path: &str) -> Option<String> {
    let text = match at(value, path)? {
        Value::String(text) => text.clone(),
        number @ Value::Number(_) => number.to_string(),
        _ => return None,
    };
    let text: String = text.trim().chars().take(LONGEST_TEXT).collect();
    (!text.is_empty()).then_some(text)
}

fn first(value: &Value, paths: &[String]) -> Option<String> {
    paths.iter().find_map(|path| text(value, path))
}

#[cfg(test)]
mod tests;
