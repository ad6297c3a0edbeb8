//! `baton config show` and `baton config schema`.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use baton_check::{Level, use_threads};
use baton_repo::{Detection, Repo, Worktree};
use baton_source::Severity;
use serde_json::{Map, Value, json};

use super::print;
use crate::cli::ListFormat;
use crate::config::schema;
use crate::exit::Verdict;
use crate::project::{self, Project};
use crate::terminal::Terminal;

/// Prints the JSON Schema of `baton.toml`.
pub(super) fn schema() -> Result<Verdict> {
    print(|out| {
        serde_json::to_writer_pretty(&mut *out, &schema::schema())?;
        writeln!(out)
    })?;
    Ok(Verdict::Clean)
}

/// Shows what holds here, and why.
pub(super) fn show(config: Option<&Path>, format: ListFormat) -> Result<Verdict> {
    let project = project::find(config)?;
    let source = Arc::new(Worktree::new(&project.root, use_threads(None)));
    let repo = Repo::open(source, &project.config.repository)?;
    print(|out| match format {
        ListFormat::Table => table(out, &project, &repo),
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &value(&project, &repo))?;
            writeln!(out)
        }
    })?;
    Ok(Verdict::Clean)
}

/// Why this layout was taken.
fn why(project: &Project, detection: &Detection) -> String {
    let options = &project.config.repository;
    let named = options.pack.is_some() || options.generation.is_some();
    match (&detection.evidence, &detection.glob) {
        (Some(path), Some(glob)) if path.as_str() == glob => format!("there is `{path}`"),
        (Some(path), Some(glob)) => format!("`{path}` matches `{glob}`"),
        _ if named => "the configuration says so".to_owned(),
        _ => "there is no file that tells".to_owned(),
    }
}

fn table(out: &mut dyn Write, project: &Project, repo: &Repo) -> io::Result<()> {
    let terminal = Terminal::stdout();
    let config = &project.config;
    let detection = &repo.layout().detection;
    let name = |word: &str| terminal.bold(&format!("{word:<11}"));
    writeln!(out, "{} {}", name("root"), project.root.display())?;
    writeln!(out, "{} {}", name(""), terminal.dim(project.why))?;
    if config.sources.is_empty() {
        writeln!(out, "{} none, the defaults hold", name("config"))?;
    }
    for (nth, path) in config.sources.iter().rev().enumerate() {
        let word = if nth == 0 { "config" } else { "extends" };
        writeln!(out, "{} {}", name(word), path.display())?;
    }
    writeln!(out, "{} {}", name("pack"), detection.pack)?;
    writeln!(out, "{} {}", name("generation"), detection.generation)?;
    writeln!(
        out,
        "{} {}",
        name(""),
        terminal.dim(&why(project, detection))
    )?;
    writeln!(out, "{} {}", name("files"), repo.files().len())?;

    writeln!(out, "\n{}", terminal.bold("kinds"))?;
    let kinds = &repo.layout().kinds;
    let width = kinds.keys().map(String::len).max().unwrap_or(0);
    for (kind, globs) in kinds {
        let count = repo.of_kind(kind).count();
        let kind = terminal.name(&format!("{kind:<width$}"));
        writeln!(
            out,
            "  {kind} {count:>5}  {}",
            terminal.dim(&globs.join(" "))
        )?;
    }
    settings(out, project, repo, terminal)
}

fn settings(
    out: &mut dyn Write,
    project: &Project,
    repo: &Repo,
    terminal: Terminal,
) -> io::Result<()> {
    let config = &project.config;
    writeln!(out, "\n{}", terminal.bold("settings"))?;
    let fail_on = config.fail_on.unwrap_or(Severity::Error);
    writeln!(out, "  fail-on = \"{fail_on}\"")?;
    writeln!(out, "  max-file-size = {}", config.repository.max_file_size)?;
    writeln!(out, "  select = {:?}", config.select)?;
    writeln!(out, "  ignore = {:?}", config.ignore)?;
    if let Some(path) = &config.baseline {
        writeln!(out, "  baseline = {:?}", path.display().to_string())?;
    }
    writeln!(out, "  exclude = {:?}", repo.layout().exclude)?;
    for (slug, level) in &config.levels {
        writeln!(out, "  rules.{slug} = \"{}\"", word(*level))?;
    }
    for entry in &config.overrides {
        for (slug, level) in &entry.levels.levels {
            let paths = entry.levels.paths.join(" ");
            writeln!(out, "  rules.{slug} = \"{}\" in {paths}", word(*level))?;
        }
    }
    written(out, "options", &config.options)?;
    let more = "all other options have their defaults; `baton config schema` lists them";
    writeln!(out, "  {}", terminal.dim(more))
}

/// The options that a table holds, one per line.
fn written(out: &mut dyn Write, prefix: &str, table: &toml::Table) -> io::Result<()> {
    for (key, value) in table {
        let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let key = if key.bytes().all(bare) {
            format!("{prefix}.{key}")
        } else {
            format!("{prefix}.{key:?}")
        };
        match value.as_table() {
            Some(inner) => written(out, &key, inner)?,
            None => writeln!(out, "  {key} = {}", json!(value))?,
        }
    }
    Ok(())
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Off => "off",
        Level::At(severity) => severity.as_str(),
    }
}

fn value(project: &Project, repo: &Repo) -> Value {
    let config = &project.config;
    let detection = &repo.layout().detection;
    let mut kinds = Map::new();
    for (kind, globs) in &repo.layout().kinds {
        let entry = json!({ "globs": globs, "files": repo.of_kind(kind).count() });
        kinds.insert(kind.clone(), entry);
    }
    let levels = |levels: &std::collections::BTreeMap<&'static str, Level>| {
        let pairs = levels
            .iter()
            .map(|(slug, level)| ((*slug).to_owned(), json!(word(*level))));
        pairs.collect::<Map<String, Value>>()
    };
    let overrides = config
        .overrides
        .iter()
        .map(|entry| json!({ "paths": entry.levels.paths, "rules": levels(&entry.levels.levels) }));
    json!({
        "root": project.root.to_string_lossy(),
        "root_reason": project.why,
        "config": config.sources.iter().map(|path| path.to_string_lossy()).collect::<Vec<_>>(),
        "pack": detection.pack,
        "generation": detection.generation,
        "layout_reason": why(project, detection),
        "files": repo.files().len(),
        "kinds": kinds,
        "fail_on": config.fail_on.unwrap_or(Severity::Error).as_str(),
        "max_file_size": config.repository.max_file_size,
        "select": config.select,
        "ignore": config.ignore,
        "exclude": repo.layout().exclude,
        "baseline": config.baseline.as_ref().map(|path| path.to_string_lossy()),
        "options": config.options,
        "rules": levels(&config.levels),
        "overrides": overrides.collect::<Vec<_>>(),
    })
}
