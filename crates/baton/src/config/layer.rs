//! One configuration file, checked word by word, and the files it extends.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use baton_check::{Level, PathOverride, select};
use baton_repo::packs;
use baton_rules::{CHECKS, RULES, Settings};
use baton_source::{LineIndex, Severity, Span, nearest};
use baton_syntax::glob;

use super::file::{ConfigFile, OptionsTable, OverrideTable, Word};
use super::gates::GatesTable;
use super::{ConfigError, Override, version};

/// One file's words.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) path: PathBuf,
    pub(crate) fail_on: Option<Severity>,
    pub(crate) default_branch: Option<String>,
    pub(crate) baseline: Option<PathBuf>,
    pub(crate) select: Vec<String>,
    pub(crate) ignore: Vec<String>,
    pub(crate) pack: Option<String>,
    pub(crate) generation: Option<String>,
    pub(crate) kinds: BTreeMap<String, Vec<String>>,
    pub(crate) exclude: Vec<String>,
    pub(crate) max_file_size: Option<usize>,
    pub(crate) levels: BTreeMap<&'static str, Level>,
    pub(crate) overrides: Vec<Override>,
    pub(crate) settings: Settings,
    pub(crate) options: toml::Table,
    pub(crate) gates: GatesTable,
}

/// A file while it is read.
struct Source<'a> {
    shown: &'a str,
    text: &'a str,
}

/// How a file is read: from disk, or as git keeps it.
pub(crate) type Read<'a> = &'a dyn Fn(&Path) -> io::Result<Vec<u8>>;

/// Reads a file after everything it extends.
pub(crate) fn read(path: &Path, reader: Read<'_>) -> Result<Vec<Layer>> {
    let mut layers = Vec::new();
    read_into(path, reader, &mut Vec::new(), &mut layers)?;
    Ok(layers)
}

fn read_into(
    path: &Path,
    reader: Read<'_>,
    open: &mut Vec<PathBuf>,
    layers: &mut Vec<Layer>,
) -> Result<()> {
    let shown = path.display().to_string();
    let bytes = reader(path).with_context(|| format!("cannot read `{shown}`"))?;
    let text = String::from_utf8(bytes).with_context(|| format!("`{shown}` is not UTF-8"))?;
    let source = Source {
        shown: &shown,
        text: &text,
    };
    let file: ConfigFile = toml::from_str(&text).map_err(|error| syntax(&source, &error))?;
    if let Some(required) = &file.required_version {
        require(&source, required)?;
    }
    open.push(path.canonicalize().unwrap_or_else(|_| path.to_owned()));
    for word in &file.extends {
        let base = path.parent().unwrap_or(Path::new("")).join(word.get_ref());
        let canonical = base.canonicalize().unwrap_or_else(|_| base.clone());
        if reader(&base).is_err() {
            let message = format!("there is no file `{}`", base.display());
            return Err(source.error(word.span(), message, None).into());
        }
        if open.contains(&canonical) {
            let message = format!("`{}` extends itself", word.get_ref());
            let help = "Break the circle: remove one of the `extends` entries.";
            return Err(source
                .error(word.span(), message, Some(help.to_owned()))
                .into());
        }
        read_into(&base, reader, open, layers)?;
    }
    open.pop();
    layers.push(layer(&source, path, file)?);
    Ok(())
}

fn layer(source: &Source<'_>, path: &Path, file: ConfigFile) -> Result<Layer> {
    let OptionsTable { options } = toml::from_str(source.text)?;
    let lines = LineIndex::new(source.text);
    let mut overrides = Vec::new();
    for table in &file.overrides {
        overrides.push(path_override(source, &lines, table)?);
    }
    check_layout(source, &file)?;
    let fail_on = file.fail_on.as_ref();
    let folder = path.parent().unwrap_or(Path::new(""));
    let baseline = file.baseline.as_ref();
    Ok(Layer {
        path: path.to_owned(),
        fail_on: fail_on.map(|word| severity(source, word)).transpose()?,
        default_branch: file.default_branch,
        baseline: baseline.map(|word| folder.join(word.get_ref())),
        select: selectors(source, &file.select)?,
        ignore: selectors(source, &file.ignore)?,
        kinds: kinds(source, &file.layout.kinds)?,
        exclude: globs(source, &file.exclude)?,
        levels: levels(source, &file.rules)?,
        pack: file.layout.pack.map(Word::into_inner),
        generation: file.layout.generation.map(Word::into_inner),
        max_file_size: file.max_file_size,
        overrides,
        settings: file.options,
        options,
        gates: file.gates,
    })
}

