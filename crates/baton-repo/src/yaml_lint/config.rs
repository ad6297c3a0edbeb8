//! The configuration files of yamllint.

use std::collections::BTreeMap;

use baton_source::{FileId, Span};
use baton_syntax::node::{Entry, Node};
use baton_syntax::yaml;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::YamlRule;
use super::names::Level;
use crate::{File, Repo};

/// The files at the root that configure yamllint; the first that is there wins.
const NAMES: [&str; 3] = [".yamllint", ".yamllint.yaml", ".yamllint.yml"];
/// The most files one configuration may build upon.
const MAX_EXTENDS: usize = 16;
/// Keys of every rule.
const COMMON: [&str; 3] = ["level", "ignore", "ignore-from-file"];
/// Keys of a configuration.
const KEYS: [&str; 6] = [
    "extends",
    "rules",
    "ignore",
    "ignore-from-file",
    "yaml-files",
    "locale",
];

/// A place in a configuration file with what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlRemark {
    /// The file.
    pub file: FileId,
    /// The place.
    pub span: Span,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
}

/// What one rule is told.
#[derive(Debug, Clone, Default)]
pub struct YamlSetting {
    /// Whether its findings are warnings.
    pub is_warning: bool,
    options: Vec<Entry>,
    ignore: Option<Gitignore>,
}

/// What a configuration says.
#[derive(Debug, Clone, Default)]
pub(super) struct Config {
    rules: BTreeMap<YamlRule, YamlSetting>,
    ignore: Option<Gitignore>,
    /// Names of files that are judged, when it says so.
    files: Option<Gitignore>,
}

struct Reader<'r> {
    repo: &'r Repo,
    remarks: Vec<YamlRemark>,
}

/// Reads the configuration of a repository, and what cannot be followed in it.
pub(super) fn read(repo: &Repo) -> (Option<Config>, Vec<YamlRemark>) {
    let mut names = NAMES.iter();
    let Some(file) = names.find_map(|name| repo.file(name)) else {
        return (None, Vec::new());
    };
    let mut reader = Reader {
        repo,
        remarks: Vec::new(),
    };
    let config = reader.config(file, 0);
    (Some(config), reader.remarks)
}

impl YamlSetting {
    /// An option; `None` when it is not set.
    pub fn option(&self, name: &str) -> Option<&Node> {
        let mut entries = self.options.iter().rev();
        let entry = entries.find(|entry| entry.key == name)?;
        Some(&entry.value)
    }
}

impl Config {
    /// What holds where nothing is configured.
    pub(super) fn default_rules() -> Config {
        Config::of_level(|rule| rule.row().map(|row| (row.default, None)))
    }

    fn relaxed() -> Config {
        Config::of_level(|rule| {
            let row = rule.row()?;
            Some((row.relaxed, row.relaxed_options.as_deref()))
        })
    }

    fn of_level(said: impl Fn(YamlRule) -> Option<(Level, Option<&'static str>)>) -> Config {
        let rules = YamlRule::all().filter_map(|rule| {
            let (level, options) = said(rule)?;
            let root = options.and_then(|options| yaml::parse(options, 0).root);
            let setting = YamlSetting {
                is_warning: level == Level::Warning,
                options: root.map_or_else(Vec::new, |root| root.entries().to_vec()),
                ignore: None,
            };
            (level != Level::Off).then_some((rule, setting))
        });
        Config {
            rules: rules.collect(),
            ..Config::default()
        }
    }

    pub(super) fn setting(&self, rule: YamlRule) -> Option<&YamlSetting> {
        self.rules.get(&rule)
    }

    /// Whether a file is judged at all.
    pub(super) fn judges(&self, path: &str) -> bool {
        let ignored = self.ignore.as_ref().is_some_and(|set| covers(set, path));
        let name = path.rsplit('/').next().unwrap_or(path);
        let named = self.files.as_ref().is_none_or(|set| covers(set, name));
        named && !ignored
    }

    /// The rules that run on a file, as bits.
    pub(super) fn rules_on(&self, path: &str) -> u32 {
        let rules = self.rules.iter().filter(|(_, setting)| {
            let ignore = setting.ignore.as_ref();
            !ignore.is_some_and(|set| covers(set, path))
        });
        rules.fold(0, |bits, (rule, _)| bits | rule.bit())
    }
}

impl Reader<'_> {
    fn config(&mut self, file: &File, depth: usize) -> Config {
        let document = yaml::parse(file.text(), 0);
        for error in &document.errors {
            self.remark(file, error.span, error.message.clone());
        }
        let Some(root) = document.root else {
            return Config::default_rules();
        };
        if !root.is_mapping() {
            let message = format!("this is a {}, but settings are a mapping", root.kind());
            self.remark(file, root.span, message);
            return Config::default_rules();
        }
        for entry in root.entries() {
            if !KEYS.contains(&entry.key.as_str()) {
                let message = format!("yamllint has no setting `{}`", entry.key);
                self.remark(file, entry.key_span, message);
            }
        }
        let base = root.get("extends");
        let mut config = base.map_or_else(Config::default, |base| self.base(file, base, depth));
        for entry in root.get("rules").map_or(&[][..], Node::entries) {
            self.rule(file, entry, &mut config);
        }
        if let Some(ignore) = self.patterns(&root) {
            config.ignore = Some(ignore);
        }
        // What a base says about names of files is not handed on.
        let files = root.get("yaml-files").map(lines);
        config.files = files.map(|lines| gitignore(&lines));
        config
    }

