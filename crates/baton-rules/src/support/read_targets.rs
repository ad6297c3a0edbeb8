//! Files that instructions tell agents to read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use baton_repo::{File, Repo};
use baton_source::Span;
use regex::Regex;

use super::agent_text::{is_forbidden, line_before, pattern};

/// A path in backticks that a text tells to read.
pub(crate) struct Target<'a> {
    /// The path as written, without `./`.
    pub(crate) path: &'a str,
    /// Where it stands.
    pub(crate) span: Span,
}

/// The files of a repository, by their names.
pub(crate) struct Names<'a> {
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
    folders: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    /// All files, also those that are excluded.
    pub(crate) fn of(repo: &'a Repo) -> Names<'a> {
        let mut names = Names {
            by_name: BTreeMap::new(),
            folders: BTreeSet::new(),
        };
        let files = repo.files().iter().map(|file| &file.path);
        for path in files.chain(repo.excluded()) {
            names
                .by_name
                .entry(path.name())
                .or_default()
                .push(path.as_str());
            let ends = path.as_str().match_indices('/');
            let folders = ends.filter_map(|(end, _)| path.as_str().get(..end));
            names.folders.extend(folders);
        }
        names
    }

    /// The file that a path in a text leads to: from the root, from the text's folder or one
    /// above it, or from any folder.
    pub(crate) fn found(&self, from: &File, path: &str) -> Option<&'a str> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let named = self.by_name.get(name)?;
        let ends = |known: &&&str| {
            let rest = known.strip_suffix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let own = from.path.as_str();
        let near = |known: &&&str| {
            known
                .bytes()
                .zip(own.bytes())
                .take_while(|(a, b)| a == b)
                .count()
        };
        named.iter().filter(ends).max_by_key(near).copied()
    }

    /// The files with a name.
    pub(crate) fn named(&self, name: &str) -> &[&'a str] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether there is a folder, from the root or below any other.
    pub(crate) fn has_folder_like(&self, folder: &str) -> bool {
        self.folders.iter().any(|known| {
            let rest = known.strip_suffix(folder);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        })
    }

    /// Whether there is a folder, from the root or from a text's own.
    pub(crate) fn has_folder(&self, from: &File, folder: &str) -> bool {
        let own = from
            .path
            .as_str()
            .rsplit_once('/')
            .map_or("", |(own, _)| own);
        self.folders.contains(folder) || self.folders.contains(format!("{own}/{folder}").as_str())
    }
}

/// What a text tells agents to read.
pub(crate) fn targets(file: &File) -> Vec<Target<'_>> {
    let text = file.text();
    let mut targets = Vec::new();
    for code in &file.markdown().codes {
        let inner = code.of(text).trim_matches('`');
        let path = inner.strip_prefix("./").unwrap_or(inner);
        let before = line_before(text, code.start);
        let told = !is_forbidden(text, code.start) && READS.is_match(before);
        if told && is_path(path) {
            targets.push(Target { path, span: *code });
        }
    }
    targets
}

/// Whether a text speaks of writing to a path: then it need not be there yet.
pub(crate) fn is_written(text: &str, path: &str) -> bool {
    let mut places = text.match_indices(path);
    places.any(|(at, _)| {
        let before = line_before(text, u32::try_from(at).unwrap_or(u32::MAX));
        let after = text
            .get(at + path.len()..)
            .and_then(|rest| rest.lines().next());
        WRITES.is_match(before) || after.is_some_and(|after| WRITES.is_match(after))
    })
}

/// Whether a text in backticks is a path of one file, with nothing to be filled in.
fn is_path(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    let name = text.rsplit('/').next().unwrap_or("");
    let suffix = name.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    let known =
        (1..=5).contains(&suffix.len()) && suffix.bytes().all(|byte| byte.is_ascii_lowercase());
    let filled_in = [
        "xxx", "example", "your", "path/to", "NN", "foo", "-name", "...",
    ];
    let first = text.split('/').next().unwrap_or("");
    known
        && text.contains('/')
        && text.bytes().all(plain)
        && !first.is_empty()
        && !first.contains("..")
        && !text.contains("..")
        && !filled_in.iter().any(|word| text.contains(word))
        && !name.contains("N.")
}

/// A word that tells to read, a few words before what is read.
static READS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:read|load|follow|consult|open|see|refer to|review)\b(?:\s+(?:and|the|all|full|first|also|file|use|apply|skill|reference|guide|rules|instructions?|template|details|format|at|shared|workflow))*[\s:*_]*\[?$",
    )
});

static WRITES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:writ(?:e|es|ten|ing)|creat(?:e|es|ed|ing)|sav(?:e|es|ed|ing)|generat(?:e|es|ed|ing)|produc(?:e|es|ed|ing)|outputs?|updat(?:e|es|ed|ing)|append(?:s|ed)?|add(?:s|ed)?|stor(?:e|es|ed)|emit(?:s|ted)?|if|optional(?:ly)?|when present|exists?|missing|legacy|deprecated|removed)\b",
    )
});
