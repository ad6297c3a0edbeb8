//! Branches as rules see them: files named after them, which hold the name and what is changed.

use std::sync::Arc;

use anyhow::Result;
use baton_check::Level;
use baton_repo::{Changes, FileSource, Git, Overlay, Repo, Worktree};
use baton_source::{RepoPath, Severity};

use crate::cli::{NamedArgs, ProfileName};
use crate::exit::say;
use crate::project::Project;
use crate::terminal::{Terminal, harmless};

/// The rule that is stricter where nobody can mend a branch any more.
const SCOPE_RULE: &str = "change-outside-branch-scope";

/// Whether somebody asks about the branch.
pub(super) fn is_asked_for(names: &[String]) -> bool {
    names.iter().any(|name| {
        let short = name.rsplit(':').next().unwrap_or(name);
        matches!(short, "branch-naming" | "branch-scope")
    })
}

/// Whether a repository expects anything of branches.
pub(super) fn has_conventions(project: &Project, repo: &Repo) -> bool {
    let told = &project.config.settings.git;
    let conventions = repo.branch_conventions();
    !conventions.prefixes.is_empty() || told.prefixes.is_some() || told.scopes.is_some()
}

/// The file that stands for a branch.
pub(super) fn file_of(name: &str) -> RepoPath {
    RepoPath::new(&format!("refs/heads/{name}"))
}

/// A source with files for branches that change these files.
pub(super) fn with_branches(
    source: Arc<dyn FileSource>,
    names: &[String],
    changes: Option<&Changes>,
) -> Arc<dyn FileSource> {
    let paths = changes.map(Changes::paths).unwrap_or_default();
    let mut overlay = Overlay::new(source);
    for name in names {
        let mut text = format!("{name}\n");
        for (number, path) in paths.iter().enumerate() {
            text.push_str(if number == 0 { "\n" } else { "" });
            text.push_str(path.as_str());
            text.push('\n');
        }
        overlay.set(file_of(name), text.into_bytes());
    }
    Arc::new(overlay)
}

/// Lets a project know the branch that is checked out, or the one that is named.
pub(super) fn add_current(project: &mut Project, args: &NamedArgs) -> Result<()> {
    if args.run.profile == Some(ProfileName::Ci) {
        let levels = &mut project.config.levels;
        levels
            .entry(SCOPE_RULE)
            .or_insert(Level::At(Severity::Error));
    }
    let word = Terminal::stderr().bold("nothing evaluated:");
    let git = Git::open(&project.root)?;
    let Some(head) = git.head()? else {
        say(&format!("{word} the branch has no commit yet"));
        return Ok(());
    };
    let current = head.name.strip_prefix("refs/heads/").map(str::to_owned);
    let Some(name) = args.branch.clone().or(current) else {
        say(&format!(
            "{word} no branch is checked out; `--branch NAME` says which one is meant"
        ));
        return Ok(());
    };
    let remote = head.remote.unwrap_or_else(|| "origin".to_owned());
    let configured = project.config.default_branch.as_deref();
    let base = match git.default_branch(&remote, configured)? {
        Some(default) => git.merge_base(&default, &head.commit)?,
        None => None,
    };
    let changes = if let Some(base) = base {
        Some(git.changes_between(Some(&base), &head.commit)?)
    } else {
        say(&format!(
            "{} where `{}` left the default branch of `{}` is not known, so only its name is judged",
            Terminal::stderr().bold("notice:"),
            harmless(&name),
            harmless(&remote)
        ));
        None
    };
    let threads = baton_check::use_threads(args.run.jobs.map(usize::from));
    let base: Arc<dyn FileSource> = Arc::new(Worktree::new(&project.root, threads));
    project.source = Some(with_branches(base, &[name], changes.as_ref()));
    Ok(())
}
