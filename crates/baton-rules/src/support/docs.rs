//! What rules about documentation share: lists of names, and finding them in texts.

use std::collections::{BTreeMap, BTreeSet};

use baton_repo::{DocsConventions, Repo};
use baton_source::Span;

use crate::{Ctx, File};

/// What follows the name of an agent in the name of its file.
const AGENT_FILE: &str = ".agent.md";

/// The folder of agents, as texts write it.
const AGENT_FOLDER: &str = ".github/agents/";

/// The folder of skills.
const SKILL_FOLDER: &str = ".github/skills/";

/// Old names, and what stands for them now.
pub(crate) type Names = BTreeMap<String, String>;

/// Agents that are gone.
pub(crate) fn removed_agents<'a>(ctx: &'a Ctx<'_>) -> &'a Names {
    let own = ctx.settings.docs.removed_agents.as_ref();
    own.unwrap_or(&conventions(ctx).removed_agents)
}

/// What the pack says about documentation.
pub(crate) fn conventions<'a>(ctx: &'a Ctx<'_>) -> &'a DocsConventions {
    ctx.repo.docs_conventions()
}

/// Whether a file is looked at for outdated names.
pub(crate) fn is_scanned(ctx: &Ctx<'_>, file: &File) -> bool {
    let path = file.path.as_str();
    let is_history = file.path.name().eq_ignore_ascii_case("changelog.md");
    // The reference leaves pages with components out.
    let is_unknown = ctx.settings.compat_reference && ends_with(path, ".mdx");
    !is_history && !is_unknown && !holds_part(path, &conventions(ctx).unscanned)
}

/// Whether the freshness of a page is judged.
pub(crate) fn is_fresh_page(ctx: &Ctx<'_>, file: &File) -> bool {
    ctx.repo.is_kind(file, "docs-page")
        && !holds_part(file.path.as_str(), &conventions(ctx).unfresh)
}

/// Whether a file tells what was: there old names are right.
pub(crate) fn is_history(file: &File) -> bool {
    let path = file.path.as_str().to_ascii_lowercase();
    path.contains("changelog")
}

/// Whether a line says itself that something is gone or has another name.
pub(crate) fn says_so(line: &str) -> bool {
    line.contains(['❌', '→'])
}

/// Whether a path holds one of some parts.
pub(crate) fn holds_part(path: &str, parts: &[String]) -> bool {
    parts.iter().any(|part| path.contains(part.as_str()))
}

/// A place where a text names the file of an agent.
pub(crate) struct AgentFile<'t> {
    /// The name without `.agent.md`.
    pub(crate) name: &'t str,
    /// The name's place, without `.agent.md`.
    pub(crate) stem: Span,
    /// The place with `.agent.md`.
    pub(crate) span: Span,
    /// Whether the folder of agents stands before it.
    pub(crate) in_folder: bool,
}

/// The files of agents that a text names, with whole names: `demo.docs.agent.md` is not
/// `docs.agent.md`.
pub(crate) fn agent_files(text: &str) -> impl Iterator<Item = AgentFile<'_>> {
    let dots = text.match_indices('.');
    dots.filter_map(|(dot, _)| {
        let end = dot + AGENT_FILE.len();
        if !same(text.get(dot..end)?, AGENT_FILE)
            || next(text, end).is_some_and(char::is_alphanumeric)
        {
            return None;
        }
        let before = text.get(..dot)?;
        let is_part = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
        let name = before.trim_end_matches(is_part).len();
        // What marks emphasis is no part of the name.
        let name = before.get(name..)?.trim_start_matches(['_', '-', '.']);
        let start = dot - name.len();
        (!name.is_empty()).then(|| AgentFile {
            name,
            stem: Span::new(start, dot),
            span: Span::new(start, end),
            in_folder: ends_with(text.get(..start).unwrap_or(""), AGENT_FOLDER),
        })
    })
}

/// What a name stands for in a list, its case aside.
pub(crate) fn look_up<'n>(names: &'n Names, name: &str) -> Option<&'n str> {
    let found = names.iter().find(|(known, _)| same(known, name));
    found.map(|(_, instead)| instead.as_str())
}

/// Whether the repository has a file for an agent of this name.
pub(crate) fn has_agent(repo: &Repo, name: &str) -> bool {
    let mut files = repo.of_kind("agent").chain(repo.of_kind("subagent"));
    files.any(|file| {
        let stem = file.path.name().strip_suffix(AGENT_FILE);
        stem.is_some_and(|stem| same(stem, name))
    })
}

/// Whether the repository has a skill of this name.
pub(crate) fn has_skill(repo: &Repo, name: &str) -> bool {
    repo.of_kind("skill").any(|file| {
        let mut folders = file.path.as_str().rsplit('/').skip(1);
        folders.next().is_some_and(|folder| same(folder, name))
    })
}

/// The `SKILL.md` of the skill that a reference belongs to.
pub(crate) fn skill_of<'a>(repo: &'a Repo, reference: &File) -> Option<&'a File> {
    let (folder, _) = reference.path.as_str().rsplit_once("/references/")?;
    repo.file(&format!("{folder}/SKILL.md"))
}

/// Every folder of a skill, whatever it holds.
pub(crate) fn skill_folders(repo: &Repo) -> BTreeSet<&str> {
    let paths = repo.files().iter().map(|file| file.path.as_str());
    let folders = paths.filter_map(|path| {
        let (folder, _) = path.strip_prefix(SKILL_FOLDER)?.split_once('/')?;
        Some(folder)
    });
    folders.collect()
}

