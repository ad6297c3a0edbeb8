//! What is said about the command line and the configuration, on standard error.

use std::collections::BTreeSet;

use baton_check::Scope;
use baton_repo::artifact::can_be_artifact;
use baton_repo::{File, Repo};
use baton_rules::{Check, RULES, RuleMeta};
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
    let args = &run.args;
    if args.unsafe_fixes && !args.fix && !args.diff {
        say(&format!(
            "{word} `--unsafe-fixes` does nothing without `--fix` or `--diff`"
        ));
    }
    let selection = &run.config.selection;
    if !RULES.iter().any(|rule| selection.contains(rule.meta.slug)) {
        let word = Terminal::stderr().bold("nothing evaluated:");
        say(&format!("{word} no rule is selected"));
    }
    // Of a lone baton.toml the rule says the same at its place.
    let alone = args.config.is_none() && run.project.config.sources.len() == 1;
    let told = alone && selection.contains("dead-glob");
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
        if let (Target::File(_), Some(file)) = (target, shown.repo.file(named.as_str()))
            && let Some(types) = foreign(run, shown, file)
        {
            let named = harmless(named.as_str());
            say(&format!(
                "{word} `{named}`: it is no artifact; those are named {types}"
            ));
            continue;
        }
        if !files.any(File::is_read) {
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

/// Where only rules about artifacts look at a file that is none: the names artifacts have.
fn foreign(run: &Run, shown: &Shown<'_>, file: &File) -> Option<String> {
    let layout = shown.repo.layout();
    let judging = RULES
        .iter()
        .filter(|rule| !matches!(rule.check, Check::Checker));
    let of_form = judging.map(|rule| &rule.meta);
    let of_form = of_form.filter(|meta| meta.files != ["@text"]);
    let looking = of_form.filter(|meta| {
        let patterns = meta
            .files
            .iter()
            .flat_map(|pattern| layout.resolve(pattern));
        let globs = GlobSet::new(patterns.collect::<Vec<_>>());
        run.config.selection.contains(meta.slug)
            && globs.is_ok_and(|globs| globs.matches(file.path.as_str()))
    });
    let looking: Vec<&RuleMeta> = looking.collect();
    if looking.is_empty()
        || looking
            .iter()
            .any(|meta| !meta.files.contains(&"@artifact"))
    {
        return None;
    }
    // This check takes names literally; the others take names that end like an artifact's.
    let literal = looking.iter().all(|meta| meta.checks == ["check:h2-order"]);
    let own = run.config.settings.artifacts.types.keys();
    let known = shown.repo.artifacts().types().iter();
    let types: BTreeSet<&String> = known.map(|kind| &kind.name).chain(own).collect();
    let name = file.path.name();
    let fits = |kind: &&String| name == kind.as_str() || !literal && name.ends_with(kind.as_str());
    if can_be_artifact(file) && types.iter().any(fits) {
        return None;
    }
    let types: Vec<String> = types.iter().map(|kind| format!("`{kind}`")).collect();
    Some(types.join(", "))
}
