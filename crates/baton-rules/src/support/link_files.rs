//! Files of the repository as targets of links: whether they are there, what was meant
//! instead, and what anchors they have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use baton_repo::{Repo, is_text};
use baton_source::{RepoPath, nearest};
use baton_syntax::markdown::fragments;

use super::link_targets::encoded;
use crate::File;

/// What is known about targets, each part when first asked for.
#[derive(Default)]
pub(crate) struct Targets {
    /// Paths of files and folders by their spelling in lower case.
    folded: OnceLock<BTreeMap<String, Vec<String>>>,
    /// Whether a generator of sites leaves the extensions of pages away.
    is_generated: OnceLock<bool>,
    /// Folders of other repositories.
    submodules: OnceLock<Vec<String>>,
    anchors: OnceLock<Vec<OnceLock<BTreeSet<String>>>>,
}

impl Targets {
    /// Whether something is at a path, as far as can be told.
    pub(crate) fn exists(&self, repo: &Repo, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        path.is_empty()
            || repo.file(path).is_some()
            || repo.has_folder(path)
            || is_excluded(repo, path)
            || self.is_beyond(repo, path)
            || self.is_page(repo, path)
    }

    /// Whether a path is that of a page without its extension, where that is usual: in a wiki,
    /// whose pages have no folders, and where a generator makes a site of Markdown.
    fn is_page(&self, repo: &Repo, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        if path
            .split('/')
            .any(|part| part.rsplit('.').next() == Some("wiki"))
        {
            let page = format!("{name}.md").to_lowercase();
            return repo
                .files()
                .iter()
                .any(|file| file.path.name().to_lowercase() == page);
        }
        let is_generated = self.is_generated.get_or_init(|| {
            let mut files = repo.files().iter().map(|file| file.path.as_str());
            files.any(|path| GENERATORS.iter().any(|end| path.ends_with(end)))
        });
        let pages = [".md", ".mdx", "/index.md", "/index.mdx", "/README.md"];
        let mut pages = pages.iter().map(|end| format!("{path}{end}"));
        *is_generated && pages.any(|page| repo.file(&page).is_some())
    }

