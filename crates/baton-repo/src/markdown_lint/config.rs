//! The configuration files of markdownlint and markdownlint-cli2.

use std::collections::BTreeMap;

use baton_source::{FileId, RepoPath, Span, SyntaxError};
use baton_syntax::glob::GlobSet;
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::{Document, Entry, Node};
use baton_syntax::yaml;

use super::settings::RuleConfig;
use super::unknown;
use crate::{File, Repo};

/// The most files one configuration may build upon.
const MAX_EXTENDS: usize = 16;

/// Files with options, rules among them, in the order in which the first that is there wins.
const OPTIONS: [&str; 4] = [
    ".markdownlint-cli2.jsonc",
    ".markdownlint-cli2.yaml",
    ".markdownlint-cli2.cjs",
    ".markdownlint-cli2.mjs",
];

/// Files with rules alone, in the same sense.
const RULES: [&str; 6] = [
    ".markdownlint.jsonc",
    ".markdownlint.json",
    ".markdownlint.yaml",
    ".markdownlint.yml",
    ".markdownlint.cjs",
    ".markdownlint.mjs",
];

/// Options that ask for programs of others.
const FOREIGN: [&str; 4] = [
    "customRules",
    "markdownItPlugins",
    "modulePaths",
    "frontMatter",
];

/// A place in a configuration file with what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigRemark {
    /// The file.
    pub file: FileId,
    /// The place; the whole file without one.
    pub span: Option<Span>,
    /// What is wrong or left undone: one sentence without a full stop.
    pub message: String,
}

/// What is said in one folder for the files below it.
#[derive(Default, Clone)]
pub(super) struct Folder {
    /// The folder, with a `/` at its end unless it is the root.
    pub(super) prefix: String,
    /// Patterns of files that are judged, as written; `None` when nothing is said.
    globs: Option<Vec<String>>,
    /// Patterns of files below this folder that are not judged.
    ignores: Option<Vec<String>>,
    /// Rules from a file with options.
    options: Option<RuleConfig>,
    /// Rules from a file with rules alone.
    rules: Option<RuleConfig>,
    no_inline: Option<bool>,
}

/// Everything the configuration files say.
#[derive(Default)]
pub(super) struct Configs {
    /// What holds in a folder that has files of its own, parents included.
    pub(super) folders: BTreeMap<String, Effective>,
    pub(super) broken: Vec<ConfigRemark>,
    pub(super) unsupported: Vec<ConfigRemark>,
}

/// What holds for the files of a folder.
#[derive(Default, Clone)]
pub(super) struct Effective {
    pub(super) globs: Option<(GlobSet, GlobSet)>,
    pub(super) ignores: Vec<(String, GlobSet)>,
    pub(super) rules: RuleConfig,
    pub(super) no_inline: bool,
}

struct Reader<'r> {
    repo: &'r Repo,
    configs: Configs,
    /// Whether there are rules of others, whose names nobody here knows.
    custom: bool,
}

/// Reads every configuration file of a repository.
pub(super) fn read(repo: &Repo) -> Configs {
    let mut reader = Reader {
        repo,
        configs: Configs::default(),
        custom: false,
    };
    let files = repo.files().iter();
    let own = files.filter(|file| file.path.name().starts_with(".markdownlint"));
    let mut prefixes: Vec<&str> = own.map(|file| prefix(&file.path)).collect();
    prefixes.dedup();
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    for prefix in prefixes {
        if let Some(folder) = reader.folder(prefix) {
            folders.insert(prefix.to_owned(), folder);
        }
    }
    for prefix in folders.keys() {
        let chain = folders.values();
        let chain: Vec<&Folder> = chain
            .filter(|one| prefix.starts_with(&one.prefix))
            .collect();
        let effective = reader.effective(&chain);
        reader.configs.folders.insert(prefix.clone(), effective);
    }
    reader.configs
}

