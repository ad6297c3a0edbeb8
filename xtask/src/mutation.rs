//! Single faults put into the clean fixture on purpose, and what must be found then.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

/// The repository that is clean until a mutation breaks it.
pub const CLEAN: &str = "fixtures/repos/june-clean";

/// Where the mutations are: one file per check.
pub const FOLDER: &str = "fixtures/mutations";

/// The mutations of one check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutations {
    /// The check, such as `validate:artifacts`.
    pub check: String,
    /// The reference's command for it: a script below `tools/scripts/` and its arguments;
    /// `{file}` stands for the file that changes. Without one it is not asked, as it needs the
    /// network.
    pub reference: Vec<String>,
    /// The faults.
    pub mutation: Vec<Mutation>,
}

/// One fault.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutation {
    /// What it is, in a few words.
    pub name: String,
    /// The file that changes.
    pub file: String,
    /// A text in it, which must be there; its first occurrence is replaced.
    pub replace: Option<String>,
    /// What takes its place.
    #[serde(default)]
    pub with: String,
    /// Whether every occurrence is replaced.
    #[serde(default)]
    pub every: bool,
    /// Two texts in it whose first occurrences change places.
    pub swap: Option<(String, String)>,
    /// A text put at the end.
    pub append: Option<String>,
    /// A text put at the start.
    pub prepend: Option<String>,
    /// The whole new text; the file may be new.
    pub write: Option<String>,
    /// Whether the file goes away.
    #[serde(default)]
    pub delete: bool,
    /// Whether its lines end in CR LF.
    #[serde(default)]
    pub crlf: bool,
    /// The rule that must find it; without one, nothing may be found.
    pub rule: Option<String>,
    /// The line at which it is found.
    pub line: Option<u32>,
    /// The file in which it is found, where it is not the one that changes.
    pub at: Option<String>,
    /// Rules that may find something too.
    #[serde(default)]
    pub also: Vec<String>,
    /// What the reference says.
    pub says: Verdict,
    /// What we say, where that is something else.
    pub ours: Option<Verdict>,
    /// Why the reference says something else.
    pub why: Option<String>,
}

/// What is said about a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// At least one error.
    Error,
    /// A warning and no error.
    Warning,
    /// Neither.
    Silent,
}

/// Every file of mutations, by file name.
pub fn read_all(root: &Path) -> Result<BTreeMap<String, Mutations>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(root.join(FOLDER))? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path)?;
        all.insert(name.clone(), toml::from_str(&text).context(name)?);
    }
    Ok(all)
}

/// The file's text after the fault; `None` when it goes away.
pub fn apply(mutation: &Mutation, before: Option<&str>) -> Result<Option<String>> {
    if mutation.delete {
        return if before.is_some() {
            Ok(None)
        } else {
            bail!("there is no file to delete")
        };
    }
    let mut text = match (&mutation.write, before) {
        (Some(text), _) => text.clone(),
        (None, Some(before)) => before.to_owned(),
        (None, None) => bail!("there is no file to change"),
    };
    if let Some(old) = &mutation.replace {
        text = replaced(&text, old, mutation)?;
    }
    if let Some((one, other)) = &mutation.swap {
        text = swapped(&text, one, other)?;
    }
    if let Some(start) = &mutation.prepend {
        text.insert_str(0, start);
    }
    if let Some(end) = &mutation.append {
        text.push_str(end);
    }
    if mutation.crlf {
        text = text.replace('\n', "\r\n");
    }
    if Some(text.as_str()) == before {
        bail!("nothing changes");
    }
    Ok(Some(text))
}

fn replaced(text: &str, old: &str, mutation: &Mutation) -> Result<String> {
    if !text.contains(old) {
        bail!("the text to replace is not there");
    }
    let most = if mutation.every { usize::MAX } else { 1 };
    Ok(text.replacen(old, &mutation.with, most))
}

fn swapped(text: &str, one: &str, other: &str) -> Result<String> {
    exchange(text, one, other)
        .or_else(|| exchange(text, other, one))
        .context("a text to swap is not there")
}

fn exchange(text: &str, first: &str, second: &str) -> Option<String> {
    let (before, rest) = text.split_once(first)?;
    let (between, after) = rest.split_once(second)?;
    Some([before, second, between, first, after].concat())
}
