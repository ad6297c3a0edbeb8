//! Which program reads a file, and what that program knows of its front matter.
//!
//! Path and suffix together tell the host: a kind of the layout, and for plugins the manifest
//! beside it. What each host reads is data below `rules/packs/hosts`.

mod by_line;

use std::borrow::Cow;
use std::sync::LazyLock;

use baton_syntax::node::Document;
use serde::Deserialize;

use crate::{File, Repo};

/// One kind of file with front matter, as its host documents it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HostDocument {
    /// The kind of the layout whose files these are.
    pub id: String,
    /// The document whose keys these have, when they are the same.
    pub like: String,
    /// The program that reads them.
    pub host: String,
    /// What the host calls them, in the plural.
    pub called: String,
    /// Where the host says so.
    pub source: String,
    /// When that was last looked up.
    pub verified: String,
    /// Whether only files beside a plugin's manifest count.
    pub plugin: bool,
    /// Whether the host reads the front matter line by line, not as YAML.
    pub by_line: bool,
    /// Keys without which the host leaves the file alone.
    pub required: Vec<String>,
    /// Keys one of which shows that the file is meant for the host; any does without a list.
    pub told_by: Vec<String>,
    /// Keys the host reads.
    pub keys: Vec<HostKey>,
    /// Keys it does not read, but another host or another kind of file has.
    pub foreign: Vec<ForeignKey>,
}

/// A key that a host reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HostKey {
    /// The key.
    pub name: String,
    /// What it may hold.
    pub takes: Vec<Takes>,
    /// The texts it may hold, when there is a list of them.
    pub values: Vec<String>,
    /// Whether what it names is one word, whatever else is not known of it.
    pub one_word: bool,
    /// Whether rules about agents judge what it holds.
    pub elsewhere: bool,
    /// What took its place, for a sentence.
    pub deprecated: Option<String>,
    /// The new name, when nothing else changed.
    pub renamed: Option<String>,
    /// Whether the host knows the key and does not act on it here.
    pub ignored: bool,
}

/// A key of another host.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ForeignKey {
    /// The key.
    pub name: String,
    /// Who reads it, for a sentence.
    pub of: String,
    /// The key that says the same here.
    pub instead: String,
}

/// What a key may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// Text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A word for `true` or `false`: `yes`, `no`, `on`, `off`, `1`, `0`.
    Word,
    /// A number.
    Number,
    /// A list of texts.
    List,
    /// Keys with values.
    Mapping,
    /// A list of mappings.
    Mappings,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    document: Vec<HostDocument>,
}

const TABLES: [&str; 3] = [
    include_str!("../../../rules/packs/hosts/copilot.toml"),
    include_str!("../../../rules/packs/hosts/claude.toml"),
    include_str!("../../../rules/packs/hosts/cursor.toml"),
];

static DOCUMENTS: LazyLock<Vec<HostDocument>> = LazyLock::new(|| {
    let tables = TABLES
        .iter()
        .filter_map(|text| toml::from_str::<Table>(text).ok());
    let mut all: Vec<HostDocument> = tables.flat_map(|table| table.document).collect();
    let models = all.clone();
    for document in &mut all {
        let like = models.iter().find(|model| model.id == document.like);
        if let Some(model) = like {
            document.keys.clone_from(&model.keys);
            document.foreign.clone_from(&model.foreign);
        }
    }
    all
});

/// Folders whose files are read by no host but by tests.
const SAMPLES: [&str; 8] = [
    "test",
    "tests",
    "testdata",
    "test-data",
    "fixtures",
    "__fixtures__",
    "__tests__",
    "examples",
];

impl HostDocument {
    /// Every kind of file that is known.
    pub fn all() -> &'static [HostDocument] {
        &DOCUMENTS
    }

    /// What is known of a key.
    pub fn key(&self, name: &str) -> Option<&HostKey> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Its kinds of file as its host calls them, for a sentence.
    pub fn of_host(&self) -> String {
        format!("{} of {}", self.called, self.host)
    }

    /// The front matter as the host reads it.
    pub fn front_matter<'f>(&self, file: &'f File) -> Cow<'f, Document> {
        let strict = file.front_matter();
        if self.by_line && !strict.errors.is_empty() {
            return Cow::Owned(by_line(file));
        }
        Cow::Borrowed(strict)
    }
}

/// The front matter read line by line, as forgiving hosts do.
pub fn by_line(file: &File) -> Document {
    file.front_matter_block()
        .map(|block| by_line::read(file.text(), block.yaml))
        .unwrap_or_default()
}

impl Repo {
    /// The host's kind of file that a file is; `None` where no host looks.
    pub fn host_document(&self, file: &File) -> Option<&'static HostDocument> {
        let fits = |document: &&HostDocument| {
            self.is_kind(file, &document.id) && (!document.plugin || self.is_in_plugin(file))
        };
        let found = HostDocument::all().iter().find(fits)?;
        (!is_sample(file.path.as_str())).then_some(found)
    }

    /// Whether a folder above the file's own one holds the manifest of a plugin for Claude Code.
    fn is_in_plugin(&self, file: &File) -> bool {
        let folder = file.path.parent();
        let slashes = folder.match_indices('/').map(|(at, _)| at);
        let ends = slashes.chain([folder.len()]);
        let roots = ends.filter_map(|end| plugin_root(folder.get(..end)?));
        let mut manifests = roots.map(|root| format!("{root}.claude-plugin/plugin.json"));
        manifests.any(|manifest| self.file(&manifest).is_some())
    }
}

/// What stands before a folder in which a plugin keeps its files.
fn plugin_root(folder: &str) -> Option<&str> {
    let mut names = ["agents", "commands"].into_iter();
    let root = names.find_map(|name| folder.strip_suffix(name))?;
    (root.is_empty() || root.ends_with('/')).then_some(root)
}

/// Whether a folder of tests or examples lies above the folder that a host looks into.
fn is_sample(path: &str) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let hosts = [".github", ".claude", ".cursor"];
    folders
        .split('/')
        .take_while(|name| !hosts.contains(name))
        .any(|name| SAMPLES.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::{HostDocument, TABLES, Table, is_sample};

    #[test]
    fn tables_can_be_read() {
        for text in TABLES {
            let table: Table = toml::from_str(text).expect("a table");
            assert!(!table.document.is_empty());
        }
        for document in HostDocument::all() {
            assert!(!document.keys.is_empty(), "{}", document.id);
            assert!(document.source.starts_with("https://"), "{}", document.id);
            let kinds = crate::kinds();
            assert!(kinds.contains_key(&document.id), "{}", document.id);
            let named = |name: &String| document.key(name).is_some();
            assert!(document.required.iter().all(named), "{}", document.id);
            assert!(
                document.foreign.iter().all(|key| named(&key.instead)),
                "{}",
                document.id
            );
        }
    }

    #[test]
    fn samples_lie_above_hosts() {
        for (path, sample) in [
            ("tests/a.prompt.md", true),
            ("src/fixtures/.claude/agents/a.md", true),
            (".claude/agents/tests/a.md", false),
            ("prompts/a.prompt.md", false),
        ] {
            assert_eq!(is_sample(path), sample, "{path}");
        }
    }
}