/// The number an H2 heading such as `Agents (12)` of an index claims, and its place.
pub(crate) fn claimed(file: &File, title: &str) -> Option<(usize, Span)> {
    let text = file.text();
    file.markdown().h2().find_map(|heading| {
        let rest = heading.text_span.of(text).strip_prefix(title)?;
        let digits = rest
            .find(|it: char| !it.is_ascii_digit())
            .unwrap_or(rest.len());
        let start = heading.text_span.start as usize + title.len();
        let span = Span::new(start, start + digits);
        Some((span.of(text).parse().ok()?, span))
    })
}

/// A folder as texts write it, with a slash at its end.
pub(crate) fn as_folder(folder: &str) -> String {
    format!("{}/", folder.trim_end_matches('/'))
}

/// The places of a path such as `agents/_shared/` in a text, where it begins a word.
pub(crate) fn paths<'t>(text: &'t str, path: &'t str) -> impl Iterator<Item = Span> {
    let slash = path.find('/').unwrap_or(0);
    let slashes = text.match_indices('/');
    slashes.filter_map(move |(at, _)| {
        let start = at.checked_sub(slash)?;
        let end = start + path.len();
        let found = same(text.get(start..end)?, path) && begins_word(text, start);
        found.then(|| Span::new(start, end))
    })
}

/// The places of a phrase in a text, in any case; a blank stands for any white space.
pub(crate) fn phrases<'t>(text: &'t str, phrase: &'t str) -> impl Iterator<Item = Span> {
    let first = phrase.bytes().next();
    let bytes = text.bytes().enumerate();
    let starts = bytes.filter_map(move |(at, byte)| {
        let begins = first.is_some_and(|first| byte.eq_ignore_ascii_case(&first));
        begins.then_some(at)
    });
    starts.filter_map(move |start| {
        let length = begin(text.get(start..)?, phrase)?;
        Some(Span::new(start, start + length))
    })
}

/// The length of a phrase that a text begins with.
pub(crate) fn begin(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text;
    for expected in phrase.chars() {
        if expected.is_whitespace() {
            let after = rest.trim_start();
            if after.len() == rest.len() {
                return None;
            }
            rest = after;
        } else {
            let found = rest.chars().next()?;
            if !found.eq_ignore_ascii_case(&expected) {
                return None;
            }
            rest = rest.get(found.len_utf8()..)?;
        }
    }
    Some(text.len() - rest.len())
}

/// The word of letters, digits, `-` and `_` that begins at an offset.
pub(crate) fn word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    rest.get(..end).unwrap_or("")
}

/// Whether no letter, digit, `-` or `_` stands before an offset.
pub(crate) fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !before.is_some_and(|it| it.is_alphanumeric() || matches!(it, '-' | '_'))
}

/// The line that holds an offset, without its line ending.
pub(crate) fn line(file: &File, offset: u32) -> &str {
    let lines = file.lines();
    lines.line_text(file.text(), lines.line_of(offset))
}

/// Whether two texts are equal but for the case of their letters.
pub(crate) fn same(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

/// Whether a text ends with another, case aside.
pub(crate) fn ends_with(text: &str, end: &str) -> bool {
    let at = text.len().checked_sub(end.len());
    at.and_then(|at| text.get(at..))
        .is_some_and(|tail| same(tail, end))
}

/// A sentence that names what to use instead, if anything.
pub(crate) fn instead(instead: &str) -> String {
    if instead.is_empty() {
        "Remove the reference.".to_owned()
    } else {
        format!("Refer to {instead} instead.")
    }
}

fn next(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::{Span, agent_files, begin, paths, phrases, word};

    #[test]
    fn finds_whole_names_of_agent_files() {
        let names = |text| {
            let found = agent_files(text).map(|it| (it.name, it.in_folder));
            found.collect::<Vec<_>>()
        };
        assert_eq!(names("`docs.agent.md`"), [("docs", false)]);
        assert_eq!(
            names("_docs.agent.md_ **a.AGENT.MD**"),
            [("docs", false), ("a", false)]
        );
        assert_eq!(names("x/.GitHub/agents/adr.agent.md."), [("adr", true)]);
        assert_eq!(names("demo.docs.agent.md"), [("demo.docs", false)]);
        assert_eq!(names("é-docs.agent.md"), [("é-docs", false)]);
        assert_eq!(names(".agent.md, docs.agent.mdx, docs.agent.é"), []);
    }

    #[test]
    fn finds_paths_that_begin_a_word() {
        let starts = |text| paths(text, "docs/").map(|it| it.start).collect::<Vec<_>>();
        assert_eq!(starts("docs/a Docs/b (docs/c) x/docs/d"), [0, 7, 15, 25]);
        assert!(starts("my-docs/a mydocs/b édocs/c ocs/").is_empty());
    }

    #[test]
    fn finds_phrases_over_line_ends() {
        let found = |text| {
            phrases(text, "[insert here]")
                .map(Span::len)
                .collect::<Vec<_>>()
        };
        assert_eq!(found("é[Insert here] [INSERT \n HERE]"), [13, 15]);
        assert!(found("[Inserthere] [Insert here").is_empty());
        assert_eq!(begin("a", ""), Some(0));
        assert_eq!(word("@docs-é", 1), "docs-");
    }
}
