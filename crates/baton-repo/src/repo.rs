//! The files of a repository, sorted by path.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use baton_source::{FileId, RepoPath};
use baton_syntax::glob::GlobSet;

use crate::dialect::Dialects;
use crate::views::Views;
use crate::{File, FileSource, Layout, RepoError};

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
    kinds: OnceLock<BTreeMap<String, Vec<FileId>>>,
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
        let paths: Vec<RepoPath> = listed.iter().map(|file| file.path.clone()).collect();
        let layout = Layout::detect(&paths, options)?;
        let excluded = layout.excluded()?;
        for (kind, globs) in &options.kinds {
            GlobSet::new(globs).map_err(|error| RepoError::Glob {
                kind: kind.clone(),
                message: error.to_string(),
            })?;
        }
        let (never, listed): (Vec<_>, Vec<_>) = listed
            .into_iter()
            .partition(|file| excluded.matches(file.path.as_str()));
        let numbered = listed.into_iter().zip(0..);
        let dialects = Arc::new(Dialects::of(&layout));
        let file = |(listed, id)| {
            let file = File::new(FileId(id), listed, &source);
            file.limited(options.max_file_size).reading(&dialects)
        };
        Ok(Repo {
            files: numbered.map(file).collect(),
            excluded: never.into_iter().map(|file| file.path).collect(),
            layout,
            kinds: OnceLock::new(),
            views: Views::default(),
        })
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
        let kinds = self.kinds.get_or_init(|| self.sort_into_kinds());
        let ids = kinds.get(kind).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.by_id(*id))
    }

    /// Whether a file is of a kind.
    pub fn is_kind(&self, file: &File, kind: &str) -> bool {
        let kinds = self.kinds.get_or_init(|| self.sort_into_kinds());
        kinds
            .get(kind)
            .is_some_and(|ids| ids.binary_search(&file.id).is_ok())
    }

    fn sort_into_kinds(&self) -> BTreeMap<String, Vec<FileId>> {
        let mut owners = Vec::new();
        let mut patterns = Vec::new();
        for (kind, globs) in &self.layout.kinds {
            owners.extend(globs.iter().map(|_| kind));
            patterns.extend(globs.iter());
        }
        let mut sorted: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
        // `open` has refused globs that are not valid.
        let Ok(set) = GlobSet::new(&patterns) else {
            return sorted;
        };
        for file in &self.files {
            let matching = set.matching(file.path.as_str());
            for kind in matching.into_iter().filter_map(|at| owners.get(at)) {
                sorted.entry((*kind).clone()).or_default().push(file.id);
            }
        }
        // Two globs of one kind may match one file.
        sorted.values_mut().for_each(Vec::dedup);
        sorted
    }
}
