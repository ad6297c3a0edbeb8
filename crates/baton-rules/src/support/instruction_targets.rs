//! Instructions and skills that texts for agents name.

use baton_repo::{File, Repo};
use baton_source::Span;

use super::docs;

/// How the names of instructions end.
const SUFFIX: &str = ".instructions.md";

/// A path or a name in a text.
pub(crate) struct Target<'t> {
    /// As written.
    pub(crate) path: &'t str,
    pub(crate) span: Span,
}

/// The paths below a folder that a text tells to read, with nothing to be filled in.
pub(crate) fn told<'t>(text: &'t str, folder: &str) -> Vec<Target<'t>> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices(folder) {
        let rest = text.get(start..).unwrap_or("");
        let ends = |it: char| it.is_whitespace() || matches!(it, '`' | '"' | '\'' | ')' | '#');
        let path = rest.split(ends).next().unwrap_or("");
        let path = path.trim_end_matches(['.', ',', ';', ':', '*', '_']);
        if path.len() > folder.len() && is_filled_in(path) && is_read(text, start) {
            let span = Span::new(start, start + path.len());
            found.push(Target { path, span });
        }
    }
    found
}

/// Whether a path below `.github/skills/` is the one of a skill.
pub(crate) fn is_skill(path: &str) -> bool {
    path.ends_with("/SKILL.md") && path.split('/').count() == 4
}

/// Whether `Read` and at most a quotation mark stand before a place.
fn is_read(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let before = before.strip_suffix(['`', '"']).unwrap_or(before);
    let word = before.trim_end();
    let verb = ["Read", "read"]
        .into_iter()
        .find(|verb| word.ends_with(verb));
    verb.is_some_and(|verb| {
        word.len() < before.len() && docs::begins_word(text, word.len() - verb.len())
    })
}

/// Whether a path is there, from the root or from the folder that holds the text's `.github`.
pub(crate) fn exists(repo: &Repo, from: &File, path: &str) -> bool {
    let is_there = |path: &str| {
        let path = path.trim_end_matches('/');
        repo.file(path).is_some()
            || repo.has_folder(path)
            || repo.excluded().iter().any(|other| other.as_str() == path)
    };
    let base = from.path.as_str().split_once(".github/");
    is_there(path) || base.is_some_and(|(base, _)| is_there(&format!("{base}{path}")))
}

/// The names of instructions in a text, outside blocks of code and links, with the folders that
/// are written before them.
pub(crate) fn mentions(file: &File) -> Vec<Target<'_>> {
    let text = file.text();
    let mut found = Vec::new();
    for (at, _) in text.match_indices(SUFFIX) {
        let end = at + SUFFIX.len();
        let after = text.get(end..).unwrap_or("");
        let goes_on = after.starts_with(|it: char| it.is_alphanumeric() || "-_/*".contains(it));
        let start = start_of(text, at);
        let span = Span::new(start, end);
        let path = span.of(text);
        let path = path.strip_prefix("./").unwrap_or(path);
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_name = name.len() > SUFFIX.len()
            && name.starts_with(|it: char| it.is_ascii_lowercase() || it.is_ascii_digit());
        if goes_on || !is_name || !is_filled_in(path) || path.contains(':') {
            continue;
        }
        if file.markdown().is_code(span.start) || is_linked(file, span) {
            continue;
        }
        let span = Span::new(end - path.len(), end);
        found.push(Target { path, span });
    }
    found
}

/// Where the path begins whose name ends there.
fn start_of(text: &str, end: usize) -> usize {
    let before = text.get(..end).unwrap_or("");
    let parts = |it: char| it.is_whitespace() || "`\"'()[],;|=!".contains(it);
    before.rfind(parts).map_or(0, |at| {
        let length = before.get(at..).and_then(|rest| rest.chars().next());
        at + length.map_or(1, char::len_utf8)
    })
}

/// Whether a path is of one file that may be there: nothing in it is left to be filled in.
fn is_filled_in(path: &str) -> bool {
    let plain = |it: char| it.is_alphanumeric() || "-_./:@~+".contains(it);
    path.chars().all(plain) && !path.contains("...")
}

/// Whether a place is part of a link, which other rules judge.
fn is_linked(file: &File, at: Span) -> bool {
    let outline = file.markdown();
    let holds = |span: &Span| span.start <= at.start && at.end <= span.end;
    let definitions = outline.definitions.iter().map(|one| &one.span);
    let mut links = outline
        .links
        .iter()
        .map(|link| &link.span)
        .chain(definitions);
    links.any(holds)
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn paths_follow_the_word_read() {
        let found = |text| {
            let found = told(text, ".github/skills/").into_iter();
            found.map(|one| one.path).collect::<Vec<_>>()
        };
        let text = "Read `.github/skills/a/SKILL.md`, read .github/skills/b/SKILL.md. \
                    Then read\n\".github/skills/c/SKILL.md\"";
        assert_eq!(
            found(text),
            [
                ".github/skills/a/SKILL.md",
                ".github/skills/b/SKILL.md",
                ".github/skills/c/SKILL.md"
            ]
        );
        assert!(found("See .github/skills/a/SKILL.md; thread .github/skills/b").is_empty());
        assert!(found("Read .github/skills/{name}/SKILL.md and read .github/skills/").is_empty());
    }
}
