//! Which files `--staged`, `--changed` and `--since` mean, and where their texts are.

use std::sync::Arc;

use anyhow::{Result, bail};
use baton_check::{Before, Changed, Scope, Widened, widen};
use baton_repo::{Changes, Git, GitIndex, Held, Repo};
use baton_source::RepoPath;

use super::check::Run;
use crate::baseline;
use crate::cli::CheckArgs;
use crate::exit::say;
use crate::project::{self, Project};
use crate::terminal::{Terminal, harmless};

/// What changed.
pub(super) struct Range {
    /// The repository, when fixes go into its index.
    pub(super) index: Option<Git>,
    /// What changed.
    pub(super) changes: Changes,
    /// What it was before, as far as links may lead to its parts.
    pub(super) before: Before,
    /// What to say when nothing did.
    pub(super) nothing: String,
}

/// The range of the command line, when there is one, and the project as it is there.
pub(super) fn asked_for(args: &CheckArgs) -> Result<Option<(Project, Range)>> {
    let config = args.run.config.as_deref();
    if args.staged {
        let root = project::root()?;
        let git = Git::open(&root)?;
        let source = Arc::new(GitIndex::of(&git)?);
        let project = project::find_in(source, config)?;
        let changes = git.staged_changes()?;
        let range = Range {
            before: before(&git, Some("HEAD"), &changes, &project),
            changes,
            index: Some(git),
            nothing: "nothing is staged".to_owned(),
        };
        return Ok(Some((project, range)));
    }
    let (reference, since) = match (&args.changed, &args.since) {
        (Some(reference), _) => (reference, false),
        (None, Some(reference)) => (reference, true),
        (None, None) => return Ok(None),
    };
    let project = project::find(config)?;
    let git = Git::open(&project.root)?;
    let base = if since {
        Some(parting(&git, reference)?)
    } else {
        commit(&git, reference)?
    };
    let changes = git.worktree_changes(base.as_deref())?;
    let range = Range {
        before: before(&git, base.as_deref(), &changes, &project),
        changes,
        index: None,
        nothing: format!("nothing differs from `{reference}`"),
    };
    Ok(Some((project, range)))
}

/// What the Markdown files among the changes held in a commit.
pub(super) fn before(
    git: &Git,
    commit: Option<&str>,
    changes: &Changes,
    project: &Project,
) -> Before {
    let mut before = Before::default();
    let Some(commit) = commit else {
        return before;
    };
    let is_markdown = |path: &&RepoPath| {
        let extension = path.name().rsplit_once('.').map(|(_, extension)| extension);
        matches!(extension, Some("md" | "mdx"))
    };
    let paths: Vec<&RepoPath> = changes.present.iter().filter(is_markdown).collect();
    let limit = project.config.repository.max_file_size;
    for (path, held) in git.held(commit, &paths, limit) {
        let text = match held {
            Held::Absent => continue,
            Held::Unreadable => None,
            Held::Bytes(bytes) => String::from_utf8(bytes).ok(),
        };
        before.texts.entry(path.clone()).or_default().push(text);
    }
    before
}

/// A commit; before the first one, `HEAD` is none.
fn commit(git: &Git, reference: &str) -> Result<Option<String>> {
    match git.commit(reference)? {
        None if reference != "HEAD" => bail!("there is no commit `{reference}` here"),
        found => Ok(found),
    }
}

/// Where the work at hand left a reference.
fn parting(git: &Git, reference: &str) -> Result<String> {
    let (Some(_), Some(head)) = (commit(git, reference)?, git.head()?) else {
        bail!("there is no commit here that could have left `{reference}`");
    };
    match git.merge_base(reference, &head.commit)? {
        Some(base) => Ok(base),
        None if git.is_shallow()? => bail!(
            "the history here is cut off before it meets `{reference}`; \
             fetch more of it, for example with `git fetch --unshallow`"
        ),
        None => bail!("`HEAD` and `{reference}` have no commit in common"),
    }
}

/// What to look at because of a range; said aloud when that is everything, or nothing.
pub(super) fn scope(run: &Run, repo: &Repo, range: &Range) -> Result<Scope> {
    let notice = Terminal::stderr().bold("notice:");
    if range.changes.is_empty() {
        say(&format!("{notice} {}", range.nothing));
    }
    let sources = run.project.config.sources.iter();
    let sources = sources.filter_map(|file| project::file_path(&run.project, file).ok());
    let baseline = run.args.baseline.as_ref();
    let baseline = baseline.or(run.project.config.baseline.as_ref());
    let baseline = baseline.and_then(|path| baseline::in_repository(&run.project, path));
    let sources: Vec<_> = sources.chain(baseline).collect();
    let changed = Changed::since(repo, &range.changes, &range.before);
    let (scope, widened) = widen(repo, &run.config, changed, &sources)?;
    match widened {
        None => {}
        Some(Widened::By(path)) => say(&format!(
            "{notice} `{}` changed, which decides about other files, so everything is checked",
            harmless(path.as_str())
        )),
        Some(Widened::Many(count)) => say(&format!(
            "{notice} {count} files changed, so everything is checked"
        )),
    }
    Ok(scope)
}