impl Reader<'_> {
    fn folder(&mut self, prefix: &str) -> Option<Folder> {
        let first = |names: &[&str]| {
            let mut files = names.iter();
            files.find_map(|name| self.repo.file(&format!("{prefix}{name}")))
        };
        let (options, rules) = (first(&OPTIONS), first(&RULES));
        if options.is_none() && rules.is_none() {
            return None;
        }
        let mut folder = Folder {
            prefix: prefix.to_owned(),
            ..Folder::default()
        };
        if let Some((file, root)) = options.and_then(|file| Some((file, self.parse(file)?))) {
            folder.globs = strings(root.get("globs"));
            folder.ignores = strings(root.get("ignores"));
            self.custom |= root.get("customRules").is_some();
            folder.no_inline = root.get("noInlineConfig").and_then(Node::as_bool);
            let config = root.get("config").filter(|config| config.is_mapping());
            folder.options = config.map(|config| self.extended(file, config, 0));
            let foreign = |entry: &&Entry| FOREIGN.contains(&entry.key.as_str());
            for entry in root.entries().iter().filter(foreign) {
                let message = format!("`{}` is not followed here", entry.key);
                self.unsupported(file, Some(entry.key_span), message);
            }
        }
        if let Some((file, root)) = rules.and_then(|file| Some((file, self.parse(file)?))) {
            folder.rules = Some(self.extended(file, &root, 0));
        }
        Some(folder)
    }

    /// The object in a file; programs are left alone, and what cannot be read is said.
    fn parse(&mut self, file: &File) -> Option<Node> {
        if file.path.name().ends_with("js") {
            let message = "programs are not run to find out how Markdown is judged".to_owned();
            self.unsupported(file, None, message);
            return None;
        }
        let document = document(file);
        for error in document.errors {
            self.broken(file, error);
        }
        let root = document.root?;
        if !root.is_mapping() {
            let message = format!("this is a {}, but settings are an object", root.kind());
            self.broken(file, SyntaxError::new(root.span, message));
            return None;
        }
        Some(root)
    }

    /// Rules with those they extend below them.
    fn extended(&mut self, file: &File, config: &Node, depth: usize) -> RuleConfig {
        let own = RuleConfig::of(config);
        for (span, message) in unknown::remarks(config, self.custom) {
            self.unsupported(file, Some(span), message);
        }
        let Some(base) = config.get("extends").filter(|base| !base.is_null()) else {
            return own;
        };
        let path = base.as_str().and_then(|path| file.path.join(path));
        let base_file = path.and_then(|path| self.repo.file(path.as_str()));
        let Some(base_file) = base_file.filter(|_| depth < MAX_EXTENDS) else {
            let message = "what this extends is no file of the repository".to_owned();
            self.unsupported(file, Some(base.span), message);
            return own;
        };
        match self.parse(base_file) {
            Some(root) => self.extended(base_file, &root, depth + 1).overlaid(&own),
            None => own,
        }
    }

    /// What holds at the end of a chain of folders, outermost first.
    fn effective(&mut self, chain: &[&Folder]) -> Effective {
        let mut effective = Effective::default();
        let (mut options, mut rules) = (None::<RuleConfig>, None);
        for folder in chain {
            if let Some(own) = &folder.options {
                options = Some(options.take().unwrap_or_default().overlaid(own));
            }
            // In one folder a file with rules alone wins; seen from below, options do.
            let own = chain
                .last()
                .is_some_and(|last| last.prefix == folder.prefix);
            if folder.rules.is_some() && (own || folder.options.is_none()) {
                rules.clone_from(&folder.rules);
            } else if folder.options.is_some() {
                rules = None;
            }
            effective.no_inline = folder.no_inline.unwrap_or(effective.no_inline);
            if let Some(ignores) = &folder.ignores {
                let set = self.globs(&folder.prefix, ignores);
                // A list nearer to the file replaces the lists above, except the root's own.
                effective.ignores.retain(|(prefix, _)| prefix.is_empty());
                effective.ignores.push((folder.prefix.clone(), set));
            }
            if let Some(globs) = folder.globs.as_ref().filter(|_| folder.prefix.is_empty()) {
                let (not, wanted): (Vec<&str>, Vec<&str>) = globs
                    .iter()
                    .map(String::as_str)
                    .partition(|glob| glob.starts_with(['!', '#']));
                let not = not.iter().filter_map(|glob| glob.get(1..));
                let not = self.globs("", not);
                effective.globs = Some((self.globs("", wanted), not));
            }
        }
        effective.rules = rules.or(options).unwrap_or_default();
        effective
    }

    /// The set of patterns, each with what lies below the folders it matches.
    fn globs(
        &mut self,
        prefix: &str,
        patterns: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> GlobSet {
        let mut good = Vec::new();
        for pattern in patterns {
            let pattern = pattern
                .as_ref()
                .trim_start_matches("./")
                .trim_end_matches('/');
            match GlobSet::new([pattern]) {
                Ok(_) => good.extend([pattern.to_owned(), format!("{pattern}/**")]),
                Err(error) => self.unreadable(prefix, error.to_string()),
            }
        }
        GlobSet::new(good).unwrap_or_default()
    }

    /// Remarks a pattern, once however many folders it holds in.
    fn unreadable(&mut self, prefix: &str, message: String) {
        let mut files = OPTIONS.iter().map(|name| format!("{prefix}{name}"));
        let file = files.find_map(|path| self.repo.file(&path));
        let remark = file.map(|file| remark(file, None, message));
        let remark = remark.filter(|remark| !self.configs.unsupported.contains(remark));
        self.configs.unsupported.extend(remark);
    }

    fn broken(&mut self, file: &File, error: SyntaxError) {
        let remark = remark(file, Some(error.span), error.message);
        self.configs.broken.push(remark);
    }

    fn unsupported(&mut self, file: &File, span: Option<Span>, message: String) {
        self.configs.unsupported.push(remark(file, span, message));
    }
}

fn remark(file: &File, span: Option<Span>, message: String) -> ConfigRemark {
    ConfigRemark {
        file: file.id,
        span,
        message,
    }
}

fn document(file: &File) -> Document {
    match file.path.name().rsplit_once('.') {
        Some((_, "yaml" | "yml")) => yaml::parse(file.text(), 0),
        _ => json::parse(file.text(), Dialect::WithComments),
    }
}

fn strings(list: Option<&Node>) -> Option<Vec<String>> {
    let list = list.filter(|list| list.is_sequence())?;
    let texts = list.items().iter().filter_map(Node::as_str);
    Some(texts.map(str::to_owned).collect())
}

/// The folder of a path, with a `/` at its end unless it is the root.
pub(super) fn prefix(path: &RepoPath) -> &str {
    let path = path.as_str();
    let end = path.rfind('/').map_or(0, |slash| slash + 1);
    path.get(..end).unwrap_or("")
}
