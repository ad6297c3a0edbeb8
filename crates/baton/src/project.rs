//! The project at hand: its root, its configuration, and what paths of the user mean in it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use baton_check::{Changed, Scope};
use baton_repo::source::{Listed, escape};
use baton_repo::{FileMode, FileSource, Repo, RepoError};
use baton_source::RepoPath;

use crate::config::{self, Config, FILE_NAME};

/// A project.
pub(crate) struct Project {
    /// The folder paths are relative to.
    pub(crate) root: PathBuf,
    /// Why that folder is the root.
    pub(crate) why: &'static str,
    /// Where the user stands.
    pub(crate) here: PathBuf,
    /// What is configured.
    pub(crate) config: Config,
    /// Where it was found, when that is not the work tree.
    pub(crate) source: Option<Arc<dyn FileSource>>,
}

/// What a path of the user means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Everything.
    Root,
    /// Everything below a folder.
    Folder(RepoPath),
    /// One file.
    File(RepoPath),
}

/// Another source with files that were named although it does not list them.
pub(crate) struct Named {
    /// The other source.
    pub(crate) base: Arc<dyn FileSource>,
    /// The files.
    pub(crate) files: Vec<RepoPath>,
}

/// Finds the project around the working directory; `config` takes the place of its `baton.toml`.
pub(crate) fn find(config: Option<&Path>) -> Result<Project> {
    let (project, file) = locate(config)?;
    let config = file.map_or_else(|| Ok(Config::default()), |file| config::load(&file))?;
    Ok(Project { config, ..project })
}

/// The same project as another source keeps it, its configuration among the rest; `config` takes
/// the place of that all the same.
pub(crate) fn find_in(source: Arc<dyn FileSource>, config: Option<&Path>) -> Result<Project> {
    let project = match config {
        Some(_) => find(config)?,
        None => configured_in(&*source)?,
    };
    Ok(Project {
        source: Some(source),
        ..project
    })
}

fn configured_in(source: &dyn FileSource) -> Result<Project> {
    let (project, _) = locate(None)?;
    if source.mode(&RepoPath::new(FILE_NAME)).is_none() {
        return Ok(project);
    }
    let reader = |path: &Path| {
        let unreadable = |error: RepoError| std::io::Error::other(error);
        match file_path(&project, path) {
            Ok(path) => source.read(&path, usize::MAX - 1).map_err(unreadable),
            Err(_) => fs::read(path),
        }
    };
    let file = project.root.join(FILE_NAME);
    let shown = file.strip_prefix(&project.here).unwrap_or(&file);
    let config = config::load_with(shown, &reader)?;
    Ok(Project { config, ..project })
}

/// The project, not yet configured, and the file that configures it.
fn locate(config: Option<&Path>) -> Result<(Project, Option<PathBuf>)> {
    let here = std::env::current_dir().context("cannot tell the working directory")?;
    let holds = |name: &str| here.ancestors().find(|folder| folder.join(name).exists());
    let nearest = holds(FILE_NAME);
    let (root, why) = match (nearest, holds(".git")) {
        (Some(folder), _) => (folder, "it holds the nearest baton.toml"),
        (None, Some(folder)) => (folder, "it is the top of a git work tree"),
        (None, None) => (here.as_path(), "it is the working directory"),
    };
    let file = config
        .map(Path::to_owned)
        .or(nearest.map(|folder| folder.join(FILE_NAME)));
    // Shown as the user would write it, not as an absolute path.
    let file = file.map(|file| file.strip_prefix(&here).map(Path::to_owned).unwrap_or(file));
    let project = Project {
        root: root.to_owned(),
        why,
        config: Config::default(),
        here: here.clone(),
        source: None,
    };
    Ok((project, file))
}

/// What each path means; a path that is not there or not below the root is an error.
pub(crate) fn targets(project: &Project, paths: &[PathBuf]) -> Result<Vec<Target>> {
    paths.iter().map(|path| target(project, path)).collect()
}

