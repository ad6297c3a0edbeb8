//! What `baton.toml` says, with everything it extends, ready to use.
//!
//! Nothing here looks at the repository: `project` finds the file.

mod error;
mod file;
mod gates;
mod layer;
pub(crate) mod reflect;
pub(crate) mod schema;
mod version;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use baton_check::{Level, PathOverride};
use baton_flow::gate::GatePolicy;
use baton_repo::Options;
use baton_rules::Settings;
use baton_source::Severity;
use serde::Deserialize as _;

pub(crate) use error::ConfigError;
use layer::Layer;

/// The name of the file that is searched.
pub(crate) const FILE_NAME: &str = "baton.toml";

/// The effective configuration.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The files it comes from, the most basic one first.
    pub(crate) sources: Vec<PathBuf>,
    /// The least severity that fails a run.
    pub(crate) fail_on: Option<Severity>,
    /// The branch that others start from.
    pub(crate) default_branch: Option<String>,
    /// Selectors of what runs; empty for everything that runs unasked.
    pub(crate) select: Vec<String>,
    /// Selectors of what does not run.
    pub(crate) ignore: Vec<String>,
    /// The shape of the repository.
    pub(crate) repository: Options,
    /// The file with findings that were there before.
    pub(crate) baseline: Option<PathBuf>,
    /// Levels of rules, by slug.
    pub(crate) levels: BTreeMap<&'static str, Level>,
    /// Levels for some paths; later entries win.
    pub(crate) overrides: Vec<Override>,
    /// Settings of the rules.
    pub(crate) settings: Settings,
    /// Those that are written down.
    pub(crate) options: toml::Table,
    /// Who decides at gates.
    pub(crate) gates: GatePolicy,
}

/// Levels for some paths, and where that is written.
#[derive(Debug)]
pub(crate) struct Override {
    /// What it says.
    pub(crate) levels: PathOverride,
    /// File and line, for notices.
    pub(crate) place: String,
}

/// Reads a configuration file and what it extends from disk.
pub(crate) fn load(path: &Path) -> Result<Config> {
    load_with(path, &|path| std::fs::read(path))
}

/// Reads a configuration file and what it extends, wherever they are kept.
pub(crate) fn load_with(path: &Path, reader: layer::Read<'_>) -> Result<Config> {
    let layers = layer::read(path, reader)?;
    let mut config = Config::default();
    let single = layers.len() == 1;
    for layer in layers {
        if single {
            config.settings = layer.settings.clone();
        }
        merge_tables(&mut config.options, layer.options.clone());
        apply(&mut config, layer);
    }
    if !single {
        // Each file was valid alone, and merging adds no keys.
        config.settings = Settings::deserialize(config.options.clone())?;
    }
    Ok(config)
}

/// Puts a file's words over what the files it extends say.
fn apply(config: &mut Config, layer: Layer) {
    config.sources.push(layer.path);
    config.fail_on = layer.fail_on.or(config.fail_on);
    config.default_branch = layer.default_branch.or(config.default_branch.take());
    if !layer.select.is_empty() {
        config.select = layer.select;
    }
    config.ignore.extend(layer.ignore);
    config.baseline = layer.baseline.or(config.baseline.take());
    let repository = &mut config.repository;
    repository.pack = layer.pack.or(repository.pack.take());
    repository.generation = layer.generation.or(repository.generation.take());
    repository.kinds.extend(layer.kinds);
    repository.exclude.extend(layer.exclude);
    if let Some(size) = layer.max_file_size {
        repository.max_file_size = size;
    }
    layer.gates.over(&mut config.gates);
    config.levels.extend(layer.levels);
    config.overrides.extend(layer.overrides);
}

