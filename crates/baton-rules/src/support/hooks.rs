//! What hook runners match files with, read the way they read it.
//!
//! lefthook (looked up 2026-11-21, v2): globs are matched against paths from the root, whatever
//! `root` says, in lower case. Its default matcher lets `*` and `**` cross `/`, so `**/` stands
//! for at least one folder; `glob_matcher: doublestar` gives `**` its usual meaning. A comma
//! outside braces is a comma.

use baton_repo::{File, Repo};
use baton_syntax::glob::GlobSet;
use baton_syntax::node::Node;
use regex::Regex;

/// What one job of lefthook is filtered by.
#[derive(Default)]
pub(crate) struct Job<'f> {
    /// Globs of `glob`.
    pub(crate) globs: Vec<&'f Node>,
    /// Globs of `exclude`.
    pub(crate) excludes: Vec<&'f Node>,
}

/// How lefthook reads globs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matcher {
    /// The default.
    Loose,
    /// `glob_matcher: doublestar`.
    DoubleStar,
}

/// Configurations of lefthook, with how they read globs.
pub(crate) fn lefthooks(repo: &Repo) -> impl Iterator<Item = (&File, Matcher)> {
    let folders = ["", ".", ".config/"].into_iter();
    let names = folders.flat_map(|folder| ["yml", "yaml"].map(|end| (folder, end)));
    names.filter_map(|(folder, end)| {
        let file = repo.file(&format!("{folder}lefthook.{end}"))?;
        let matcher = file.node().and_then(|node| node.get("glob_matcher"));
        match matcher.and_then(Node::as_str) {
            Some("doublestar") => Some((file, Matcher::DoubleStar)),
            _ => Some((file, Matcher::Loose)),
        }
    })
}

/// The jobs of a configuration that are filtered by name. Jobs with `files` are left out: their
/// globs filter the output of a command.
pub(crate) fn jobs(file: &File) -> Vec<Job<'_>> {
    let mut jobs = Vec::new();
    if let Some(node) = file.node() {
        collect(node, &mut jobs);
    }
    jobs
}

fn collect<'f>(node: &'f Node, jobs: &mut Vec<Job<'f>>) {
    if node.get("files").is_some() {
        return;
    }
    let job = Job {
        globs: globs(node, "glob"),
        excludes: globs(node, "exclude"),
    };
    if !job.globs.is_empty() || !job.excludes.is_empty() {
        jobs.push(job);
    }
    let below = node.entries().iter().map(|entry| &entry.value);
    for node in below.chain(node.items()) {
        collect(node, jobs);
    }
}

/// The text or the texts of a key, without empty ones, which filter nothing.
fn globs<'f>(node: &'f Node, key: &str) -> Vec<&'f Node> {
    let Some(value) = node.get(key) else {
        return Vec::new();
    };
    let all = std::iter::once(value).chain(value.items());
    let filters = |node: &&Node| node.as_str().is_some_and(|text| !text.is_empty());
    all.filter(filters).collect()
}

/// Every path of the repository, those that baton never judges included.
pub(crate) fn paths(repo: &Repo) -> impl Iterator<Item = &str> {
    let judged = repo.files().iter().map(|file| &file.path);
    judged
        .chain(repo.excluded())
        .map(baton_source::RepoPath::as_str)
}

/// The paths a glob of lefthook matches; `None` when it is no glob.
pub(crate) fn matched<'r>(repo: &'r Repo, glob: &str, matcher: Matcher) -> Option<Vec<&'r str>> {
    let glob = glob.to_lowercase();
    let end = literal_end(&glob);
    let candidates = paths(repo).filter(|path| ends_with(path, end));
    match matcher {
        Matcher::Loose => {
            let loose = loose(&glob)?;
            Some(candidates.filter(|path| loose.is_match(path)).collect())
        }
        Matcher::DoubleStar => {
            let set = GlobSet::new([&glob]).ok()?;
            let is_meant = |path: &&str| set.matches(&path.to_lowercase());
            Some(candidates.filter(is_meant).collect())
        }
    }
}

/// The ASCII with which every path ends that a glob matches; often an extension, which spares
/// most paths a closer look.
fn literal_end(glob: &str) -> &str {
    let is_special = |character: char| !character.is_ascii() || "*?[]{},\\!".contains(character);
    glob.rsplit(is_special).next().unwrap_or("")
}

fn ends_with(path: &str, end: &str) -> bool {
    let from = path.len().checked_sub(end.len());
    let last = from.and_then(|from| path.as_bytes().get(from..));
    last.is_some_and(|last| last.eq_ignore_ascii_case(end.as_bytes()))
}

/// Whether a comma stands outside braces.
pub(crate) fn has_bare_comma(glob: &str) -> bool {
    let mut depth = 0_usize;
    for character in glob.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

/// A glob of lefthook's default matcher as a regular expression: nothing stops a star.
fn loose(glob: &str) -> Option<Regex> {
    let mut text = String::from("(?si)^");
    let mut depth = 0_usize;
    let mut rest = glob.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '*' => text.push_str(".*"),
            '?' => text.push('.'),
            '{' => {
                depth += 1;
                text.push_str("(?:");
            }
            '}' => {
                depth = depth.checked_sub(1)?;
                text.push(')');
            }
            ',' if depth > 0 => text.push('|'),
            '[' => {
                text.push('[');
                if rest.next_if_eq(&'!').is_some() {
                    text.push('^');
                }
                let class: String = rest.by_ref().take_while(|next| *next != ']').collect();
                text.push_str(&class.replace('\\', "\\\\").replace('[', "\\["));
                text.push(']');
            }
            '\\' => text.push_str(&regex::escape(&rest.next()?.to_string())),
            other => text.push_str(&regex::escape(&other.to_string())),
        }
    }
    text.push('$');
    Regex::new(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::{ends_with, has_bare_comma, literal_end, loose};

    #[test]
    fn stars_cross_folders_and_want_their_slashes() {
        let matches = |glob: &str, path: &str| loose(glob).unwrap().is_match(path);
        assert!(matches("*.md", "docs/a/b.md"));
        assert!(matches("**/*.js", "src/app.js"));
        assert!(!matches("**/*.js", "app.js"));
        assert!(!matches("src/**/*.js", "src/app.js"));
        assert!(matches("src/*.js", "src/a/app.js"));
        assert!(matches("*.{js,ts}", "a.ts"));
        assert!(matches("{a,b}/**/*.md", "b/c/d.md"));
        assert!(!matches("*.js,*.ts", "a.ts"));
        assert!(matches("[!a]?.md", "bc.md"));
        assert!(matches("a.md", "A.MD"));
        assert!(loose("a}").is_none());
        assert!(loose("{a").is_none());
    }

    #[test]
    fn ends_are_told_from_globs() {
        for (glob, end) in [
            ("**/*.md", ".md"),
            ("a/b.md", "a/b.md"),
            ("*.{js,ts}", ""),
            ("{a,b}.md", ".md"),
            ("*.é.md", ".md"),
            ("a\\*", ""),
            ("docs/**", ""),
        ] {
            assert_eq!(literal_end(glob), end, "{glob}");
        }
        assert!(ends_with("docs/A.MD", ".md"));
        assert!(!ends_with("md", ".md"));
    }

    #[test]
    fn commas_count_outside_braces() {
        assert!(has_bare_comma("*.md,*.yml"));
        assert!(has_bare_comma("*.{a,b},c"));
        assert!(!has_bare_comma("*.{a,b}"));
    }
}
