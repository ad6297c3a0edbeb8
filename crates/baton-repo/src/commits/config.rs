//! The configuration files of commitlint, as far as they are data.

use baton_source::Span;
use baton_syntax::commit::HeaderStyle;
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::{Document, Entry, Node};
use baton_syntax::{javascript, yaml};

use super::{CommitConventions, CommitOrigin, CommitRemark, CommitRule, PRESETS, rules_of};
use crate::{File, Repo};

/// Files at the root in the order in which commitlint asks for them.
const NAMES: [&str; 18] = [
    "package.json",
    "package.yaml",
    ".commitlintrc",
    ".commitlintrc.json",
    ".commitlintrc.yaml",
    ".commitlintrc.yml",
    ".commitlintrc.js",
    ".commitlintrc.cjs",
    ".commitlintrc.mjs",
    "commitlint.config.js",
    "commitlint.config.cjs",
    "commitlint.config.mjs",
    ".commitlintrc.ts",
    ".commitlintrc.cts",
    ".commitlintrc.mts",
    "commitlint.config.ts",
    "commitlint.config.cts",
    "commitlint.config.mts",
];
/// The most files one configuration may build upon.
const MAX_EXTENDS: usize = 16;
/// Keys that decide nothing about a message.
const SILENT: [&str; 6] = [
    "$schema",
    "extends",
    "formatter",
    "helpUrl",
    "prompt",
    "rules",
];

/// What is read so far.
struct Reader<'r> {
    repo: &'r Repo,
    read: CommitConventions,
}

/// Reads the configuration of a repository; `None` when it has none.
pub(super) fn read(repo: &Repo) -> Option<CommitConventions> {
    let files = NAMES.iter().filter_map(|name| repo.file(name));
    let (file, document) = files
        .filter(|file| file.problem().is_none())
        .find_map(|file| Some((file, document(file)?)))?;
    let mut reader = Reader {
        repo,
        read: CommitConventions {
            origin: CommitOrigin::File(file.id),
            style: Some(HeaderStyle::Angular),
            default_ignores: true,
            ..CommitConventions::default()
        },
    };
    reader.document(file, document, 0);
    Some(reader.read)
}

/// What a file says about commitlint; `None` when that is nothing.
fn document(file: &File) -> Option<Document> {
    let name = file.path.name();
    let text = file.text();
    let extension = name.rsplit('.').next().unwrap_or(name);
    let mut document = match extension {
        "json" => json::parse(text, Dialect::Strict),
        "js" | "cjs" | "mjs" | "ts" | "cts" | "mts" => javascript::parse(text),
        // A file without an extension is YAML, and so may be JSON.
        _ => yaml::parse(text, 0),
    };
    if name.starts_with("package.") {
        let root = document.root.take()?;
        document.root = Some(root.get("commitlint")?.clone());
        document.errors.clear();
    }
    Some(document)
}

impl Reader<'_> {
    fn remark(&mut self, file: &File, span: Span, message: impl Into<String>) {
        self.read.remarks.push(CommitRemark {
            file: file.id,
            span,
            message: message.into(),
        });
    }

    fn document(&mut self, file: &File, document: Document, depth: usize) {
        for error in document.errors {
            self.remark(file, error.span, error.message);
        }
        let Some(root) = document.root else {
            return;
        };
        if let Some(extends) = root.get("extends") {
            let bases = std::iter::once(extends).chain(extends.items());
            for (base, name) in bases.filter_map(|base| Some((base, base.as_str()?))) {
                self.base((file, base.span), name, depth);
            }
        }
        for entry in root.entries() {
            self.entry(file, entry);
        }
        for entry in root.get("rules").map(Node::entries).unwrap_or_default() {
            match CommitRule::read(&entry.value) {
                Ok(rule) => {
                    self.read.rules.insert(entry.key.clone(), rule);
                }
                Err(why) => self.remark(file, entry.value.span, why),
            }
        }
    }

    /// A configuration that this one builds upon.
    fn base(&mut self, (file, span): (&File, Span), name: &str, depth: usize) {
        let mut presets = PRESETS.values();
        if let Some(preset) = presets.find(|preset| preset.names.iter().any(|own| own == name)) {
            self.read.rules.extend(rules_of(&preset.rules));
            self.read.style = Some(preset.style());
            return;
        }
        let beside = name.starts_with('.');
        let path = beside.then(|| file.path.join(name)).flatten();
        let base = path.and_then(|path| {
            let ends = ["", ".js", ".json", ".cjs", ".mjs"].iter();
            let mut paths = ends.map(|end| format!("{path}{end}"));
            paths.find_map(|path| self.repo.file(&path))
        });
        match base.and_then(|base| Some((base, document(base)?))) {
            Some((base, document)) if depth < MAX_EXTENDS => {
                self.document(base, document, depth + 1);
            }
            _ if beside => self.remark(file, span, format!("`{name}` is not there")),
            _ => self.remark(
                file,
                span,
                format!("`{name}` is a package, and what it says is not known here"),
            ),
        }
    }

    /// What stands beside the rules.
    fn entry(&mut self, file: &File, entry: &Entry) {
        let (key, value) = (entry.key.as_str(), &entry.value);
        match key {
            "defaultIgnores" => self.read.default_ignores = value.as_bool() != Some(false),
            "parserPreset" => {
                self.read.style = match value.as_str() {
                    Some("conventional-changelog-conventionalcommits") => {
                        Some(HeaderStyle::Conventional)
                    }
                    Some("conventional-changelog-angular") => Some(HeaderStyle::Angular),
                    _ => None,
                };
                if self.read.style.is_none() {
                    let message = "this says how headers are read, which is not followed here, so \
                                   nothing is said about type, scope and subject";
                    self.remark(file, entry.key_span, message);
                }
            }
            "plugins" | "ignores" if value.items().is_empty() => {}
            "plugins" => self.remark(file, entry.key_span, "rules of plugins are not known here"),
            _ if SILENT.contains(&key) => {}
            _ => self.remark(
                file,
                entry.key_span,
                format!("`{key}` is not known to commitlint"),
            ),
        }
    }
}
