//! Comments that stood before a change: only they may answer for what the change brings.
//!
//! A comment stands when the base has one for the same rule at the same place of the same file,
//! or anywhere in it above a line with the same text. Places are told by the lines around them:
//! lines that both texts hold once, in the same order, cut them into gaps.

use std::collections::BTreeMap;
use std::fmt;

use baton_repo::{File, Repo};
use baton_source::{FileId, RepoPath};

use super::directive::{Directive, directives, may_suppress};
use super::named;
use crate::baseline::Entry;
use crate::run::Run;

/// What somebody has agreed to before: the comments of a base and its baseline.
pub struct Standing {
    /// How the base is named to people.
    pub name: String,
    /// Its files.
    pub repo: Repo,
    /// What its baseline records.
    pub entries: Vec<Entry>,
}

/// A comment about one line, and where it is found.
struct Placed<'a> {
    directive: &'a Directive,
    gap: usize,
    /// The text of the line it answers for.
    answered: &'a str,
}

impl fmt::Debug for Standing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = ("name", &self.name);
        formatter
            .debug_struct("Standing")
            .field(name.0, name.1)
            .finish_non_exhaustive()
    }
}

/// Notes the names in comments that the base does not know.
pub(super) fn compare(run: Run<'_>, standing: &Standing, by_file: &mut [(FileId, Vec<Directive>)]) {
    let mut renames = Renames::new(run, standing);
    for (id, now) in by_file {
        let Some(file) = run.repo.by_id(*id) else {
            continue;
        };
        let known = standing.repo.file(file.path.as_str());
        let base = known.or_else(|| renames.origin(file));
        let Some(base) = base else {
            for directive in now {
                directive.unapproved.clone_from(&directive.names);
            }
            continue;
        };
        // What no longer holds answers for nothing in the base either.
        let mut before = directives(base);
        before.retain(|one| !one.reason.is_empty() && one.until.holds(run.config.today));
        let unapproved = unapproved((file, now), (base, &before));
        for (directive, names) in now.iter_mut().zip(unapproved) {
            directive.unapproved = names;
        }
    }
}

/// For each comment, the names in it that the base does not know.
fn unapproved(
    (file, now): (&File, &[Directive]),
    (base, before): (&File, &[Directive]),
) -> Vec<Vec<String>> {
    let anchors = anchors((file, now), (base, before));
    let (here, there): (Vec<usize>, Vec<usize>) = anchors.into_iter().unzip();
    let now: Vec<Placed<'_>> = now.iter().map(|one| placed(file, one, &here)).collect();
    let before: Vec<Placed<'_>> = before.iter().map(|one| placed(base, one, &there)).collect();
    let pairs = pairs(&now, &before);
    let everywhere = || {
        let directives = before.iter().map(|one| one.directive);
        directives.filter(|one| one.whole_file)
    };
    let unknown = |(one, pair): (&Placed<'_>, &Option<usize>)| {
        let pair = pair.and_then(|at| before.get(at)).map(|one| one.directive);
        let covered = |name: &&String| {
            pair.into_iter()
                .chain(everywhere())
                .any(|base| covers(base, name))
        };
        let names = one.directive.names.iter();
        names.filter(|name| !covered(name)).cloned().collect()
    };
    now.iter().zip(&pairs).map(unknown).collect()
}

/// For each comment about a line, the number of the one in the base that it is.
fn pairs(now: &[Placed<'_>], before: &[Placed<'_>]) -> Vec<Option<usize>> {
    let passes: [fn(&Placed<'_>, &Placed<'_>) -> bool; 3] = [
        |one, other| one.gap == other.gap && one.answered == other.answered,
        |one, other| one.gap == other.gap,
        |one, other| one.answered == other.answered,
    ];
    let mut pairs = vec![None; now.len()];
    let mut taken = vec![false; before.len()];
    for fits in passes {
        for (one, pair) in now.iter().zip(&mut pairs) {
            if pair.is_some() || one.directive.whole_file {
                continue;
            }
            let found = before.iter().zip(&taken).position(|(other, taken)| {
                let mut names = one.directive.names.iter();
                let free = !taken && !other.directive.whole_file;
                free && fits(one, other) && names.any(|name| covers(other.directive, name))
            });
            *pair = found;
            if let Some(taken) = found.and_then(|at| taken.get_mut(at)) {
                *taken = true;
            }
        }
    }
    pairs
}

