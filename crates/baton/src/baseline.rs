//! Baseline files: reading them at their place, and the one way they are written.
//!
//! The shape is in `schemas/baseline.v1.schema.json`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use baton_check::baseline::{self, Baseline, Entry, VERSION};
use baton_repo::FileSource;
use baton_source::RepoPath;
use serde_json::json;

use crate::config::ConfigError;
use crate::project::{self, Project};

/// The file beside `baton.toml` when nothing names another.
pub(crate) const FILE_NAME: &str = "baton-baseline.json";

/// Reads a baseline; one inside the repository is read from what is judged.
pub(crate) fn load(project: &Project, source: &dyn FileSource, path: &Path) -> Result<Baseline> {
    let shown = path.display().to_string();
    let failed = || format!("cannot read the baseline `{shown}`");
    let inside = in_repository(project, path);
    let bytes = match &inside {
        Some(inside) => {
            let limit = project.config.repository.max_file_size;
            let bytes = source.read(inside, limit).with_context(failed)?;
            if bytes.len() > limit {
                bail!("the baseline `{shown}` has more than {limit} bytes");
            }
            bytes
        }
        None => fs::read(path).with_context(failed)?,
    };
    let text = String::from_utf8(bytes).with_context(failed)?;
    match baseline::read(&text) {
        Ok(read) => Ok(Baseline {
            name: shown,
            path: inside,
            ..read
        }),
        Err(error) => Err(ConfigError {
            path: shown,
            span: error.span,
            message: error.message,
            help: Some("Mend it, or write it anew with `baton baseline create`.".to_owned()),
            text,
        }
        .into()),
    }
}

/// Where a path lies in the repository, if it does.
pub(crate) fn in_repository(project: &Project, path: &Path) -> Option<RepoPath> {
    project::file_path(project, path).ok()
}

/// The text of a baseline: one line per entry, so that changes merge and read well.
pub(crate) fn render(entries: &[Entry]) -> String {
    let line = |entry: &Entry| {
        format!(
            "    {{ \"path\": {}, \"rule\": {}, \"fingerprint\": {}, \"count\": {} }}",
            json!(entry.path),
            json!(entry.rule),
            json!(entry.fingerprint),
            entry.count
        )
    };
    let lines: Vec<String> = entries.iter().map(line).collect();
    if lines.is_empty() {
        return format!("{{\n  \"version\": {VERSION},\n  \"findings\": []\n}}\n");
    }
    format!(
        "{{\n  \"version\": {VERSION},\n  \"findings\": [\n{}\n  ]\n}}\n",
        lines.join(",\n")
    )
}

#[cfg(test)]
mod tests {
    use baton_check::baseline::{Entry, read};
    use baton_source::Span;

    use super::render;

    #[test]
    fn what_is_written_is_read_again() {
        let entry = |path: &str, count| Entry {
            path: path.to_owned(),
            rule: "missing-h2".to_owned(),
            fingerprint: "00ff".to_owned(),
            count,
            span: Span::default(),
        };
        for entries in [vec![], vec![entry("a \"b\"\\.md", 1), entry("ü.md", 12)]] {
            let mut again = read(&render(&entries)).unwrap().entries;
            for entry in &mut again {
                entry.span = Span::default();
            }
            assert_eq!(again, entries);
        }
    }
}