fn merge_tables(base: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => {
                merge_tables(below, above);
            }
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use baton_check::Level;
    use baton_source::Severity;

    use super::{ConfigError, load};
    use crate::terminal::Terminal;

    /// What is said about a configuration, or that it is fine.
    fn said(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("baton.toml");
        fs::write(&path, text).unwrap();
        match load(&path) {
            Ok(_) => "fine".to_owned(),
            Err(error) => {
                let error = error.downcast_ref::<ConfigError>().expect("a place");
                let folder = format!("{}/", folder.path().display());
                let text = error.render(Terminal::PLAIN).replace(&folder, "");
                text.trim_end().to_owned()
            }
        }
    }

    #[test]
    fn every_key_is_understood() {
        let text = r#"
required-version = ">=0.1, <1"
exclude = ["vendor/**"]
max-file-size = 1000000
fail-on = "warning"
baseline = "baton-baseline.json"
select = ["all"]
ignore = ["missing-agent-key"]
[layout]
pack = "apex"
generation = "june"
[layout.kinds]
agent = ["agents/*.md"]
[rules]
missing-front-matter = "warning"
agent-required-key = "off"
[[overrides]]
paths = ["docs/**"]
[overrides.rules]
missing-front-matter = "info"
[options.agents]
required-keys = ["name"]
"#;
        assert_eq!(said(text), "fine");
    }

    #[test]
    fn unknown_keys_are_shown_with_the_nearest_known_one() {
        insta::assert_snapshot!(said("fail_on = 'error'\n"), @r#"
        error: there is no key `fail_on` here
           ,-[baton.toml:1:1]
         1 | fail_on = 'error'
           : ^^^^^^^
           `----
          help: Did you mean `fail-on`?
        "#);
        insta::assert_snapshot!(said("[options.agents]\nrequired-key = []\n"), @r#"
        error: there is no key `required-key` here
           ,-[baton.toml:2:1]
         2 | required-key = []
           : ^^^^^^^^^^^^
           `----
          help: Did you mean `required-keys`?
        "#);
        insta::assert_snapshot!(said("[layout.kinds]\nagents = []\n"), @r#"
        error: there is no kind of file `agents`
           ,-[baton.toml:2:1]
         2 | agents = []
           : ^^^^^^
           `----
          help: Did you mean `agent`?
        "#);
    }

    #[test]
    fn unknown_rules_and_words_are_shown() {
        insta::assert_snapshot!(said("[rules]\nmissing-agent-keys = 'off'\n"), @r#"
        error: there is no rule `missing-agent-keys`
           ,-[baton.toml:2:1]
         2 | missing-agent-keys = 'off'
           : ^^^^^^^^^^^^^^^^^^
           `----
          help: Did you mean `missing-agent-key`?
        "#);
        insta::assert_snapshot!(said("[rules]\n'validate:agents' = 'off'\n"), @r#"
        error: `validate:agents` stands for several rules, and levels belong to single ones
           ,-[baton.toml:2:1]
         2 | 'validate:agents' = 'off'
           : ^^^^^^^^^^^^^^^^^
           `----
          help: Name the rules, or turn them all off with `ignore = ["validate:agents"]`.
        "#);
        insta::assert_snapshot!(said("[rules]\nmissing-agent-key = 'warn'\n"), @r#"
        error: `warn` is not a level
           ,-[baton.toml:2:21]
         2 | missing-agent-key = 'warn'
           :                     ^^^^^^
           `----
          help: Write `error`, `warning`, `info` or `off`.
        "#);
        insta::assert_snapshot!(said("ignore = ['validate:agent']\n"), @r#"
        error: there is no check, family or rule `validate:agent`
           ,-[baton.toml:1:11]
         1 | ignore = ['validate:agent']
           :           ^^^^^^^^^^^^^^^^
           `----
          help: Did you mean `validate:agents`?
        "#);
    }

    #[test]
    fn other_wrong_words_are_shown() {
        insta::assert_snapshot!(said("[layout]\npack = 'apx'\n"), @r#"
        error: there is no pack `apx`
           ,-[baton.toml:2:8]
         2 | pack = 'apx'
           :        ^^^^^
           `----
          help: Did you mean `apex`?
        "#);
        insta::assert_snapshot!(said("exclude = ['a[']\n"), @r#"
        error: `a[` is not a path pattern: unclosed character class; missing ']'
           ,-[baton.toml:1:12]
         1 | exclude = ['a[']
           :            ^^^^
           `----
        "#);
        insta::assert_snapshot!(said("required-version = '>=99'\n"), @r#"
        error: this repository wants baton `>=99`, and this is 0.1.0
           ,-[baton.toml:1:20]
         1 | required-version = '>=99'
           :                    ^^^^^^
           `----
          help: Install a version that fits.
        "#);
        insta::assert_snapshot!(said("fail-on = \n"), @r#"
        error: string values must be quoted, expected literal string
           ,-[baton.toml:1:11]
         1 | fail-on = 
           :           ^
           `----
        "#);
    }

    #[test]
    fn a_file_wins_over_what_it_extends() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write(
            "base.toml",
            "fail-on = 'info'\nexclude = ['a/**']\n[rules]\nmissing-agent-key = 'off'\n\
             missing-front-matter = 'info'\n[options.agents]\nrequired-keys = ['one']\n",
        );
        write(
            "baton.toml",
            "extends = ['base.toml']\nexclude = ['b/**']\n[rules]\nmissing-agent-key = 'warning'\n",
        );
        let config = load(&folder.path().join("baton.toml")).unwrap();
        assert_eq!(config.sources.len(), 2);
        assert_eq!(config.fail_on, Some(Severity::Info));
        assert_eq!(config.repository.exclude, ["a/**", "b/**"]);
        assert_eq!(
            config.levels.get("missing-agent-key"),
            Some(&Level::At(Severity::Warning))
        );
        assert_eq!(
            config.settings.agents.required_keys,
            Some(vec!["one".to_owned()])
        );
    }

    #[test]
    fn circles_and_missing_files_are_refused() {
        insta::assert_snapshot!(said("extends = ['baton.toml']\n"), @r#"
        error: `baton.toml` extends itself
           ,-[baton.toml:1:12]
         1 | extends = ['baton.toml']
           :            ^^^^^^^^^^^^
           `----
          help: Break the circle: remove one of the `extends` entries.
        "#);
        insta::assert_snapshot!(said("extends = ['none.toml']\n"), @r#"
        error: there is no file `none.toml`
           ,-[baton.toml:1:12]
         1 | extends = ['none.toml']
           :            ^^^^^^^^^^^
           `----
        "#);
    }
}
