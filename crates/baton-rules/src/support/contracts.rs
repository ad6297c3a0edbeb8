//! Texts that files must hold, wherever the demand comes from.

use std::collections::BTreeSet;

use baton_repo::contracts::{Contract, Scope};
use baton_repo::{File, Repo};
use baton_source::{Location, Span};
use regex::Regex;

use crate::{Ctx, Findings};

/// One demand on a file.
pub(crate) struct Demand<'d> {
    /// What it is called.
    pub(crate) id: String,
    /// Texts that must all stand there.
    pub(crate) all: &'d [String],
    /// Texts of which one must stand there.
    pub(crate) any: &'d [String],
    /// Texts that may not stand there.
    pub(crate) none: &'d [String],
    /// Where in the file.
    pub(crate) scope: Option<Scope>,
    /// Files in which a text counts as well.
    pub(crate) or_in: &'d [String],
    /// What is looked at, instead of the whole.
    pub(crate) within: Option<Regex>,
    /// What to do about it.
    pub(crate) help: &'d str,
}

/// Judges what a contract of the pack asks for.
pub(crate) fn judge(ctx: &Ctx<'_>, contract: Contract, help: &str, out: &mut Findings) {
    let groups = ctx.repo.required_groups().iter();
    let mut missing = BTreeSet::new();
    for group in groups.filter(|group| group.contract == contract) {
        for path in &group.files {
            let Some(file) = ctx.repo.file(path) else {
                missing.insert(path.as_str());
                continue;
            };
            for (text, number) in group.texts.iter().zip(1..) {
                let within = text.within.as_ref();
                let demand = Demand {
                    id: format!("{}-{number}", group.id),
                    all: &text.all,
                    any: &text.any,
                    none: &text.none,
                    scope: text.scope,
                    or_in: &text.or_in,
                    within: within.and_then(|pattern| Regex::new(pattern).ok()),
                    help,
                };
                hold(ctx.repo, file, &demand, out);
            }
        }
    }
    // Without agents nobody follows the family's conventions any more.
    let Some(agent) = ctx.repo.of_kind("agent").next() else {
        return;
    };
    for path in missing.into_iter().filter(|path| !is_dropped(ctx, path)) {
        let message = format!("there is no file `{path}`, which must hold certain texts");
        out.report(agent.whole(), message).help(help);
    }
}

/// Whether a path belongs to a track of the workflow of which no agent is left.
fn is_dropped(ctx: &Ctx<'_>, path: &str) -> bool {
    let tracks = ctx.repo.handoff_conventions().track_words.iter();
    let mut of_path = tracks.filter(|word| has_word(path, word)).peekable();
    let agents = || {
        ctx.repo
            .of_kind("agent")
            .chain(ctx.repo.of_kind("subagent"))
    };
    of_path.peek().is_some()
        && of_path.all(|word| !agents().any(|agent| has_word(agent.path.as_str(), word)))
}

/// Whether a path holds a word between anything but letters.
fn has_word(path: &str, word: &str) -> bool {
    let mut words = path.split(|letter: char| !letter.is_ascii_alphabetic());
    words.any(|part| part == word)
}

impl Demand<'_> {
    /// Whether it is about a part of the file that is smaller than a section.
    fn is_narrow(&self) -> bool {
        self.within.is_some() || matches!(self.scope, Some(Scope::Heading | Scope::Line))
    }
}

/// Reports what a file does not hold, and what it holds and should not.
pub(crate) fn hold(repo: &Repo, file: &File, demand: &Demand<'_>, out: &mut Findings) {
    if file.problem().is_some() {
        return;
    }
    let text = file.text();
    let regions = regions(file, demand);
    unwanted(file, demand, &regions, out);
    let judged = regions.iter().map(|region| {
        let lack = lack(repo, region.of(text), demand);
        (lack, Some(*region))
    });
    let best = judged.min_by_key(|(lack, _)| lack.all.len() + usize::from(lack.any));
    let (lack, region) = best.unwrap_or_else(|| (lack(repo, "", demand), None));
    let sentences = lack.sentences(demand);
    if sentences.is_empty() {
        return;
    }
    let is_partial = lack.all.len() < demand.all.len() && demand.is_narrow();
    let (at, place) = match region.filter(|_| is_partial) {
        Some(region) => (file.at(&trimmed(region, text)), " here"),
        None => (nearest(file, &lack.wanted(demand)), place(demand)),
    };
    let message = format!("{}{place}", sentences.join(", and "));
    out.report(at, message).help(format!(
        "{} It is asked for as `{}`.",
        demand.help, demand.id
    ));
}

