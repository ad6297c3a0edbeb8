//! Terraform is formatted as `terraform fmt` would.

use std::ops::Range;

use baton_iac::terraform::format;
use baton_source::{Applicability, Edit, Fix, Severity, Span};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let is_passed_over = file.path.as_str().split('/').any(format::is_ignored);
    let is_readable = file.iac().is_some_and(|iac| iac.errors.is_empty());
    if is_passed_over || !is_readable {
        return;
    }
    let before = file.text();
    let after = format::format(before);
    if after == before {
        return;
    }
    let changes = changes(before, &after);
    let Some(first) = changes.first() else {
        return;
    };
    let lines: usize = changes.iter().map(|change| change.lines).sum();
    let message = match lines {
        1 => "this line is not as `terraform fmt` writes it".to_owned(),
        _ => format!("{lines} lines are not as `terraform fmt` writes them, this one first"),
    };
    let severity = if ctx.repo.layout().is("apex") {
        Severity::Error
    } else {
        Severity::Warning
    };
    let edit = |change: &Change<'_>| -> Edit {
        file.edit(Span::new(change.at.start, change.at.end), change.text)
    };
    out.report(file.at(&first_line(before, first)), message)
        .severity(severity)
        .help("Run `baton fmt`, or `terraform fmt`.")
        .fix(Fix {
            title: "Format the file".to_owned(),
            applicability: Applicability::Safe,
            edits: changes.iter().map(edit).collect(),
        });
}

/// Lines in a row that are to be others.
struct Change<'t> {
    at: Range<usize>,
    text: &'t str,
    lines: usize,
}

/// What has to change, in the order of the text.
fn changes<'t>(before: &str, after: &'t str) -> Vec<Change<'t>> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    if old.len() != new.len() {
        return vec![between(&old, &new, after)];
    }
    let mut changes: Vec<Change<'t>> = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    for (old, new) in old.iter().zip(&new) {
        let at = old_at..old_at + old.len();
        let range = new_at..new_at + new.len();
        (old_at, new_at) = (at.end, range.end);
        if old == new {
            continue;
        }
        match changes.last_mut().filter(|last| last.at.end == at.start) {
            Some(last) => {
                let start = range.start - last.text.len();
                last.at.end = at.end;
                last.text = after.get(start..range.end).unwrap_or("");
                last.lines += 1;
            }
            None => changes.push(Change {
                at,
                text: after.get(range).unwrap_or(""),
                lines: 1,
            }),
        }
    }
    changes
}

/// Everything between the lines that both begin with and those that both end with.
fn between<'t>(old: &[&str], new: &[&str], after: &'t str) -> Change<'t> {
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = old.iter().zip(new).take_while(same).count();
    let most = old.len().min(new.len()) - head;
    let pairs = old.iter().rev().zip(new.iter().rev());
    let tail = pairs.take(most).take_while(same).count();
    let span = |lines: &[&str]| {
        let start: usize = lines.iter().take(head).map(|line| line.len()).sum();
        let middle = lines.iter().take(lines.len() - tail).skip(head);
        start..start + middle.map(|line| line.len()).sum::<usize>()
    };
    Change {
        at: span(old),
        text: after.get(span(new)).unwrap_or(""),
        lines: old.len().max(new.len()) - head - tail,
    }
}

/// The first line of a change, without its line ending.
fn first_line(text: &str, change: &Change<'_>) -> Span {
    let lines = text.get(change.at.clone()).unwrap_or("");
    let line = lines.split('\n').next().unwrap_or("");
    let line = line.strip_suffix('\r').unwrap_or(line);
    Span::new(change.at.start, change.at.start + line.len())
}
