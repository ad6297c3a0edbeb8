//! What is picked from a text, and what of that is left out again when it is too long.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::blocks::{Block, Kind, Parts, Section};
use super::table::{Keep, Part, Rule};
use crate::heading;

/// What became of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// It was fulfilled.
    Picked,
    /// What it names is there and empty: all of it was code.
    Empty,
    /// What it names is not there.
    Nothing,
}

/// Characters between two parts.
const SEAM: usize = 2;

/// What is picked from a text.
#[derive(Debug)]
pub(super) struct Picked<'p> {
    parts: &'p Parts,
    /// What was decided, a line each.
    decisions: Vec<String>,
    /// Blocks by section and by their number within it.
    blocks: BTreeMap<usize, BTreeMap<usize, Block>>,
}

/// Picks what a rule keeps.
pub(super) fn pick<'p>(parts: &'p Parts, rule: &Rule, notes: &mut Vec<String>) -> Picked<'p> {
    let mut picked = Picked {
        parts,
        decisions: Vec::new(),
        blocks: BTreeMap::new(),
    };
    for keep in &rule.keep {
        let found = match keep.part {
            Part::Line => picked.line(keep),
            _ => picked.sections(keep),
        };
        let names: Vec<String> = keep
            .section
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        let names = names.join(" or ");
        match found {
            // Where any section goes, none is missing.
            _ if keep.section.iter().any(String::is_empty) => {}
            Found::Picked => {}
            Found::Empty => notes.push(format!("section {names} holds nothing that is kept")),
            Found::Nothing if keep.part == Part::Line => {
                notes.push(format!("there is no line {names}"));
            }
            Found::Nothing => notes.push(format!("there is no section {names}")),
        }
    }
    picked
}

impl Picked<'_> {
    /// Whether nothing but title and first paragraph is left.
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds what was decided, one line each; of what has parts, how many.
    pub(super) fn decided(&mut self, decisions: Option<&Map<String, Value>>) {
        let line = |(key, value): (&String, &Value)| match value {
            Value::String(text) => format!("- {key}: {text}"),
            Value::Object(parts) => format!("- {key}: {} entries", parts.len()),
            Value::Array(parts) => format!("- {key}: {} entries", parts.len()),
            other => format!("- {key}: {other}"),
        };
        self.decisions = decisions.into_iter().flatten().map(line).collect();
    }

    /// Picks a part of every section with one of these names; the first name that is there and
    /// has something to keep counts.
    fn sections(&mut self, keep: &Keep) -> Found {
        let mut outcome = Found::Nothing;
        for name in &keep.section {
            let wanted = heading::normal(name);
            let sections = self.parts.sections.iter().enumerate();
            let matching = sections.filter(|(_, section)| section.normal.contains(&wanted));
            let found: Vec<(usize, Vec<(usize, Block)>)> = matching
                .map(|(number, section)| (number, part_or_first(section, keep.part, &wanted)))
                .collect();
            if found.is_empty() {
                continue;
            }
            if found.iter().all(|(_, blocks)| blocks.is_empty()) {
                outcome = Found::Empty;
                continue;
            }
            for (number, blocks) in found {
                self.add(number, blocks);
            }
            return Found::Picked;
        }
        outcome
    }

    fn add(&mut self, section: usize, blocks: Vec<(usize, Block)>) {
        if blocks.is_empty() {
            return;
        }
        let own = self.blocks.entry(section).or_default();
        for (number, block) in blocks {
            own.entry(number).or_insert(block);
        }
    }

    /// Picks the first line that says one of these names.
    fn line(&mut self, keep: &Keep) -> Found {
        let parts = self.parts;
        for name in &keep.section {
            let wanted = heading::normal(name);
            let mut sections = parts.sections.iter().enumerate();
            let found = sections
                .find_map(|(number, section)| Some((number, line_saying(section, &wanted)?)));
            if let Some((number, block)) = found {
                self.add(number, vec![block]);
                return Found::Picked;
            }
        }
        Found::Nothing
    }

    /// Leaves out what does not fit, from the end: first what has to be unfolded, then whatever
    /// is no table. Gives how many parts that were.
    pub(super) fn fit(&mut self, limit: usize) -> usize {
        let mut cut = 0;
        let mut length = self.length();
        for only in [Some(Kind::Details), None] {
            while length > limit
                && let Some(saved) = self.drop_last(only)
            {
                length = length.saturating_sub(saved);
                cut += 1;
            }
        }
        if cut > 0 {
            self.tidy();
        }
        cut
    }

    /// Leaves out the last block of a kind that may go, though not its tables, and gives how many
    /// characters that saves.
    fn drop_last(&mut self, only: Option<Kind>) -> Option<usize> {
        for blocks in self.blocks.values_mut().rev() {
            let may_go = |block: &&Block| match only {
                Some(kind) => block.kind == kind,
                None => block.tables.is_empty(),
            };
            let last = blocks.iter().rev().find(|(_, block)| may_go(block));
            let Some((number, block)) = last.map(|(number, block)| (*number, block.clone())) else {
                continue;
            };
            let before = block.text.chars().count() + SEAM;
            if block.tables.is_empty() {
                blocks.remove(&number);
                return Some(before);
            }
            let left = block.only_tables();
            let after = left.text.chars().count() + SEAM;
            blocks.insert(number, left);
            return Some(before.saturating_sub(after));
        }
        if only.is_some() {
            return None;
        }
        let line = self.decisions.pop()?;
        Some(line.chars().count() + 1)
    }

    /// Removes headings below which nothing is left.
    fn tidy(&mut self) {
        for blocks in self.blocks.values_mut() {
            let mut below = false;
            let kept = blocks.iter().rev().filter(|(_, block)| {
                let stays = block.kind != Kind::Heading || below;
                below = block.kind != Kind::Heading;
                stays
            });
            let kept: Vec<usize> = kept.map(|(number, _)| *number).collect();
            blocks.retain(|number, _| kept.contains(number));
        }
        self.blocks.retain(|_, blocks| !blocks.is_empty());
    }

    /// How many characters it has without the line that says what was left out.
    pub(super) fn length(&self) -> usize {
        self.text(None).trim_end().chars().count()
    }

    /// What is picked, as a text.
    pub(super) fn text(&self, marker: Option<&str>) -> String {
        let mut texts: Vec<&str> = Vec::new();
        texts.extend(self.parts.title.as_deref());
        texts.extend(self.parts.lead.as_deref());
        let decisions = self.decisions.join("\n");
        if !decisions.is_empty() {
            texts.extend(["## Decisions", &decisions]);
        }
        for (number, section) in self.parts.sections.iter().enumerate() {
            let Some(blocks) = self.blocks.get(&number) else {
                continue;
            };
            texts.push(&section.heading);
            texts.extend(blocks.values().map(|block| block.text.as_str()));
        }
        texts.extend(marker);
        let mut text = texts.join("\n\n");
        text.push('\n');
        text
    }
}

