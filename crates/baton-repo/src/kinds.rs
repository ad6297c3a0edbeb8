//! Which files are of which kind; found out when first asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use baton_source::FileId;
use baton_syntax::glob::{GlobSet, literal_prefix};

use crate::{File, Layout, RepoError};

/// The kinds of file of a layout.
pub(crate) struct Kinds {
    by_name: BTreeMap<String, Kind>,
    floating: OnceLock<BTreeMap<String, Vec<FileId>>>,
}

struct Kind {
    patterns: Vec<String>,
    globs: GlobSet,
    files: OnceLock<Vec<FileId>>,
    /// How often a single file was asked about.
    asked: AtomicUsize,
}

/// After so many questions about single files it pays to find them all.
const OFTEN: usize = 16;

impl Kinds {
    pub(crate) fn of(layout: &Layout) -> Result<Kinds, RepoError> {
        let mut by_name = BTreeMap::new();
        for (kind, patterns) in &layout.kinds {
            let globs = GlobSet::new(patterns).map_err(|error| RepoError::Glob {
                kind: kind.clone(),
                message: error.to_string(),
            })?;
            let kind = kind.clone();
            let (patterns, files) = (patterns.clone(), OnceLock::new());
            let of_kind = Kind {
                patterns,
                globs,
                files,
                asked: AtomicUsize::new(0),
            };
            by_name.insert(kind, of_kind);
        }
        Ok(Kinds {
            by_name,
            floating: OnceLock::new(),
        })
    }

    /// The files of a kind, of all `files` in path order.
    pub(crate) fn files(&self, name: &str, files: &[File]) -> &[FileId] {
        let Some(kind) = self.by_name.get(name) else {
            return &[];
        };
        kind.files.get_or_init(|| {
            if kind.is_floating() {
                let floating = self.floating.get_or_init(|| self.all_floating(files));
                floating.get(name).cloned().unwrap_or_default()
            } else {
                let found = matching(&kind.patterns, &kind.globs, files);
                found.map(|file| file.id).collect()
            }
        })
    }

    /// Whether a file is of a kind, of all `files` in path order.
    pub(crate) fn has(&self, name: &str, file: &File, files: &[File]) -> bool {
        let Some(kind) = self.by_name.get(name) else {
            return false;
        };
        let is_listed = |files: &[FileId]| files.binary_search(&file.id).is_ok();
        match kind.files.get() {
            Some(files) => is_listed(files),
            None if kind.asked.fetch_add(1, Ordering::Relaxed) < OFTEN => {
                kind.globs.matches(file.path.as_str())
            }
            None => is_listed(self.files(name, files)),
        }
    }

    /// The files of all kinds that may lie anywhere: one pass over the files finds them.
    fn all_floating(&self, files: &[File]) -> BTreeMap<String, Vec<FileId>> {
        let kinds = self.by_name.iter().filter(|(_, kind)| kind.is_floating());
        let owned = kinds.flat_map(|(name, kind)| {
            let patterns = kind.patterns.iter();
            patterns.map(move |pattern| (name, pattern))
        });
        let (names, patterns): (Vec<&String>, Vec<&String>) = owned.unzip();
        // Each of the patterns was read before.
        let globs = GlobSet::new(patterns).unwrap_or_default();
        let mut found: BTreeMap<&String, Vec<FileId>> = BTreeMap::new();
        for file in files {
            let matching = globs.matching(file.path.as_str()).into_iter();
            for name in matching.filter_map(|at| names.get(at)) {
                found.entry(name).or_default().push(file.id);
            }
        }
        let unique = |(name, mut files): (&String, Vec<FileId>)| {
            files.dedup();
            (name.clone(), files)
        };
        found.into_iter().map(unique).collect()
    }
}

impl Kind {
    /// Whether its files may lie anywhere.
    fn is_floating(&self) -> bool {
        let mut patterns = self.patterns.iter();
        patterns.any(|pattern| literal_prefix(pattern).is_empty())
    }
}

/// The files that some patterns match, in path order; only those that begin as one of the
/// patterns does are looked at.
pub(crate) fn matching<'f>(
    patterns: &[impl AsRef<str>],
    globs: &GlobSet,
    files: &'f [File],
) -> impl Iterator<Item = &'f File> {
    prefixes(patterns).into_iter().flat_map(move |prefix| {
        let from = files.partition_point(|file| file.path.as_str() < prefix);
        let files = files.iter().skip(from);
        let files = files.take_while(move |file| file.path.as_str().starts_with(prefix));
        files.filter(move |file| globs.matches(file.path.as_str()))
    })
}

/// The beginnings of patterns in order, without those that begin with another one.
fn prefixes(patterns: &[impl AsRef<str>]) -> Vec<&str> {
    let patterns = patterns.iter();
    let mut prefixes: Vec<&str> = patterns
        .map(|pattern| literal_prefix(pattern.as_ref()))
        .collect();
    prefixes.sort_unstable();
    prefixes.dedup_by(|next, kept| next.starts_with(*kept));
    prefixes
}
