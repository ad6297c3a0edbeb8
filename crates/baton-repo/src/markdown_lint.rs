//! How markdownlint is configured in a repository: which files it judges, what each of its
//! rules is told, and where comments switch rules off.
//!
//! Read are the files of markdownlint-cli2 and markdownlint, folder by folder as those do.
//! Programs (`.cjs`, custom rules) are not run; that is remarked.

mod config;
mod inline;
mod names;
mod settings;
#[cfg(test)]
mod tests;
mod unknown;

use std::sync::OnceLock;

use baton_source::Span;

use crate::{File, Repo};
pub use config::ConfigRemark;
use config::{Configs, Effective, prefix};
pub use names::LintRule;
pub use settings::{LintSetting, LintSettings, is_truthy};

/// The configuration of a repository.
pub struct MarkdownLint {
    configs: Configs,
    files: Vec<OnceLock<Option<FileLint>>>,
}

/// What holds for one file.
#[derive(Debug)]
pub struct FileLint {
    settings: LintSettings,
    /// The rules that run on each line of the body, as bits.
    lines: Vec<u64>,
    /// The number of lines before the body, which no rule looks at.
    front: usize,
    /// Where the body begins: after the front matter and the blank lines below it.
    pub body: Span,
}

impl MarkdownLint {
    pub(crate) fn read(repo: &Repo) -> MarkdownLint {
        MarkdownLint {
            configs: config::read(repo),
            files: repo.files().iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Whether the repository says anything about Markdown.
    pub fn is_configured(&self) -> bool {
        !self.configs.folders.is_empty()
    }

    /// Configuration files that cannot be read.
    pub fn broken(&self) -> &[ConfigRemark] {
        &self.configs.broken
    }

    /// What configuration files ask for that is not done here.
    pub fn unsupported(&self) -> &[ConfigRemark] {
        &self.configs.unsupported
    }

    /// What holds for a file; `None` when the configuration leaves it out.
    pub fn of(&self, file: &File) -> Option<&FileLint> {
        let place = self.files.get(file.id.0 as usize)?;
        place.get_or_init(|| self.judge(file)).as_ref()
    }

    fn judge(&self, file: &File) -> Option<FileLint> {
        let path = file.path.as_str();
        let own = prefix(&file.path);
        let folders = self.configs.folders.iter();
        let mut chain = folders.filter(|(folder, _)| own.starts_with(folder.as_str()));
        let nearest = chain.next_back().map(|(_, effective)| effective);
        if nearest.is_some_and(|effective| effective.leaves_out(path)) {
            return None;
        }
        Some(FileLint::of(file, nearest))
    }
}

impl Effective {
    fn leaves_out(&self, path: &str) -> bool {
        let ignored = self.ignores.iter().any(|(prefix, globs)| {
            let below = path.strip_prefix(prefix.as_str());
            below.is_some_and(|below| globs.matches(below))
        });
        let globs = self.globs.as_ref();
        ignored || globs.is_some_and(|(wanted, not)| !wanted.matches(path) || not.matches(path))
    }
}

impl FileLint {
    fn of(file: &File, effective: Option<&Effective>) -> FileLint {
        let text = file.text();
        let body = body(file);
        let config = effective.map(|effective| effective.rules.clone());
        let mut config = config.unwrap_or_default();
        let source = body.of(text);
        let inline = !effective.is_some_and(|effective| effective.no_inline);
        if let Some(said) = inline.then(|| inline::configured(source)).flatten() {
            config = config.overlaid(&said);
        }
        let settings = config.settings();
        let source: Vec<&str> = source.split('\n').collect();
        let lines = if inline {
            inline::lines(&source, settings.on())
        } else {
            vec![settings.on(); source.len()]
        };
        FileLint {
            front: file.lines().line_of(body.start),
            settings,
            lines,
            body,
        }
    }

    /// What a rule is told; `None` when it runs on no line.
    pub fn setting(&self, rule: LintRule) -> Option<&LintSetting> {
        let on = self.lines.iter().any(|bits| bits & rule.bit() != 0);
        self.settings.of(rule).filter(|_| on)
    }

    /// Whether a rule runs on a line; lines of the file are counted from 0.
    pub fn is_on(&self, rule: LintRule, line: usize) -> bool {
        let bits = line
            .checked_sub(self.front)
            .and_then(|line| self.lines.get(line));
        bits.is_some_and(|bits| bits & rule.bit() != 0)
    }
}

/// What is left when front matter and the blank lines below it are taken away.
fn body(file: &File) -> Span {
    let text = file.text();
    let body = file.body();
    let from = body.start as usize;
    if file.front_matter_block().is_none() {
        let marked = text.starts_with('\u{feff}');
        return Span::new(if marked { 3 } else { from }, text.len());
    }
    let rest = body.of(text);
    let blank = rest.len() - rest.trim_start().len();
    let blank = rest.get(..blank).and_then(|blank| blank.rfind('\n'));
    Span::new(blank.map_or(from, |at| from + at + 1), text.len())
}
