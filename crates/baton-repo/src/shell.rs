//! Shell commands in Markdown, and what a pack expects of them.

use baton_source::Span;
use baton_syntax::excerpt::Excerpt;
use baton_syntax::markdown::Fence;
use baton_syntax::shell::{self, Inner, Script};
use serde::Deserialize;

use crate::File;

/// Languages of code blocks that hold shell commands; a block may also name none.
const LANGUAGES: [&str; 9] = [
    "",
    "bash",
    "sh",
    "zsh",
    "shell",
    "console",
    "shellsession",
    "shell-session",
    "sh-session",
];

/// Texts of `sh -c` inside one another beyond this are not read.
const MAX_QUOTED: usize = 8;

/// A code block of shell commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellBlock {
    /// Its code, prefixes of lists included.
    pub span: Span,
    /// The block itself, then the texts that it gives to `sh -c` and `eval`.
    pub scripts: Vec<Script>,
}

/// What a pack expects of shell commands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShellConventions {
    /// Globs of files that show forbidden commands because they explain them.
    pub exempt: Vec<String>,
    /// Programs that many machines lack.
    pub unportable: Vec<String>,
    /// The folder that only file tools write to.
    pub artifact_folder: Option<String>,
    /// Whether `grep` under `set -e` is given something to do when it finds nothing.
    pub guarded_grep: bool,
}

impl ShellConventions {
    /// Those of a pack; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str) -> ShellConventions {
        let text = match pack {
            "apex" => include_str!("../../../rules/packs/apex/shell.toml"),
            _ => "",
        };
        toml::from_str(text).unwrap_or_default()
    }
}

/// The code blocks of a Markdown file that hold shell commands, or might.
pub(crate) fn blocks(file: &File) -> Vec<ShellBlock> {
    let fences = file
        .markdown()
        .fences
        .iter()
        .filter(|fence| is_shell(fence));
    fences.map(|fence| block(file.text(), fence)).collect()
}

fn is_shell(fence: &Fence) -> bool {
    let words = |sign: char| sign.is_whitespace() || matches!(sign, ',' | '{' | '}' | ':');
    let language = fence.info.trim().split(words).next().unwrap_or("");
    LANGUAGES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(language))
}

fn block(text: &str, fence: &Fence) -> ShellBlock {
    let code = Excerpt::of_fence(text, fence);
    let mut code = code.console().unwrap_or(code);
    code.hide_names_in_brackets();
    let (script, _) = shell::parse_excerpt(&code);
    let mut scripts = vec![script];
    add_quoted(&mut scripts, 0);
    ShellBlock {
        span: fence.content,
        scripts,
    }
}

/// Adds the texts that the last scripts give to `sh -c` and `eval`.
fn add_quoted(scripts: &mut Vec<Script>, from: usize) {
    let mut from = from;
    for _ in 0..MAX_QUOTED {
        let new = scripts.get(from..).unwrap_or(&[]);
        let quoted: Vec<Script> = new.iter().flat_map(quoted).collect();
        if quoted.is_empty() {
            return;
        }
        from = scripts.len();
        scripts.extend(quoted);
    }
}

fn quoted(script: &Script) -> Vec<Script> {
    let mut texts = Vec::new();
    for visit in script.simple_commands() {
        let mut words = visit.command.words.as_slice();
        loop {
            match shell::inner(words) {
                Some(Inner::Words(inner)) => words = inner,
                Some(Inner::Text(word)) => {
                    texts.extend(word.static_excerpt());
                    break;
                }
                None => break,
            }
        }
    }
    let scripts = texts.iter().map(|text| shell::parse_excerpt(text).0);
    scripts.collect()
}

#[cfg(test)]
mod tests {
    use super::ShellConventions;
    use crate::packs;

    #[test]
    fn the_table_parses() {
        assert_eq!(ShellConventions::of("generic"), ShellConventions::default());
        assert!(packs().iter().any(|pack| pack.name == "apex"));
        assert!(!ShellConventions::of("apex").unportable.is_empty());
    }
}
