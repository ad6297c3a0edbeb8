//! Hearing a program: what it says is written down, counted and shown, and it is ended when a
//! budget is spent.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use crate::agent::preset::{Output, Preset};
use crate::agent::process::{Ended, Line, Listener, Source};
use crate::agent::stream::{Reader, Told};
use crate::agent::transcript::{Redactor, Transcript};
use crate::agent::{Limits, Progress};

/// So many of the last lines for people are kept.
const TAIL: usize = 20;

/// No such line is kept longer, in characters.
const LONGEST: usize = 500;

/// Hears a program: writes, counts, and has it ended when a budget is spent.
pub(super) struct Ear<'e> {
    output: Output,
    reader: Reader<'e>,
    limits: &'e Limits,
    pub(super) transcript: Transcript,
    redactor: Redactor,
    tail: VecDeque<String>,
    pub(super) progress: Option<&'e mut dyn FnMut(Progress)>,
}

/// What was heard, without secrets.
pub(super) struct Heard {
    pub(super) told: Told,
    pub(super) tail: String,
    pub(super) notes: Vec<String>,
}

impl<'e> Ear<'e> {
    pub(super) fn new(
        (preset, limits): (&'e Preset, &'e Limits),
        transcript: Transcript,
        redactor: Redactor,
    ) -> Ear<'e> {
        Ear {
            output: preset.output,
            reader: Reader::new(&preset.events),
            limits,
            transcript,
            redactor,
            tail: VecDeque::new(),
            progress: None,
        }
    }

    pub(super) fn heard(self) -> Heard {
        let redactor = &self.redactor;
        let over = self.over_budget().map(|why| format!("it {why}"));
        let mut told = self.reader.told().clone();
        told.complaint = told.complaint.map(|text| one_line(&redactor.clean(&text)));
        told.session = told.session.map(|text| redactor.clean(&text).into_owned());
        let tail: Vec<String> = self.tail.into_iter().collect();
        Heard {
            told,
            tail: tail.join("\n"),
            notes: over.into_iter().chain(self.transcript.finish()).collect(),
        }
    }

    fn tell(&mut self, progress: Progress) {
        if let Some(tell) = &mut self.progress {
            tell(progress);
        }
    }

    /// Keeps a line for people, and shows it.
    fn text(&mut self, text: &str) {
        let text: String = text
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST)
            .collect();
        if text.trim().is_empty() {
            return;
        }
        if self.tail.len() == TAIL {
            self.tail.pop_front();
        }
        self.tail.push_back(text.clone());
        self.tell(Progress::Said(text));
    }

    fn over_budget(&self) -> Option<String> {
        let told = self.reader.told();
        let (turns, tokens) = (told.turns, told.tokens().unwrap_or_default());
        if let Some(most) = self.limits.turns.filter(|most| turns > *most) {
            return Some(format!("took more than {most} turns"));
        }
        if let Some(most) = self.limits.tokens.filter(|most| tokens > *most) {
            return Some(format!("used {tokens} tokens, {most} are allowed"));
        }
        let cost = told.cost?;
        let most = self.limits.cost.filter(|most| cost > *most)?;
        Some(format!("cost {cost:.2} USD, {most:.2} are allowed"))
    }
}

impl Listener for Ear<'_> {
    fn started(&mut self, id: u32) {
        self.tell(Progress::Started(id));
    }

    fn line(&mut self, line: Line) -> ControlFlow<String> {
        let clean = self.transcript.line(&line);
        let is_data = line.from == Source::Out && self.output == Output::JsonLines;
        if !is_data {
            if let Some(text) = clean {
                self.text(&text);
            }
            return ControlFlow::Continue(());
        }
        let used = |told: &Told| (told.turns, told.tokens().unwrap_or_default());
        let (before, noise) = (used(self.reader.told()), self.reader.told().noise);
        let words = self.reader.line(&line.bytes);
        let (turns, tokens) = used(self.reader.told());
        let is_noise = self.reader.told().noise > noise;
        if (turns, tokens) != before {
            self.tell(Progress::Used { turns, tokens });
        }
        match (words, clean) {
            (Some(words), Some(_)) => {
                let words = self.redactor.clean(&words).into_owned();
                self.tell(Progress::Said(one_line(&words)));
            }
            (None, Some(text)) if is_noise => self.text(&text),
            _ => {}
        }
        // Who is done has spent it already; doing it again would only cost more.
        match self.over_budget() {
            Some(why) if self.reader.told().end.is_none() => ControlFlow::Break(why),
            _ => ControlFlow::Continue(()),
        }
    }

    fn ending(&mut self, why: &Ended) {
        let why = match why {
            Ended::Silence => "it has been silent for too long".to_owned(),
            Ended::Time => "its time is over".to_owned(),
            Ended::Flood => "it prints too much".to_owned(),
            Ended::Stopped => "somebody wants it to end".to_owned(),
            Ended::Cut(why) => format!("it {why}"),
            Ended::Exit(_) | Ended::Signal(_) => "it has ended".to_owned(),
        };
        self.transcript.note(&format!("ending it: {why}"));
        self.tell(Progress::Ending(why));
    }
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect()
}