    /// Whether a path leads through a link or into another repository.
    fn is_beyond(&self, repo: &Repo, path: &str) -> bool {
        let submodules = self.submodules.get_or_init(|| submodules(repo));
        let is_below = |folder: &String| {
            let rest = path.strip_prefix(folder.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        submodules.iter().any(is_below) || folders.any(|folder| repo.file(folder).is_some())
    }

    /// The one path that is spelt like this but for its case.
    pub(crate) fn respelt(&self, repo: &Repo, path: &str) -> Option<&str> {
        let folded = self.folded.get_or_init(|| folded(repo));
        match folded
            .get(&path.trim_end_matches('/').to_lowercase())?
            .as_slice()
        {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The anchors of a Markdown file.
    pub(crate) fn anchors(&self, repo: &Repo, file: &File) -> Option<&BTreeSet<String>> {
        let cells = self
            .anchors
            .get_or_init(|| repo.files().iter().map(|_| OnceLock::new()).collect());
        let cell = cells.get(file.id.0 as usize)?;
        Some(cell.get_or_init(|| fragments(file.text(), file.markdown())))
    }
}

/// The path that was probably meant: the only other file of this name, the file with an
/// extension more, or the most similar name in the same folder.
pub(crate) fn meant(repo: &Repo, path: &str) -> Option<String> {
    let wanted = RepoPath::new(path);
    if let Some(with) = repo.file(&format!("{path}.md")) {
        return Some(with.path.to_string());
    }
    let name = wanted.name();
    let mut same = repo.files().iter().filter(|file| file.path.name() == name);
    if !COMMON_NAMES.contains(&name.to_lowercase().as_str())
        && let (Some(only), None) = (same.next(), same.next())
    {
        return Some(only.path.to_string());
    }
    let siblings = repo.files().iter();
    let siblings = siblings.filter(|file| file.path.parent() == wanted.parent());
    let near = nearest(name, siblings.map(|file| file.path.name()))?;
    let parent = wanted.parent();
    Some(if parent.is_empty() {
        near.to_owned()
    } else {
        format!("{parent}/{near}")
    })
}

/// Configurations of generators whose links need no extension.
const GENERATORS: &[&str] = &[
    "docusaurus.config.js",
    "docusaurus.config.ts",
    ".vitepress/config.js",
    ".vitepress/config.mjs",
    ".vitepress/config.ts",
    ".vitepress/config.mts",
    "_config.yml",
];

/// Names that so many folders have that one elsewhere is not meant.
const COMMON_NAMES: &[&str] = &[
    "readme.md",
    "index.md",
    "index.mdx",
    "skill.md",
    "license",
    "changelog.md",
    "main.tf",
    "main.bicep",
];

/// Whether a link may lead to a part of a file; a part of anything but Markdown and lines of
/// text is not known.
pub(crate) fn has_part(targets: &Targets, repo: &Repo, (file, fragment): (&File, &str)) -> bool {
    if fragment.is_empty() || fragment.starts_with(":~:") || file.problem().is_some() {
        return true;
    }
    if !is_markdown(file.path.as_str()) {
        let Some(line) = last_line(fragment).filter(|_| is_text(&file.path)) else {
            return true;
        };
        return line <= file.text().lines().count();
    }
    if last_line(fragment).is_some() {
        return true;
    }
    let Some(anchors) = targets.anchors(repo, file) else {
        return true;
    };
    let own = fragment.strip_prefix("user-content-").unwrap_or(fragment);
    matches!(own, "top" | "_top")
        || own.starts_with("fn")
        || anchors.contains(own)
        || anchors.contains(&own.to_lowercase())
}

/// Whether a path is that of a Markdown file.
pub(crate) fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|end| ["md", "mdx", "markdown"].contains(&end.to_lowercase().as_str()))
}

/// The last line of `L10`, `L10-L20` and `L10C3-L20C4`.
fn last_line(fragment: &str) -> Option<usize> {
    let last = fragment.strip_prefix('L')?.rsplit('-').next()?;
    let last = last.strip_prefix('L').unwrap_or(last);
    let number = last.split('C').next()?;
    number.parse().ok()
}

/// What a link from a file to a path looks like.
pub(crate) fn link_between(from: &File, to: &str) -> String {
    let folder: Vec<&str> = parts(from.path.parent());
    let target: Vec<&str> = parts(to);
    let shared = folder
        .iter()
        .zip(&target)
        .take_while(|(a, b)| a == b)
        .count();
    let up = folder.len() - shared;
    let mut words = vec![".."; up];
    words.extend(target.iter().skip(shared));
    encoded(&words.join("/"))
}

fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

fn is_excluded(repo: &Repo, path: &str) -> bool {
    let excluded = repo.excluded();
    let from = excluded.partition_point(|other| other.as_str() < path);
    let next = excluded.get(from).map(RepoPath::as_str);
    let folder = format!("{path}/");
    let from = excluded.partition_point(|other| other.as_str() < folder.as_str());
    let below = excluded.get(from).map(RepoPath::as_str);
    next == Some(path) || below.is_some_and(|below| below.starts_with(&folder))
}

fn folded(repo: &Repo) -> BTreeMap<String, Vec<String>> {
    let mut folded: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut folders = BTreeSet::new();
    for file in repo.files() {
        let path = file.path.as_str();
        folded
            .entry(path.to_lowercase())
            .or_default()
            .push(path.to_owned());
        folders.extend(path.match_indices('/').filter_map(|(at, _)| path.get(..at)));
    }
    for folder in folders {
        folded
            .entry(folder.to_lowercase())
            .or_default()
            .push(folder.to_owned());
    }
    folded
}

fn submodules(repo: &Repo) -> Vec<String> {
    let text = repo.file(".gitmodules").map_or("", File::text);
    let entries = text.lines().filter_map(|line| line.split_once('='));
    let paths = entries.filter(|(key, _)| key.trim() == "path");
    paths.map(|(_, path)| path.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::last_line;

    #[test]
    fn reads_line_anchors() {
        assert_eq!(last_line("L10"), Some(10));
        assert_eq!(last_line("L10-L20"), Some(20));
        assert_eq!(last_line("L10C3-L20C4"), Some(20));
        assert_eq!(last_line("L10-20"), Some(20));
        assert_eq!(last_line("Lists"), None);
        assert_eq!(last_line("setup"), None);
    }
}
