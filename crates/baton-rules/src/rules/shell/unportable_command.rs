//! Programs that many machines lack are asked for before they are used.

use baton_repo::ShellBlock;
use baton_syntax::shell::Word;

use crate::support::shell::{Run, blocks, runs};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let conventions = &ctx.repo.shell_conventions().unportable;
    let unportable = ctx
        .settings
        .shell
        .unportable
        .as_ref()
        .unwrap_or(conventions);
    if unportable.is_empty() {
        return;
    }
    for block in blocks(ctx, file) {
        judge(file, block, unportable, out);
    }
}

fn judge(file: &File, block: &ShellBlock, unportable: &[String], out: &mut Findings) {
    let runs = runs(block);
    for run in &runs {
        // A path says which program is meant.
        let Some(name) = run.name().filter(|name| unportable.contains(name)) else {
            continue;
        };
        if runs.iter().any(|other| asks_for(other, &name)) {
            continue;
        }
        let message = format!("`{name}` is missing on many machines, and nothing here asks for it");
        out.report(file.at(&run.name_span()), message).help(format!(
            "Ask with `command -v {name}` in the same block, or use what every machine has."
        ));
    }
}

/// Whether a command asks if there is such a program.
fn asks_for(run: &Run<'_>, name: &str) -> bool {
    let words: Vec<String> = run.words.iter().filter_map(Word::static_text).collect();
    let asks = match words.first().map(String::as_str) {
        Some("command") => words.iter().any(|word| word == "-v" || word == "-V"),
        Some("which" | "type" | "hash") => true,
        _ => false,
    };
    asks && words.iter().skip(1).any(|word| word == name)
}