/// Whether a comment answers for every rule that a name stands for.
fn covers(base: &Directive, name: &str) -> bool {
    let says = |slug: &str| {
        let mut rules = base.names.iter().flat_map(|known| named(known));
        rules.any(|rule| rule.meta.slug == slug)
    };
    named(name).all(|rule| says(rule.meta.slug))
}

fn placed<'a>(file: &'a File, directive: &'a Directive, anchors: &[usize]) -> Placed<'a> {
    let line = file.lines().line_of(directive.at.start);
    let answered = directive.line.unwrap_or(line);
    Placed {
        directive,
        gap: anchors.partition_point(|anchor| *anchor < line),
        answered: file.lines().line_text(file.text(), answered).trim(),
    }
}

/// Lines that both texts hold once, as many as stand in the same order: numbers here and there.
fn anchors(
    (file, now): (&File, &[Directive]),
    (base, before): (&File, &[Directive]),
) -> Vec<(usize, usize)> {
    let there = single_lines(base, before);
    let here = single_lines(file, now);
    let mut common: Vec<(usize, usize)> = here
        .into_iter()
        .filter_map(|(text, line)| Some((line, *there.get(text)?)))
        .collect();
    common.sort_unstable();
    rising(&common)
}

/// The lines that stand in a text once, those with comments of ours aside.
fn single_lines<'a>(file: &'a File, directives: &[Directive]) -> BTreeMap<&'a str, usize> {
    let (text, lines) = (file.text(), file.lines());
    let mut found: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for line in 0..lines.lines() {
        let words = lines.line_text(text, line).trim();
        let seen = found.entry(words).and_modify(|known| *known = None);
        seen.or_insert(Some(line));
    }
    let own = |line: usize| {
        let mut spans = directives.iter().map(|directive| directive.at);
        spans.any(|at| (lines.line_of(at.start)..=lines.line_of(at.end)).contains(&line))
    };
    let found = found.into_iter();
    found
        .filter_map(|(words, line)| Some((words, line.filter(|line| !own(*line))?)))
        .collect()
}

/// The longest run of pairs in which the second numbers rise; the first ones do already.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // By length of a run: the pair it ends with, so that the end is least.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (number, (_, there)) in pairs.iter().enumerate() {
        let before = |end: &usize| pairs.get(*end).is_some_and(|(_, known)| known < there);
        let length = ends.partition_point(before);
        previous.push(length.checked_sub(1).and_then(|at| ends.get(at).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = number,
            None => ends.push(number),
        }
    }
    let mut next = ends.last().copied();
    let mut run = Vec::new();
    while let Some(number) = next {
        run.extend(pairs.get(number));
        next = previous.get(number).copied().flatten();
    }
    run.reverse();
    run
}

/// Files of the base that are gone now and may go by another name.
struct Renames<'a> {
    gone: Vec<&'a File>,
}

impl<'a> Renames<'a> {
    fn new(run: Run<'a>, standing: &'a Standing) -> Renames<'a> {
        let files = standing.repo.files().iter();
        let gone = files.filter(|file| run.repo.file(file.path.as_str()).is_none());
        Renames {
            gone: gone.collect(),
        }
    }

    /// The file that was renamed to this one: at least half of the lines are the same. No file
    /// is the origin of two.
    fn origin(&mut self, file: &File) -> Option<&'a File> {
        let mut best: Option<(usize, usize)> = None;
        for (number, gone) in self.gone.iter().enumerate() {
            let alike = extension(&gone.path) == extension(&file.path);
            if !alike || !may_suppress(gone.text()) {
                continue;
            }
            let shared = shared_lines(gone.text(), file.text());
            let longer = gone.lines().lines().max(file.lines().lines());
            if shared * 2 >= longer && best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, number));
            }
        }
        best.map(|(_, number)| self.gone.remove(number))
    }
}

fn extension(path: &RepoPath) -> Option<&str> {
    path.name().rsplit_once('.').map(|(_, extension)| extension)
}

fn shared_lines(left: &str, right: &str) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in left.lines() {
        *counts.entry(line.trim()).or_default() += 1;
    }
    let take = |line: &str| {
        let count = counts.get_mut(line.trim())?;
        *count = count.checked_sub(1)?;
        Some(())
    };
    right.lines().filter_map(take).count()
}
