//! A repository made from the fixtures.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::measure::Outcome;

/// How often each side runs in it.
pub(crate) const ROUNDS: usize = 21;
/// How many files it has.
pub(crate) const FILES: usize = 2_000;

/// Copies the clean fixture until there are enough files; the first copies are projects, which
/// rules judge, the others are documents beside them.
pub(crate) fn make_repository(root: &Path, files: usize, projects: usize) -> Outcome<()> {
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/repos/june-clean");
    let mut originals = Vec::new();
    for entry in WalkBuilder::new(&fixture).hidden(false).build() {
        let entry = entry?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            originals.push(entry.into_path());
        }
    }
    let mut made = 0;
    for copy in 0.. {
        for file in &originals {
            let relative = file.strip_prefix(&fixture)?;
            let relative = relative.to_str().ok_or("a fixture's name is not UTF-8")?;
            let target = root.join(renamed(relative, copy, projects));
            fs::create_dir_all(target.parent().ok_or("no folder")?)?;
            fs::copy(file, target)?;
            made += 1;
        }
        if made >= files || originals.is_empty() {
            break;
        }
    }
    Ok(())
}

/// Where a file of the fixture goes in one of its copies.
fn renamed(path: &str, copy: usize, projects: usize) -> String {
    if copy == 0 {
        return path.to_owned();
    }
    if copy >= projects {
        return format!("docs/copies/{copy}/{path}");
    }
    for folder in ["agent-output/", "infra/bicep/", "infra/terraform/"] {
        if let Some((project, rest)) = path
            .strip_prefix(folder)
            .and_then(|rest| rest.split_once('/'))
        {
            return format!("{folder}{project}-{copy}/{rest}");
        }
    }
    format!("docs/copies/{copy}/{path}")
}