impl Source<'_> {
    fn error(&self, at: Range<usize>, message: String, help: Option<String>) -> ConfigError {
        ConfigError {
            path: self.shown.to_owned(),
            text: self.text.to_owned(),
            span: Span::new(at.start, at.end),
            message,
            help,
        }
    }

    /// An error about a word for which there may be a better one.
    fn unknown(&self, word: &Word, message: String, suggestion: Option<&str>) -> ConfigError {
        let help = suggestion.map(|known| format!("Did you mean `{known}`?"));
        self.error(word.span(), message, help)
    }
}

/// What the TOML reader could not take, with a suggestion for an unknown key.
fn syntax(source: &Source<'_>, error: &toml::de::Error) -> ConfigError {
    let message = error.message().trim().replace('\n', ", ");
    let span = error.span().unwrap_or(0..0);
    let mut quoted = message.split('`').skip(1).step_by(2);
    let (Some(name), true) = (quoted.next(), message.starts_with("unknown field")) else {
        let (message, help) = super::words::plain(&message, source.text.get(span.clone()));
        return source.error(span, message, help);
    };
    let known: Vec<&str> = quoted.collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None if known.is_empty() => "There are no keys here yet.".to_owned(),
        None => format!("The keys here are `{}`.", known.join("`, `")),
    };
    source.error(span, format!("there is no key `{name}` here"), Some(help))
}

fn require(source: &Source<'_>, required: &Word) -> Result<()> {
    let (current, wanted) = (env!("CARGO_PKG_VERSION"), required.get_ref());
    let (message, help) = match version::satisfies(current, wanted) {
        Some(true) => return Ok(()),
        Some(false) => (
            format!("this repository wants baton `{wanted}`, and this is {current}"),
            "Install a version that fits.",
        ),
        None => (
            format!("`{wanted}` is not a version requirement"),
            "Write versions such as `0.1`, `>=0.1, <0.3` or `=0.1.2`.",
        ),
    };
    Err(source
        .error(required.span(), message, Some(help.to_owned()))
        .into())
}

fn severity(source: &Source<'_>, word: &Word) -> Result<Severity> {
    word.get_ref().parse().map_err(|()| {
        let message = format!("`{}` is not a severity", word.get_ref());
        let help = "Write `error`, `warning` or `info`.".to_owned();
        source.error(word.span(), message, Some(help)).into()
    })
}

fn level(source: &Source<'_>, word: &Word) -> Result<Level> {
    match word.get_ref().as_str() {
        "off" => Ok(Level::Off),
        known if known.parse::<Severity>().is_ok() => severity(source, word).map(Level::At),
        other => {
            let message = format!("`{other}` is not a level");
            let help = "Write `error`, `warning`, `info` or `off`.".to_owned();
            Err(source.error(word.span(), message, Some(help)).into())
        }
    }
}

fn levels(
    source: &Source<'_>,
    table: &BTreeMap<Word, Word>,
) -> Result<BTreeMap<&'static str, Level>> {
    let mut levels = BTreeMap::new();
    for (name, word) in table {
        levels.insert(slug(source, name)?, level(source, word)?);
    }
    Ok(levels)
}