fn unwanted(file: &File, demand: &Demand<'_>, regions: &[Span], out: &mut Findings) {
    for unwanted in demand.none {
        for region in regions {
            let Some(at) = region.of(file.text()).find(unwanted.as_str()) else {
                continue;
            };
            let start = region.start as usize + at;
            let span = Span::new(start, start + unwanted.len());
            let message = format!("{} may not stand here", quoted(unwanted));
            out.report(file.at(&span), message)
                .help(format!("Take it away; `{}` asks for that.", demand.id));
        }
    }
}

/// What a part of a file does not hold.
struct Lack<'d> {
    /// Those that must all stand there and do not.
    all: Vec<&'d str>,
    /// Whether none stands there of which one must.
    any: bool,
}

fn lack<'d>(repo: &Repo, text: &str, demand: &Demand<'d>) -> Lack<'d> {
    let elsewhere = |wanted: &str| {
        let others = demand.or_in.iter().filter_map(|path| repo.file(path));
        others.map(File::text).any(|text| text.contains(wanted))
    };
    let has = |wanted: &String| text.contains(wanted.as_str()) || elsewhere(wanted);
    let missing = demand.all.iter().filter(|wanted| !has(wanted));
    Lack {
        all: missing.map(String::as_str).collect(),
        any: !demand.any.is_empty() && !demand.any.iter().any(has),
    }
}

impl<'d> Lack<'d> {
    fn sentences(&self, demand: &Demand<'_>) -> Vec<String> {
        let mut sentences = Vec::new();
        match self.all.as_slice() {
            [] => {}
            [one] => sentences.push(format!("{} is missing", quoted(one))),
            [most @ .., last] => {
                let most: Vec<String> = most.iter().map(|one| quoted(one)).collect();
                let last = quoted(last);
                sentences.push(format!("{} and {last} are missing", most.join(", ")));
            }
        }
        if self.any {
            let any: Vec<String> = demand.any.iter().map(|one| quoted(one)).collect();
            sentences.push(format!("one of {} is missing", any.join(", ")));
        }
        sentences
    }

    fn wanted(&self, demand: &Demand<'d>) -> Vec<&'d str> {
        if self.any {
            return demand.any.iter().map(String::as_str).collect();
        }
        self.all.clone()
    }
}

fn place(demand: &Demand<'_>) -> &'static str {
    match demand.scope {
        Some(Scope::FrontMatter) => " in the front matter",
        Some(Scope::Heading) => " in the headings",
        _ => "",
    }
}

/// The parts of a file that are looked at, each for itself.
fn regions(file: &File, demand: &Demand<'_>) -> Vec<Span> {
    let text = file.text();
    let scoped = match demand.scope {
        None => vec![Span::new(0, text.len())],
        Some(Scope::FrontMatter) => {
            let block = file.front_matter_block();
            block.map(|block| block.yaml).into_iter().collect()
        }
        Some(Scope::Heading) => {
            let headings = file.markdown().headings.iter();
            headings.map(|heading| heading.span).collect()
        }
        Some(Scope::Line) => {
            let mut start = 0;
            let lines = text.split_inclusive('\n').map(|line| {
                let span = Span::new(start, start + line.len());
                start += line.len();
                span
            });
            lines.collect()
        }
    };
    let Some(within) = &demand.within else {
        return scoped;
    };
    let mut found = Vec::new();
    for region in scoped {
        for captures in within.captures_iter(region.of(text)) {
            let part = captures.get(1).or_else(|| captures.get(0));
            let shift = region.start as usize;
            found.extend(part.map(|part| Span::new(shift + part.start(), shift + part.end())));
        }
    }
    found
}

/// A part without blanks around it, as far as its first line goes.
fn trimmed(region: Span, text: &str) -> Span {
    let part = region.of(text);
    let start = region.start as usize + (part.len() - part.trim_start().len());
    let line = part.trim().lines().next().unwrap_or_default();
    Span::new(start, start + line.trim_end().len())
}

/// The heading that has most words in common with what is missing; the file when none has any.
fn nearest(file: &File, missing: &[&str]) -> Location {
    let is_markdown = file
        .path
        .name()
        .rsplit_once('.')
        .is_some_and(|(_, end)| end == "md");
    let headings = if is_markdown {
        file.markdown().headings.as_slice()
    } else {
        &[]
    };
    let wanted: BTreeSet<String> = missing.iter().flat_map(|text| words(text)).collect();
    let mut best = (0, file.whole());
    for heading in headings {
        let common = words(&heading.text)
            .filter(|word| wanted.contains(word))
            .count();
        if common > best.0 {
            best = (common, file.at(&heading.span));
        }
    }
    best.1
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    // Short words are in every heading.
    words
        .filter(|word| word.chars().count() > 3)
        .map(str::to_lowercase)
}

/// A text as code, whatever it holds.
fn quoted(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}
