//! Agents do not lint artifacts themselves.

use std::sync::LazyLock;

use baton_source::Span;
use regex::Regex;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(folder) = &ctx.repo.agent_conventions().artifact_folder else {
        return;
    };
    let body = file.body();
    let text = body.of(file.text());
    let in_folder = |command: &regex::Match<'_>| {
        let rest = Span::new(command.end(), text.len()).of(text);
        let path = rest.strip_prefix(folder.as_str());
        path.is_some_and(|path| path.starts_with('/'))
    };
    let mut commands = LINTER
        .find_iter(text)
        .filter(in_folder)
        .map(|command| Span::new(command.start(), command.end() + folder.len() + 1));
    let Some(first) = commands.next() else { return };
    let at = |span: Span| file.at(&span.shifted(body.start as usize));
    let message = format!("the body lints `{folder}/` directly");
    let found = out
        .report(at(first), message)
        .help("Remove the command: hooks and the reviewing agent judge artifacts.");
    for command in commands {
        found.label(at(command), "here too");
    }
}

#[expect(clippy::unwrap_used, reason = "the pattern is a constant and tested")]
static LINTER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"markdownlint(?:-cli2)?\s+").unwrap());