    fn base(&mut self, file: &File, base: &Node, depth: usize) -> Config {
        let name = base.as_str().unwrap_or("");
        match name {
            "default" => return Config::default_rules(),
            "relaxed" => return Config::relaxed(),
            _ => {}
        }
        // yamllint looks from where it is started: the root.
        let path = name.trim_start_matches("./");
        match self.repo.file(path).filter(|_| depth < MAX_EXTENDS) {
            Some(base) => self.config(base, depth + 1),
            None => {
                let message = format!(
                    "`{name}` is neither `default` nor `relaxed` nor a file of the repository"
                );
                self.remark(file, base.span, message);
                Config::default_rules()
            }
        }
    }

    fn rule(&mut self, file: &File, entry: &Entry, config: &mut Config) {
        let Some(rule) = YamlRule::of(&entry.key) else {
            let message = format!("yamllint has no rule `{}`", entry.key);
            self.remark(file, entry.key_span, message);
            return;
        };
        let word = entry.value.as_str();
        if word == Some("disable") || entry.value.as_bool() == Some(false) {
            config.rules.remove(&rule);
            return;
        }
        let is_enabled = word == Some("enable");
        if !is_enabled && !entry.value.is_mapping() {
            let message = format!("`{}` takes `enable`, `disable` or a mapping", entry.key);
            self.remark(file, entry.value.span, message);
            return;
        }
        let setting = config.rules.entry(rule).or_default();
        for option in entry.value.entries() {
            match option.key.as_str() {
                "level" => setting.is_warning = option.value.as_str() == Some("warning"),
                "ignore" | "ignore-from-file" => {}
                _ => setting.options.push(option.clone()),
            }
        }
        if let Some(ignore) = self.patterns(&entry.value) {
            setting.ignore = Some(ignore);
        }
        let known = rule.row().map_or(&[][..], |row| row.options.as_slice());
        for option in entry.value.entries() {
            let name = option.key.as_str();
            if !known.iter().any(|known| known == name) && !COMMON.contains(&name) {
                let message = format!("the rule `{}` has no option `{name}`", entry.key);
                self.remark(file, option.key_span, message);
            }
        }
    }

    /// The files that a configuration or a rule leaves out.
    fn patterns(&self, node: &Node) -> Option<Gitignore> {
        if let Some(from) = node.get("ignore-from-file") {
            let files = lines(from);
            let files = files.iter().filter_map(|path| {
                let path = path.trim_start_matches("./");
                self.repo.file(path)
            });
            let lines: Vec<&str> = files.flat_map(|file| file.text().lines()).collect();
            return Some(gitignore(&lines));
        }
        Some(gitignore(&lines(node.get("ignore")?)))
    }

    fn remark(&mut self, file: &File, span: Span, message: String) {
        self.remarks.push(YamlRemark {
            file: file.id,
            span,
            message,
        });
    }
}

/// The lines of a text, or the texts of a list.
fn lines(node: &Node) -> Vec<&str> {
    match node.as_str() {
        Some(text) => text.lines().collect(),
        None => node.items().iter().filter_map(Node::as_str).collect(),
    }
}

/// Patterns as git reads them; those it cannot read match nothing.
fn gitignore(lines: &[&str]) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for line in lines {
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

fn covers(set: &Gitignore, path: &str) -> bool {
    set.matched_path_or_any_parents(path, false).is_ignore()
}
