//! Files that CLAUDE.md imports exist.

use baton_source::Span;

use crate::support::hosts;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Extensions that tell a path from the name of a person or a package.
const TEXTS: [&str; 8] = ["md", "mdc", "mdx", "txt", "json", "yaml", "yml", "toml"];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let text = file.text();
    if !text.contains('@') {
        return;
    }
    let mut fence: Option<&str> = None;
    let mut comment = false;
    for (start, line) in hosts::lines(text) {
        let inner = line.trim_start();
        let marker = ["```", "~~~"]
            .into_iter()
            .find(|mark| inner.starts_with(mark));
        if let Some(mark) = marker {
            fence = match fence {
                None => Some(mark),
                Some(open) if open == mark => None,
                open => open,
            };
            continue;
        }
        comment |= inner.starts_with("<!--");
        let skipped = fence.is_some() || comment;
        if comment && line.contains("-->") {
            comment = false;
        }
        if !skipped {
            judge_line(ctx, file, (start, line), out);
        }
    }
}

fn judge_line(ctx: &Ctx<'_>, file: &File, (start, line): (usize, &str), out: &mut Findings) {
    let mut in_code = false;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        if letter == '`' {
            in_code = !in_code;
        }
        let begins = before.is_whitespace() || matches!(before, '(' | '[');
        before = letter;
        if letter != '@' || in_code || !begins {
            continue;
        }
        let rest = line.get(at + 1..).unwrap_or("");
        let end = rest.find(|letter: char| {
            letter.is_whitespace() || matches!(letter, ')' | ']' | ',' | '`' | ';')
        });
        let path = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        let path = path.trim_end_matches(['.', ':', '!', '?', '*', '"', '\'']);
        if !is_local(path) || exists(ctx, file, path) {
            continue;
        }
        let span = Span::new(start + at, start + at + 1 + path.len());
        out.report(
            file.at(&span),
            format!("`{path}` does not exist, so nothing is imported"),
        )
        .help("Correct the path, or put it between backticks.");
    }
}

/// Whether it is a path of the repository, with the extension of a text.
fn is_local(path: &str) -> bool {
    let outside = path.starts_with(['/', '~']) || path.contains(['*', '<', '{', '$', '\\']);
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    !outside && extension.is_some_and(|extension| TEXTS.contains(&extension))
}

/// Whether a path leads to a file, or out of the repository where nobody can tell.
fn exists(ctx: &Ctx<'_>, file: &File, path: &str) -> bool {
    let folder = file.path.parent();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return true;
                }
            }
            part => parts.push(part),
        }
    }
    let target = parts.join("/");
    ctx.repo.file(&target).is_some()
        || ctx
            .repo
            .excluded()
            .iter()
            .any(|path| path.as_str() == target)
}
