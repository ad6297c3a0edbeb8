//! Commands do not write into the folder of artifacts.

use baton_syntax::shell::{Redirection, Word};

use crate::support::shell::{Run, blocks, runs};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let conventions = &ctx.repo.shell_conventions().artifact_folder;
    let own = &ctx.settings.shell.artifact_folder;
    let Some(folder) = own.as_ref().or(conventions.as_ref()) else {
        return;
    };
    for block in blocks(ctx, file) {
        for script in &block.scripts {
            for redirection in script.redirections() {
                redirected(file, redirection, folder, out);
            }
        }
        for run in runs(block) {
            copied(file, &run, folder, out);
        }
    }
}

fn redirected(file: &File, redirection: &Redirection, folder: &str, out: &mut Findings) {
    let arrow = file.text().get(..redirection.span.start as usize);
    // `->` and `=>` are arrows of a text that is no command.
    let arrow = arrow.is_some_and(|before| before.ends_with(['-', '=']));
    if arrow || !redirection.operator.writes() || !is_below(&redirection.target, folder) {
        return;
    }
    report(file, &redirection.target, "a redirection", out);
}

/// `tee`, which writes to the files it names.
fn copied(file: &File, run: &Run<'_>, folder: &str, out: &mut Findings) {
    if run.program().as_deref() != Some("tee") {
        return;
    }
    for word in run.words.iter().skip(1) {
        if is_below(word, folder) {
            report(file, word, "`tee`", out);
        }
    }
}

fn report(file: &File, target: &Word, what: &str, out: &mut Findings) {
    let written = target.span.of(file.text());
    out.report(file.at(target), format!("{what} writes `{written}`"))
        .help("Let the agent write artifacts with its file tool.");
}

/// Whether a word names something below a folder, as far as it can be told.
fn is_below(word: &Word, folder: &str) -> bool {
    let text = word.known_text();
    text.match_indices(folder).any(|(at, _)| {
        let before = text.get(..at).unwrap_or("");
        let after = text.get(at + folder.len()..).unwrap_or("");
        (before.is_empty() || before.ends_with('/')) && after.starts_with('/')
    })
}