fn target(project: &Project, path: &Path) -> Result<Target> {
    let shown = path.display();
    let data = fs::symlink_metadata(path).with_context(|| format!("cannot find `{shown}`"))?;
    if path.is_dir() {
        fs::read_dir(path).with_context(|| format!("cannot list `{shown}`"))?;
        let folder = path
            .canonicalize()
            .with_context(|| format!("cannot find `{shown}`"))?;
        let inside = below(project, &folder).with_context(|| outside(project, path))?;
        let is_root = inside.as_str().is_empty();
        return Ok(if is_root {
            Target::Root
        } else {
            Target::Folder(inside)
        });
    }
    // A link to nothing is a finding; anything else that is no file would never end or not begin.
    if !data.is_file() && fs::metadata(path).is_ok_and(|data| !data.is_file()) {
        bail!("`{shown}` is neither a file nor a folder");
    }
    if data.is_file() {
        File::open(path).with_context(|| format!("cannot read `{shown}`"))?;
    }
    file_path(project, path).map(Target::File)
}

/// The path of a file, which need not exist, inside the root.
pub(crate) fn file_path(project: &Project, path: &Path) -> Result<RepoPath> {
    let shown = path.display();
    let Some(name) = path.file_name() else {
        bail!("`{shown}` is no file");
    };
    let absolute = project.here.join(path);
    let folder = absolute.parent().unwrap_or(&project.here);
    // Links to folders are followed; a link to a file is judged as the file it stands for.
    let folder = folder.canonicalize().unwrap_or_else(|_| lexical(folder));
    below(project, &folder.join(name)).with_context(|| outside(project, path))
}

/// A path with `.` and `..` resolved, for folders that do not exist.
fn lexical(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts
}

fn outside(project: &Project, path: &Path) -> String {
    format!(
        "`{}` is outside the root `{}`",
        path.display(),
        project.root.display()
    )
}

fn below(project: &Project, path: &Path) -> Option<RepoPath> {
    let root = project.root.canonicalize().ok();
    let inside = path
        .strip_prefix(root.as_deref().unwrap_or(&project.root))
        .ok()?;
    Some(escape(&slashed(inside)).path)
}

#[cfg(unix)]
fn slashed(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn slashed(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}

/// The files that were named, whether or not git ignores them.
pub(crate) fn named_files(targets: &[Target]) -> Vec<RepoPath> {
    let files = targets.iter().filter_map(|target| match target {
        Target::File(path) => Some(path.clone()),
        Target::Root | Target::Folder(_) => None,
    });
    files.collect()
}

/// What a run looks at.
pub(crate) fn scope(repo: &Repo, targets: &[Target]) -> Scope {
    if targets.is_empty() || targets.contains(&Target::Root) {
        return Scope::All;
    }
    let mut paths = Vec::new();
    for target in targets {
        match target {
            Target::Root => {}
            Target::File(path) => paths.push(path.clone()),
            Target::Folder(folder) => {
                let prefix = format!("{folder}/");
                let files = repo.files().iter().map(|file| &file.path);
                paths.extend(
                    files
                        .filter(|path| path.as_str().starts_with(&prefix))
                        .cloned(),
                );
            }
        }
    }
    paths.sort_unstable();
    paths.dedup();
    Scope::Changed(Changed::named(paths))
}

impl FileSource for Named {
    fn list(&self) -> Result<Vec<Listed>, RepoError> {
        let mut listed = self.base.list()?;
        listed.extend(self.files.iter().cloned().map(Listed::exact));
        Ok(listed)
    }

    fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        self.base.read(path, limit)
    }

    fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        self.base.mode(path)
    }
}

/// The folder paths are relative to, before anything is configured.
pub(crate) fn root() -> Result<PathBuf> {
    locate(None).map(|(project, _)| project.root)
}
