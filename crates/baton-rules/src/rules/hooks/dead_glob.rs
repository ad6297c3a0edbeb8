//! Globs of `baton.toml` match some file.

use std::collections::BTreeMap;

use baton_source::{Severity, Span};
use baton_syntax::glob;
use serde::Deserialize;
use toml::Spanned;

use crate::support::hooks::paths;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

type Globs = Vec<Spanned<String>>;

/// The globs of a configuration; everything else in it is the reader's business.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Configured {
    exclude: Globs,
    layout: Layout,
    overrides: Vec<Override>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Layout {
    kinds: BTreeMap<String, Globs>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Override {
    paths: Globs,
}

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(file) = ctx.repo.file("baton.toml") else {
        return;
    };
    // A configuration that cannot be read ends the run before any rule.
    let Ok(configured) = toml::from_str::<Configured>(file.text()) else {
        return;
    };
    let judged = |pattern: &str| {
        let mut files = ctx.repo.files().iter();
        files.any(|file| matches(pattern, file.path.as_str()))
    };
    let kinds = configured.layout.kinds.values().flatten();
    let overrides = configured.overrides.iter().flat_map(|one| &one.paths);
    for word in kinds.chain(overrides) {
        if !judged(word.get_ref()) {
            report(file, word, out);
        }
    }
    for word in &configured.exclude {
        if !paths(ctx.repo).any(|path| matches(word.get_ref(), path)) {
            report(file, word, out).severity(Severity::Info);
        }
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    glob::matches(pattern, path).unwrap_or(false)
}

fn report<'o>(
    file: &File,
    word: &Spanned<String>,
    out: &'o mut Findings,
) -> &'o mut baton_source::Diagnostic {
    let span = Span::new(word.span().start, word.span().end);
    let message = format!("`{}` matches no file that could be judged", word.get_ref());
    out.report(file.at(&span), message)
        .help("Correct the glob, or remove it; files that git ignores are never judged.")
}
