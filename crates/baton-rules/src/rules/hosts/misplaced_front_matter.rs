//! Front matter begins at the first byte of its file.

use baton_repo::HostDocument;
use baton_source::{Applicability, Fix, Span};
use baton_syntax::front_matter::Split;

use crate::support::hosts;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// So many lines at most stand before front matter that somebody meant as such.
const BEFORE: usize = 10;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(document) = ctx.repo.host_document(file) else {
        return;
    };
    match file.split() {
        Split::Found(_) => {}
        Split::Unclosed(opening) => {
            // That of agents is a finding of the rules about agents.
            let agent = ctx.repo.is_kind(file, "agent") || ctx.repo.is_kind(file, "subagent");
            let body = Span::new(opening.end as usize, file.text().len()).of(file.text());
            let first = body.lines().find(|line| !line.trim().is_empty());
            if !agent && first.is_some_and(|line| has_key(document, line)) {
                out.report(file.at(opening), "the front matter is never closed")
                    .help("Close it with a line of three hyphens.");
            }
        }
        Split::None => displaced(document, file, out),
    }
}

/// Reports a block of known keys that stands below something else.
fn displaced(document: &HostDocument, file: &File, out: &mut Findings) {
    let text = file.text();
    let mut lines = hosts::lines(text).peekable();
    let mut opening = None;
    for (start, line) in lines.by_ref().take(BEFORE) {
        if line.trim_end() == "---" {
            opening = Some(Span::new(start, start + "---".len()));
            break;
        }
    }
    let Some(opening) = opening else { return };
    if !lines
        .next()
        .is_some_and(|(_, line)| has_key(document, line))
    {
        return;
    }
    if !lines.any(|(_, line)| line.trim_end() == "---") {
        return;
    }
    let before = Span::new(0, opening.start as usize);
    let blank = before
        .of(text)
        .trim_start_matches('\u{feff}')
        .trim()
        .is_empty();
    let fenced = before.of(text).trim_start().starts_with("```");
    let what = match (blank, fenced) {
        (true, _) => "blank lines stand",
        (_, true) => "a code block opens",
        _ => "text stands",
    };
    let message = format!("no host reads this front matter, for {what} before it");
    let found = out.report(file.at(&opening), message);
    found.help("Let the three hyphens be the first line of the file.");
    if blank {
        found.fix(Fix {
            title: "Remove the blank lines".to_owned(),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(before, "")],
        });
    }
}

/// Whether a line begins with a key that the host reads.
fn has_key(document: &HostDocument, line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(key, _)| document.key(key).is_some())
}
