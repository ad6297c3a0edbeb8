//! The files of a repository, sorted by path.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use baton_source::{FileId, RepoPath};

use crate::dialect::Dialects;
use crate::kinds::Kinds;
use crate::source::Listed;
use crate::text;
use crate::views::Views;
use crate::{File, FileMode, FileSource, Layout, RepoError};

/// What the configuration says about a repository's shape.
#[derive(Debug, Clone)]
pub struct Options {
    /// The pack to use instead of detecting one.
    pub pack: Option<String>,
    /// The generation to use instead of detecting one.
    pub generation: Option<String>,
    /// Globs by kind of file that replace the pack's.
    pub kinds: BTreeMap<String, Vec<String>>,
    /// Further globs of files that are never judged.
    pub exclude: Vec<String>,
    /// Files larger than this many bytes are reported, not read.
    pub max_file_size: usize,
}

/// The files of a repository and where things live among them.
pub struct Repo {
    files: Vec<File>,
    excluded: Vec<RepoPath>,
    layout: Layout,
    kinds: Kinds,
    pub(crate) views: Views,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            pack: None,
            generation: None,
            kinds: BTreeMap::new(),
            exclude: Vec::new(),
            max_file_size: 10 * 1024 * 1024,
        }
    }
}

impl Repo {
    /// Lists a source and decides on the layout. No file is read.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the repository takes its source over: every file holds a share"
    )]
    pub fn open(source: Arc<dyn FileSource>, options: &Options) -> Result<Repo, RepoError> {
        let mut listed = source.list()?;
        listed.sort_unstable();
        listed.dedup_by(|next, kept| next.path == kept.path);
        let layout = Layout::detect(&listed, options)?;
        let excluded = layout.excluded()?;
        let kinds = Kinds::of(&layout)?;
        let (never, listed): (Vec<_>, Vec<_>) = listed
            .into_iter()
            .partition(|file| excluded.matches(file.path.as_str()));
        let compiled = beside_bicep(&listed);
        let numbered = listed.into_iter().zip(0..);
        let dialects = Arc::new(Dialects::of(&layout));
        let file = |(listed, id): (Listed, u32)| {
            let is_beside_bicep = compiled.contains(listed.path.as_str());
            let file = File::new(FileId(id), listed, &source);
            let file = file.limited(options.max_file_size).reading(&dialects);
            file.beside_bicep(is_beside_bicep)
        };
        Ok(Repo {
            files: numbered.map(file).collect(),
            excluded: never.into_iter().map(|file| file.path).collect(),
            layout,
            kinds,
            views: Views::default(),
        })
    }

    /// Forgets what was read of these files, of links, which may lead to them, and what was worked
    /// out of any; gives the paths it forgot. Paths that came or went need a new repository.
    pub fn renew(&mut self, paths: &BTreeSet<RepoPath>) -> Vec<RepoPath> {
        let policy = paths.iter().any(text::tells_of_secrets);
        let mut renewed = Vec::new();
        for file in &mut self.files {
            let is_link = || file.mode() == Some(FileMode::Symlink);
            if paths.contains(&file.path) || is_link() {
                renewed.push(file.path.clone());
                *file = file.unread();
            } else if policy {
                file.secrets = OnceLock::new();
            }
        }
        self.views = Views::default();
        renewed
    }

    /// Where things live.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Every file, sorted by path.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// Paths that the layout or the configuration excludes, sorted.
    pub fn excluded(&self) -> &[RepoPath] {
        &self.excluded
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&File> {
        let at = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()?;
        self.files.get(at)
    }

    /// The file with a number.
    pub fn by_id(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }

    /// Whether any file lies below a folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        let from = self
            .files
            .partition_point(|file| file.path.as_str() < prefix.as_str());
        self.files
            .get(from)
            .is_some_and(|file| file.path.as_str().starts_with(&prefix))
    }

    /// The files of a kind such as `agent`, in path order.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &File> {
        let ids = self.kinds.files(kind, &self.files).iter();
        ids.filter_map(|id| self.by_id(*id))
    }

    /// Whether a file is of a kind.
    pub fn is_kind(&self, file: &File, kind: &str) -> bool {
        self.kinds.has(kind, file, &self.files)
    }
}

/// What the Bicep files of a list would be compiled to.
fn beside_bicep(listed: &[Listed]) -> BTreeSet<String> {
    let stems = listed
        .iter()
        .filter_map(|file| file.path.as_str().strip_suffix(".bicep"));
    stems.map(|stem| format!("{stem}.json")).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Options, Repo};
    use crate::Memory;

    /// The files of a kind with these globs, and that `is_kind` agrees before and after.
    fn of_kind(globs: &[&str]) -> Vec<String> {
        let paths = ["a.md", "a/b.md", "a/b/c.md", "ab/c.md", "b/a.md", "z.txt"];
        let source = Memory::new(paths.map(|path| (path, "")));
        let globs = globs.iter().map(|glob| (*glob).to_owned()).collect();
        let options = Options {
            kinds: [("own".to_owned(), globs)].into(),
            ..Options::default()
        };
        let repo = Repo::open(Arc::new(source), &options).unwrap();
        let asked = |file: &&crate::File| repo.is_kind(file, "own");
        let before: Vec<_> = repo.files().iter().filter(asked).map(|f| f.id).collect();
        let found: Vec<_> = repo.of_kind("own").map(|file| file.id).collect();
        let after: Vec<_> = repo.files().iter().filter(asked).map(|f| f.id).collect();
        assert_eq!((&before, &after), (&found, &found));
        let paths = repo.of_kind("own").map(|file| file.path.to_string());
        paths.collect()
    }

    #[test]
    fn a_kind_holds_what_any_of_its_globs_matches_once_and_in_order() {
        assert_eq!(of_kind(&["b/*.md", "a/*.md"]), ["a/b.md", "b/a.md"]);
        assert_eq!(
            of_kind(&["a/**/*.md", "a/b/*.md", "a*.md"]),
            ["a.md", "a/b.md", "a/b/c.md"]
        );
        assert_eq!(
            of_kind(&["z.txt", "**/c.md"]),
            ["a/b/c.md", "ab/c.md", "z.txt"]
        );
        assert_eq!(of_kind(&["a/b.md", "a/b.md"]), ["a/b.md"]);
        assert!(of_kind(&[]).is_empty());
    }
}
