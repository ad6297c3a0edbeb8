//! Instructions stand in one place.

use std::collections::BTreeMap;

use baton_repo::{File, FileMode};
use baton_source::Span;

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// What is long enough to be worth a place of its own.
const LINES: usize = 6;
const CHARACTERS: usize = 400;

/// How many of the other places are shown.
const SHOWN: usize = 5;

struct Block<'a> {
    file: &'a File,
    span: Span,
    lines: usize,
}

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let mut blocks: BTreeMap<String, Vec<Block<'_>>> = BTreeMap::new();
    for file in ctx.repo.of_kind("agent-text") {
        for (words, block) in of_file(file) {
            let same = blocks.entry(words).or_default();
            if same.iter().all(|other| other.file.id != file.id) {
                same.push(block);
            }
        }
    }
    // What stands in the same files is one finding.
    let mut groups: BTreeMap<Vec<u32>, Vec<Vec<Block<'_>>>> = BTreeMap::new();
    for mut same in blocks.into_values().filter(|same| same.len() > 1) {
        // A link is another name of a file, not another file.
        same.retain(|block| block.file.mode() != Some(FileMode::Symlink));
        if same.len() < 2 {
            continue;
        }
        let files = same.iter().map(|block| block.file.id.0).collect();
        groups.entry(files).or_default().push(same);
    }
    for mut group in groups.into_values() {
        group.sort_by_key(|same| same.first().map(|block| block.span.start));
        let lines: usize = group
            .iter()
            .filter_map(|same| Some(same.first()?.lines))
            .sum();
        let Some((first, others)) = group.first().and_then(|same| same.split_first()) else {
            continue;
        };
        let places = match others {
            [one] => format!("`{}`", one.file.path),
            many => format!("{} other files", many.len()),
        };
        let finding = out.report(
            first.file.at(&first.span),
            format!("{lines} lines from here on also stand in {places}"),
        );
        finding.help("Keep them in one file, and tell agents to read that.");
        for other in others.iter().take(SHOWN) {
            finding.label(other.file.at(&other.span), "the same");
        }
    }
}

/// The paragraphs of a file that are long enough, blanks and capitals evened out.
fn of_file(file: &File) -> Vec<(String, Block<'_>)> {
    let body = file.body();
    let mut found = Vec::new();
    let mut start = body.start as usize;
    let text = body.of(file.text());
    let mut open: Option<Span> = None;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let ends = line.trim().is_empty() || file.markdown().is_code(span.start);
        if ends {
            found.extend(open.take().and_then(|block| closed(file, block)));
        } else {
            open = Some(open.map_or(span, |open| open.to(span)));
        }
    }
    found.extend(open.and_then(|block| closed(file, block)));
    found
}

fn closed(file: &File, span: Span) -> Option<(String, Block<'_>)> {
    let text = span.of(file.text());
    let lines = text.lines().count();
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ").to_lowercase();
    let long = words.len() >= CHARACTERS || (lines >= LINES && words.len() >= CHARACTERS / 2);
    long.then_some((words, Block { file, span, lines }))
}
