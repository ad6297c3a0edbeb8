//! Which schema judges which files: what the settings of editors say.

use baton_source::Location;
use baton_syntax::glob::GlobSet;
use baton_syntax::node::{Entry, Node};

use crate::{File, Repo};

/// A schema and the files it judges.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Patterns of the files, as they are written.
    pub patterns: Vec<Pattern>,
    /// The schema.
    pub schema: SchemaPlace,
}

/// A path, a glob, or either after `!`, which takes files out again.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// What is written.
    pub text: String,
    /// Where; `None` in the configuration.
    pub at: Option<Location>,
}

/// Where a schema is.
#[derive(Debug, Clone)]
pub struct SchemaPlace {
    /// Where that is written; `None` in the configuration.
    pub at: Option<Location>,
    /// What that leads to.
    pub target: Target,
}

/// What a mapping leads to.
#[derive(Debug, Clone)]
pub enum Target {
    /// A path in the repository; `None` when it leads out of it.
    Local(Option<String>),
    /// An address elsewhere.
    Remote(String),
    /// The schema itself.
    Inline(Box<Node>),
}

impl Mapping {
    /// The files it judges, in path order.
    pub fn files<'r>(&self, repo: &'r Repo) -> Vec<&'r File> {
        let (out, within): (Vec<_>, Vec<_>) = self
            .patterns
            .iter()
            .partition(|pattern| pattern.text.starts_with('!'));
        let out = GlobSet::new(out.into_iter().map(Pattern::glob)).ok();
        let is_out = |file: &&File| {
            let matches = |set: &GlobSet| set.matches(file.path.as_str());
            out.as_ref().is_some_and(matches)
        };
        let mut files: Vec<&File> = Vec::new();
        for pattern in within {
            files.extend(pattern.files(repo).into_iter().filter(|file| !is_out(file)));
        }
        files.sort_by_key(|file| file.id);
        files.dedup_by_key(|file| file.id);
        files
    }
}

impl Pattern {
    /// Whether it names one file and nothing else.
    pub fn is_literal(&self) -> bool {
        !self.text.contains(['*', '?', '[', '{', '!'])
    }

    /// The files it matches. A name without `/` stands for files of that name in any folder.
    pub fn files<'r>(&self, repo: &'r Repo) -> Vec<&'r File> {
        let glob = self.glob();
        if self.is_literal() && !glob.starts_with("**/") {
            return repo.file(&glob).into_iter().collect();
        }
        let Ok(set) = GlobSet::new([glob]) else {
            return Vec::new();
        };
        let files = repo.files().iter();
        files
            .filter(|file| set.matches(file.path.as_str()))
            .collect()
    }

    fn glob(&self) -> String {
        let text = self.text.trim_start_matches('!');
        let anchored = text.strip_prefix('/').or_else(|| text.strip_prefix("./"));
        match anchored {
            Some(path) => path.to_owned(),
            None if text.contains('/') => text.to_owned(),
            None => format!("**/{text}"),
        }
    }
}

/// Where a reference in a file of this folder leads; a fragment is left out.
pub fn target(folder: &str, reference: &str) -> Target {
    let reference = reference.split('#').next().unwrap_or_default();
    let scheme = reference.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme =
        |scheme: &str| scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if scheme.is_some_and(is_scheme) || reference.starts_with("//") {
        return Target::Remote(reference.to_owned());
    }
    let mut parts: Vec<&str> = match reference.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Target::Local(None);
                }
            }
            part => parts.push(part),
        }
    }
    Target::Local(Some(parts.join("/")))
}

/// The mappings in the settings of editors: `json.schemas` and `yaml.schemas`.
pub fn of_editors(repo: &Repo) -> Vec<Mapping> {
    let mut mappings = Vec::new();
    for file in repo.of_kind("editor-settings") {
        let Some(settings) = file.node() else {
            continue;
        };
        let json = settings.get("json.schemas").map_or(&[][..], Node::items);
        mappings.extend(json.iter().filter_map(|entry| of_json(file, entry)));
        let yaml = settings.get("yaml.schemas").map_or(&[][..], Node::entries);
        mappings.extend(yaml.iter().map(|entry| of_yaml(file, entry)));
    }
    mappings
}

fn of_json(file: &File, entry: &Node) -> Option<Mapping> {
    let patterns = entry
        .get("fileMatch")
        .map(|matches| patterns(file, matches));
    let url = entry.get("url").and_then(|url| Some((url, url.as_str()?)));
    let schema = match (entry.entry("schema"), url) {
        (Some(inline), _) => SchemaPlace {
            at: Some(file.at(inline)),
            target: Target::Inline(Box::new(inline.value.clone())),
        },
        (None, Some((node, url))) => SchemaPlace {
            at: Some(file.at(node)),
            target: target("", url),
        },
        (None, None) => return None,
    };
    Some(Mapping {
        patterns: patterns.unwrap_or_default(),
        schema,
    })
}

fn of_yaml(file: &File, entry: &Entry) -> Mapping {
    Mapping {
        patterns: patterns(file, &entry.value),
        schema: SchemaPlace {
            at: Some(file.at(entry)),
            target: target("", &entry.key),
        },
    }
}

/// A text or a list of texts.
fn patterns(file: &File, node: &Node) -> Vec<Pattern> {
    let all = std::iter::once(node).chain(node.items());
    let texts = all.filter_map(|node| Some((node, node.as_str()?)));
    // Names that begin with `%` stand for folders of the editor.
    let ours = texts.filter(|(_, text)| !text.starts_with('%'));
    let pattern = |(node, text): (&Node, &str)| Pattern {
        text: text.to_owned(),
        at: Some(file.at(node)),
    };
    ours.map(pattern).collect()
}
