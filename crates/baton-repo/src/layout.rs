//! Which kind of repository this is, and so where things live in it.

use std::collections::BTreeMap;

use baton_source::RepoPath;
use baton_syntax::glob::{self, GlobSet};

use crate::pack::{self, Generation, Pack, packs};
use crate::source::Listed;
use crate::text::{PATHS, TEXT};
use crate::{Options, RepoError};

/// Where things live in one repository.
#[derive(Debug)]
pub struct Layout {
    /// How the layout was found.
    pub detection: Detection,
    /// Globs by kind of file.
    pub kinds: BTreeMap<String, Vec<String>>,
    /// Globs of files that are never judged.
    pub exclude: Vec<String>,
}

/// What was detected, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    /// The pack's name.
    pub pack: String,
    /// The generation's name.
    pub generation: String,
    /// The file that told it; `None` when the configuration did.
    pub evidence: Option<RepoPath>,
    /// The glob that file matches.
    pub glob: Option<String>,
}

impl Layout {
    /// Decides on a layout from the files of a repository and what its configuration says.
    pub(crate) fn detect(listed: &[Listed], options: &Options) -> Result<Layout, RepoError> {
        let found = packs()
            .iter()
            .find_map(|pack| detect_in(pack, listed, options))
            .or_else(|| general(options));
        let Some((pack, generation, detection)) = found else {
            return Err(unknown_pack(options));
        };
        let mut kinds = pack::kinds().clone();
        kinds.extend(pack.kinds.clone());
        kinds.extend(generation.kinds.clone());
        kinds.extend(options.kinds.clone());
        for (kind, needed) in &pack.only_with {
            let globs = kinds.get(needed).map_or(&[][..], Vec::as_slice);
            if !options.kinds.contains_key(kind) && !any_matches(globs, listed) {
                kinds.remove(kind);
            }
        }
        let mut exclude = pack.exclude.clone();
        exclude.extend(options.exclude.iter().cloned());
        Ok(Layout {
            detection,
            kinds,
            exclude,
        })
    }

    /// Whether the repository belongs to a pack.
    pub fn is(&self, pack: &str) -> bool {
        self.detection.pack == pack
    }

    /// Year and month in which the repository's generation appeared.
    pub fn since(&self) -> Option<&'static str> {
        let pack = packs()
            .iter()
            .find(|pack| pack.name == self.detection.pack)?;
        let mut generations = pack.generations.iter();
        let found = generations.find(|generation| generation.name == self.detection.generation)?;
        Some(&found.since)
    }

    /// The globs a rule's file pattern stands for: those of a kind for `@kind`, else itself.
    /// `@text` is every file; [`is_text`](crate::is_text) then tells which of them count.
    pub fn resolve<'a>(&'a self, pattern: &'a str) -> Vec<&'a str> {
        if pattern == TEXT || pattern == PATHS {
            return vec!["**"];
        }
        match pattern.strip_prefix('@') {
            Some(kind) => {
                let globs = self.kinds.get(kind);
                globs
                    .map(|globs| globs.iter().map(String::as_str).collect())
                    .unwrap_or_default()
            }
            None => vec![pattern],
        }
    }

    /// A matcher for the files that are never judged.
    pub(crate) fn excluded(&self) -> Result<GlobSet, RepoError> {
        let failed = |error: glob::GlobError| RepoError::Glob {
            kind: "exclude".to_owned(),
            message: error.to_string(),
        };
        GlobSet::new(&self.exclude).map_err(failed)
    }
}

/// Whether a path matches one of the globs; those that cannot be read match none.
fn any_matches(globs: &[String], listed: &[Listed]) -> bool {
    let set = GlobSet::new(globs);
    set.is_ok_and(|set| listed.iter().any(|file| set.matches(file.path.as_str())))
}

fn detect_in<'p>(
    pack: &'p Pack,
    listed: &[Listed],
    options: &Options,
) -> Option<(&'p Pack, &'p Generation, Detection)> {
    if options
        .pack
        .as_ref()
        .is_some_and(|wanted| *wanted != pack.name)
    {
        return None;
    }
    if let Some(wanted) = &options.generation {
        let generation = pack
            .generations
            .iter()
            .find(|generation| generation.name == *wanted)?;
        return Some((pack, generation, told(pack, generation, None)));
    }
    let evidence = pack.generations.iter().find_map(|generation| {
        let found = evidence_of(generation, listed);
        let fits = found.is_some() || generation.evidence.is_empty();
        fits.then(|| (pack, generation, told(pack, generation, found)))
    });
    // A pack that was asked for needs no evidence: its last generation is the general one.
    let asked_for = options
        .pack
        .is_some()
        .then(|| pack.generations.last())
        .flatten();
    evidence
        .or_else(|| asked_for.map(|generation| (pack, generation, told(pack, generation, None))))
}

/// The layout of a repository without files, in which nothing can be evidence.
fn general(options: &Options) -> Option<(&'static Pack, &'static Generation, Detection)> {
    if options.pack.is_some() || options.generation.is_some() {
        return None;
    }
    let pack = packs().last()?;
    let generation = pack.generations.last()?;
    Some((pack, generation, told(pack, generation, None)))
}

fn evidence_of<'g>(generation: &'g Generation, listed: &[Listed]) -> Option<(&'g str, RepoPath)> {
    generation.evidence.iter().find_map(|pattern| {
        let prefix = glob::literal_prefix(pattern);
        // Paths are sorted: only those that begin with the literal part can match.
        let from = listed.partition_point(|file| file.path.as_str() < prefix);
        let mut candidates = listed
            .iter()
            .skip(from)
            .take_while(|file| file.path.as_str().starts_with(prefix))
            .peekable();
        candidates.peek()?;
        let globs = GlobSet::new([pattern]).ok()?;
        let found = candidates.find(|file| globs.matches(file.path.as_str()))?;
        Some((pattern.as_str(), found.path.clone()))
    })
}

fn told(pack: &Pack, generation: &Generation, evidence: Option<(&str, RepoPath)>) -> Detection {
    let (glob, path) = evidence.unzip();
    Detection {
        pack: pack.name.clone(),
        generation: generation.name.clone(),
        evidence: path,
        glob: glob.map(str::to_owned),
    }
}

fn unknown_pack(options: &Options) -> RepoError {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "any".to_owned());
    RepoError::UnknownLayout {
        pack: name(&options.pack),
        generation: name(&options.generation),
    }
}
