//! `--suppressions-from`: what is set aside or configured counts as it stands in another commit,
//! so that no change can answer for itself.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};
use baton_check::Standing;
use baton_repo::{FileSource, Git, GitTree, Repo};

use crate::baseline;
use crate::cli::RunArgs;
use crate::exit::say;
use crate::project::{self, Project};
use crate::terminal::{Terminal, harmless};

/// What stands in the commit that was asked for, if one was; the project is configured as it is
/// there from now on.
pub(super) fn asked_for(
    project: &mut Project,
    args: &RunArgs,
    judged: &dyn FileSource,
) -> Result<Option<Standing>> {
    let Some(reference) = &args.suppressions_from else {
        return Ok(None);
    };
    let Some(commit) = Git::open(&project.root)?.commit(reference)? else {
        bail!(
            "there is no commit `{reference}` here, from which suppressions are to be taken; \
             fetch it first"
        );
    };
    let source: Arc<dyn FileSource> = Arc::new(GitTree::open(&project.root, &commit)?);
    let there = project::find_in(Arc::clone(&source), args.config.as_deref())?;
    tell_differences(project, &there, (judged, &*source), reference);
    let asked = args.baseline.as_ref();
    let recorded = asked.or(there.config.baseline.as_ref());
    let entries = match recorded.map(|path| (path, baseline::in_repository(&there, path))) {
        // One that lies elsewhere is not the change's.
        Some((path, None)) => baseline::load(&there, &*source, path)?.entries,
        Some((path, Some(inside))) if source.mode(&inside).is_some() => {
            baseline::load(&there, &*source, path)?.entries
        }
        _ => Vec::new(),
    };
    let repo = Repo::open(source, &there.config.repository)?;
    project.config = there.config;
    Ok(Some(Standing {
        name: reference.clone(),
        repo,
        entries,
    }))
}

/// Says which files of the configuration are not those that count.
fn tell_differences(
    project: &Project,
    there: &Project,
    (judged, base): (&dyn FileSource, &dyn FileSource),
    reference: &str,
) {
    let mut files: Vec<&Path> = Vec::new();
    for source in project.config.sources.iter().chain(&there.config.sources) {
        if !files.contains(&source.as_path()) {
            files.push(source);
        }
    }
    for file in files {
        let Ok(path) = project::file_path(project, file) else {
            continue;
        };
        let limit = project.config.repository.max_file_size;
        let text = |source: &dyn FileSource| source.read(&path, limit).ok();
        if text(judged) != text(base) {
            say(&format!(
                "{} `{}` is not what it is in `{}`; what stands there counts",
                Terminal::stderr().bold("notice:"),
                harmless(path.as_str()),
                harmless(reference)
            ));
        }
    }
}