/// The first line of a section that says something, and where it stands.
fn line_saying(section: &Section, wanted: &str) -> Option<(usize, Block)> {
    let blocks = section.blocks.iter().enumerate();
    let mut others = blocks.filter(|(_, block)| block.kind != Kind::Heading);
    others.find_map(|(at, block)| {
        let mut lines = block.text.lines();
        let line = lines.find(|line| heading::normal(line).contains(wanted))?;
        Some((at, Block::line(line.trim())))
    })
}

/// The same; a section that was asked for by name says at least how it begins.
fn part_or_first(section: &Section, which: Part, wanted: &str) -> Vec<(usize, Block)> {
    let found = part(section, which);
    if found.is_empty() && !wanted.is_empty() {
        return first(section);
    }
    found
}

/// The blocks of a section that a part stands for.
fn part(section: &Section, part: Part) -> Vec<(usize, Block)> {
    let all = || section.blocks.iter().cloned().enumerate();
    match part {
        Part::All | Part::Line => all().collect(),
        Part::FirstParagraph => first(section),
        Part::List => {
            let list = all().find(|(_, block)| block.kind == Kind::List);
            list.into_iter().collect()
        }
        Part::Tables => all()
            .filter(|(_, block)| !block.tables.is_empty())
            .collect(),
        Part::Rows => {
            let rows: usize = section.blocks.iter().map(|block| block.rows).sum();
            let said = (rows > 0).then(|| Block::line(&format!("Resources listed here: {rows}")));
            said.map(|block| (0, block)).into_iter().collect()
        }
    }
}

/// The first paragraph of a section; where there is none, whatever comes first.
fn first(section: &Section) -> Vec<(usize, Block)> {
    let mut blocks = section.blocks.iter().cloned().enumerate();
    let paragraph = blocks.find(|(_, block)| block.kind == Kind::Paragraph);
    let first = || section.blocks.first().cloned().map(|block| (0, block));
    paragraph.or_else(first).into_iter().collect()
}

impl Block {
    /// A line of text.
    fn line(text: &str) -> Block {
        Block {
            text: text.to_owned(),
            kind: Kind::Paragraph,
            tables: Vec::new(),
            rows: 0,
        }
    }

    /// Its tables and nothing else.
    fn only_tables(self) -> Block {
        Block {
            text: self.tables.join("\n\n"),
            kind: Kind::Other,
            ..self
        }
    }
}