/// The slug of the rule a word names.
fn slug(source: &Source<'_>, word: &Word) -> Result<&'static str> {
    let name = word.get_ref().as_str();
    let named = |slug: &str, aliases: &[&str]| slug == name || aliases.contains(&name);
    let mut rules = RULES.iter().map(|rule| &rule.meta);
    if let Some(meta) = rules.find(|meta| named(meta.slug, meta.aliases)) {
        return Ok(meta.slug);
    }
    let is_check = CHECKS.iter().any(|check| named(check.name, check.aliases));
    if is_check || RULES.iter().any(|rule| rule.meta.family == name) {
        let message =
            format!("`{name}` stands for several rules, and levels belong to single ones");
        let help = format!("Name the rules, or turn them all off with `ignore = [\"{name}\"]`.");
        return Err(source.error(word.span(), message, Some(help)).into());
    }
    let known = RULES
        .iter()
        .flat_map(|rule| std::iter::once(rule.meta.slug).chain(rule.meta.aliases.iter().copied()));
    let message = format!("there is no rule `{name}`");
    Err(source.unknown(word, message, nearest(name, known)).into())
}

fn selectors(source: &Source<'_>, words: &[Word]) -> Result<Vec<String>> {
    for word in words {
        select(std::slice::from_ref(word.get_ref()), &[]).map_err(|unknown| {
            let otherwise = "See `baton checks` and `baton rules`.".to_owned();
            let meant = |known| format!("Did you mean `{known}`?");
            let help = unknown.suggestion.map_or(otherwise, meant);
            source.error(word.span(), unknown.to_string(), Some(help))
        })?;
    }
    Ok(words.iter().map(|word| word.get_ref().clone()).collect())
}

fn globs(source: &Source<'_>, words: &[Word]) -> Result<Vec<String>> {
    for word in words {
        if let Err(error) = glob::matches(word.get_ref(), "") {
            return Err(source.error(word.span(), error.to_string(), None).into());
        }
    }
    Ok(words.iter().map(|word| word.get_ref().clone()).collect())
}

fn kinds(
    source: &Source<'_>,
    table: &BTreeMap<Word, Vec<Word>>,
) -> Result<BTreeMap<String, Vec<String>>> {
    let mut kinds = BTreeMap::new();
    for (kind, words) in table {
        let known = || {
            packs()
                .iter()
                .flat_map(|pack| pack.kinds.keys())
                .chain(baton_repo::kinds().keys())
                .map(String::as_str)
        };
        if !known().any(|known| known == kind.get_ref()) {
            let message = format!("there is no kind of file `{}`", kind.get_ref());
            return Err(source
                .unknown(kind, message, nearest(kind.get_ref(), known()))
                .into());
        }
        kinds.insert(kind.get_ref().clone(), globs(source, words)?);
    }
    Ok(kinds)
}

fn check_layout(source: &Source<'_>, file: &ConfigFile) -> Result<()> {
    if let Some(word) = &file.layout.pack {
        let known = || packs().iter().map(|pack| pack.name.as_str());
        if !known().any(|known| known == word.get_ref()) {
            let message = format!("there is no pack `{}`", word.get_ref());
            return Err(source
                .unknown(word, message, nearest(word.get_ref(), known()))
                .into());
        }
    }
    if let Some(word) = &file.layout.generation {
        let wanted = file.layout.pack.as_ref().map(Word::get_ref);
        let packs = || {
            packs()
                .iter()
                .filter(|pack| wanted.is_none_or(|name| *name == pack.name))
        };
        let known = || {
            packs()
                .flat_map(|pack| &pack.generations)
                .map(|one| one.name.as_str())
        };
        if !known().any(|known| known == word.get_ref()) {
            let message = format!("there is no generation `{}`", word.get_ref());
            return Err(source
                .unknown(word, message, nearest(word.get_ref(), known()))
                .into());
        }
    }
    Ok(())
}

fn path_override(
    source: &Source<'_>,
    lines: &LineIndex,
    table: &OverrideTable,
) -> Result<Override> {
    let start = Span::at(table.paths.span().start).start;
    Ok(Override {
        levels: PathOverride {
            paths: globs(source, table.paths.get_ref())?,
            levels: levels(source, &table.rules)?,
        },
        place: format!("{}:{}", source.shown, lines.line_of(start) + 1),
    })
}
