//! Path patterns: `*`, `**`, `?`, `{a,b}` and `[a-z]`, with `/` crossed by `**` alone.
//!
//! Most patterns are literal segments with a `*` here and there; those are matched by hand,
//! because building one automaton for hundreds of patterns takes milliseconds. Only the rest
//! goes to globset, when it is first asked.

mod segments;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use globset::GlobBuilder;
use smallvec::SmallVec;

use segments::Segments;

/// Above this many bytes of patterns the automaton is built at once, so that its failure is told.
const LAZY_LIMIT: usize = 32 * 1024;

/// Paths are rarely deeper.
type Parts<'a> = SmallVec<[&'a str; 12]>;

/// Patterns to match paths against.
#[derive(Debug, Clone, Default)]
pub struct GlobSet {
    /// Plain patterns by the name they begin with: most paths begin with none of them.
    rooted: BTreeMap<Box<str>, ByEnding>,
    /// Plain patterns that begin with no name.
    floating: ByEnding,
    rest: Vec<(usize, globset::Glob)>,
    automaton: OnceLock<globset::GlobSet>,
}

/// Plain patterns by how the paths they match end: most paths end otherwise.
#[derive(Debug, Clone, Default)]
struct ByEnding {
    told: BTreeMap<Box<str>, Vec<(usize, Segments)>>,
    /// Those whose paths may end in any way.
    others: Vec<(usize, Segments)>,
}

/// A pattern that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{pattern}` is not a path pattern: {reason}")]
pub struct GlobError {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub reason: String,
}

impl GlobSet {
    /// Reads the patterns; the first that is wrong is the error.
    pub fn new(patterns: impl IntoIterator<Item = impl AsRef<str>>) -> Result<GlobSet, GlobError> {
        let mut set = GlobSet {
            rooted: BTreeMap::new(),
            floating: ByEnding::default(),
            rest: Vec::new(),
            automaton: OnceLock::new(),
        };
        for (index, pattern) in patterns.into_iter().enumerate() {
            let pattern = pattern.as_ref();
            match segments::alternatives(pattern) {
                Some(plain) => plain.into_iter().for_each(|plain| set.add(index, plain)),
                None => set.rest.push((index, compiled(pattern)?)),
            }
        }
        let length: usize = set.rest.iter().map(|(_, glob)| glob.glob().len()).sum();
        if length > LAZY_LIMIT {
            set.automaton = OnceLock::from(automaton(&set.rest)?);
        }
        Ok(set)
    }

    /// Whether any pattern matches the path.
    pub fn matches(&self, path: &str) -> bool {
        let mut plain = self.plain(path).peekable();
        let is_plain = plain.peek().is_some() && {
            let parts = parts(path);
            plain.any(|(_, plain)| plain.matches(&parts))
        };
        is_plain || (!self.rest.is_empty() && self.automaton().is_match(path))
    }

    /// The numbers of the patterns that match the path, ascending.
    pub fn matching(&self, path: &str) -> Vec<usize> {
        let mut plain = self.plain(path).peekable();
        let mut found: Vec<usize> = Vec::new();
        if plain.peek().is_some() {
            let parts = parts(path);
            let plain = plain.filter(|(_, plain)| plain.matches(&parts));
            found.extend(plain.map(|(index, _)| *index));
        }
        if !self.rest.is_empty() {
            let rest = self.automaton().matches(path);
            let rest = rest.into_iter().filter_map(|at| self.rest.get(at));
            found.extend(rest.map(|(index, _)| *index));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn add(&mut self, index: usize, plain: Segments) {
        let patterns = match plain.first() {
            Some(name) => self.rooted.entry(name.into()).or_default(),
            None => &mut self.floating,
        };
        match plain.ending() {
            Some(ending) => {
                let same = patterns.told.entry(ending.into()).or_default();
                same.push((index, plain));
            }
            None => patterns.others.push((index, plain)),
        }
    }

    /// The plain patterns that may match a path; for most paths there are none, so that nobody
    /// need cut it at `/`.
    fn plain<'s, 'p>(
        &'s self,
        path: &'p str,
    ) -> impl Iterator<Item = &'s (usize, Segments)> + use<'s, 'p> {
        let first = path.split_once('/').map_or(path, |(first, _)| first);
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        let rooted = self.rooted.get(first);
        let ending = segments::ending(name);
        rooted
            .into_iter()
            .chain([&self.floating])
            .flat_map(move |patterns| {
                let told = patterns.told.get(ending).into_iter().flatten();
                told.chain(&patterns.others)
            })
    }

    fn automaton(&self) -> &globset::GlobSet {
        // Patterns this short, each of which was read, stay far below the size limit.
        self.automaton
            .get_or_init(|| automaton(&self.rest).unwrap_or_default())
    }
}

/// A path cut at `/`. This is done for every path and pattern table, so it asks for no memory.
fn parts(path: &str) -> Parts<'_> {
    let mut parts = Parts::new();
    let mut start = 0;
    for (at, byte) in path.bytes().enumerate() {
        if byte == b'/' {
            parts.extend(path.get(start..at));
            start = at + 1;
        }
    }
    parts.extend(path.get(start..));
    parts
}

/// The text with which every path begins that a pattern matches; often empty.
pub fn literal_prefix(pattern: &str) -> &str {
    let special = ['*', '?', '[', '{', '\\'];
    let end = pattern.find(special).unwrap_or(pattern.len());
    pattern.get(..end).unwrap_or("")
}

/// Whether one pattern matches a path.
pub fn matches(pattern: &str, path: &str) -> Result<bool, GlobError> {
    Ok(GlobSet::new([pattern])?.matches(path))
}

fn compiled(pattern: &str) -> Result<globset::Glob, GlobError> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    glob.map_err(|error| GlobError {
        pattern: pattern.to_owned(),
        reason: error.kind().to_string(),
    })
}

fn automaton(globs: &[(usize, globset::Glob)]) -> Result<globset::GlobSet, GlobError> {
    let mut builder = globset::GlobSetBuilder::new();
    for (_, glob) in globs {
        builder.add(glob.clone());
    }
    builder.build().map_err(|error| GlobError {
        pattern: error.glob().unwrap_or("the patterns together").to_owned(),
        reason: error.kind().to_string(),
    })
}

#[cfg(test)]
mod tests;
