//! What is said about the command line and the configuration, on standard error.

use baton_check::Scope;
use baton_repo::Repo;
use baton_syntax::glob::GlobSet;

use super::check::Run;
use crate::exit::say;
use crate::output::Shown;
use crate::project::Target;
use crate::terminal::{Terminal, harmless};

/// Says what the repository has no use for: overrides for no file, and named files that the
/// configuration excludes.
pub(super) fn before(run: &Run, repo: &Repo) {
    let word = Terminal::stderr().bold("notice:");
    // Of a lone baton.toml the rule says the same at its place.
    let alone = run.args.config.is_none() && run.project.config.sources.len() == 1;
    let told = alone && run.config.selection.contains("dead-glob");
    let overrides = run.project.config.overrides.iter().filter(|_| !told);
    for entry in overrides {
        let Ok(globs) = GlobSet::new(&entry.levels.paths) else {
            continue;
        };
        if !repo
            .files()
            .iter()
            .any(|file| globs.matches(file.path.as_str()))
        {
            say(&format!(
                "{word} {}: the paths of this override match no file",
                entry.place
            ));
        }
    }
    for target in &run.targets {
        if let Target::File(path) = target
            && repo.file(path.as_str()).is_none()
        {
            let path = harmless(path.as_str());
            say(&format!(
                "{word} `{path}` is excluded by the layout or the configuration"
            ));
        }
    }
}

/// Names the paths of the command line in which no rule looked at anything.
pub(super) fn idle(run: &Run, scope: &Scope, shown: &Shown<'_>) {
    if *scope == Scope::All {
        return;
    }
    let word = Terminal::stderr().bold("nothing evaluated:");
    for target in &run.targets {
        let (named, prefix) = match target {
            Target::Root => continue,
            Target::Folder(path) => (path, format!("{path}/")),
            Target::File(path) => (path, String::new()),
        };
        let inside =
            |path: &str| path == named.as_str() || !prefix.is_empty() && path.starts_with(&prefix);
        let mut files = shown
            .repo
            .files()
            .iter()
            .filter(|file| inside(file.path.as_str()));
        if !files.any(baton_repo::File::is_read) {
            let what = if prefix.is_empty() {
                "it is not"
            } else {
                "nothing there is"
            };
            let named = harmless(named.as_str());
            say(&format!(
                "{word} `{named}`: {what} of a kind that a selected rule judges"
            ));
        }
    }
}
