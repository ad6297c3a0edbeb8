//! The reference suite on the same faults: does it still say what our recipe claims?

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use walkdir::WalkDir;

use crate::mutation::{self, CLEAN, Mutation, Verdict};

/// Runs every mutation through the reference's own scripts.
///
/// `reference` is a checkout of the reference repository in which `npm install` has been run;
/// `node` is a Node.js program of version 22 or later.
/// Gives the number of mutations.
pub fn run(root: &Path, reference: &Path, node: &Path) -> Result<usize> {
    let (reference, node) = (reference.canonicalize()?, node.canonicalize()?);
    let mut differences = Vec::new();
    let mut runs = 0;
    let sound = tempfile::tempdir()?;
    prepare(root, &reference, sound.path())?;
    let mut known = BTreeMap::new();
    for (file, mutations) in mutation::read_all(root)? {
        // Where the reference needs the network, only ours is claimed.
        if mutations.reference.is_empty() {
            continue;
        }
        for mutation in &mutations.mutation {
            let command = arguments(&mutations.reference, mutation);
            let scratch = tempfile::tempdir()?;
            prepare(root, &reference, scratch.path())?;
            break_it(scratch.path(), mutation)
                .with_context(|| format!("{file}: {}", mutation.name))?;
            let said = ask(scratch.path(), &node, &command)?;
            let before = match known.entry(command) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    let before = ask(sound.path(), &node, new.key())?;
                    new.insert(before)
                }
            };
            let said = said.since(before);
            runs += 1;
            if said != mutation.says {
                let claim = mutation.says;
                differences.push(format!(
                    "{file}: {}: {said:?}, not {claim:?}",
                    mutation.name
                ));
            }
        }
    }
    if differences.is_empty() {
        return Ok(runs);
    }
    bail!("{}", differences.join("\n"))
}

fn prepare(root: &Path, reference: &Path, scratch: &Path) -> Result<()> {
    copy(
        &reference.join("tools/scripts"),
        &scratch.join("tools/scripts"),
    )?;
    // Some scripts read their schemas there, and stop without them.
    let schemas = reference.join("tools/schemas");
    if schemas.is_dir() {
        copy(&schemas, &scratch.join("tools/schemas"))?;
    }
    copy(&root.join(CLEAN), scratch)?;
    let modules = reference.join("node_modules");
    link(&modules, &scratch.join("node_modules"))?;
    Ok(())
}

fn break_it(scratch: &Path, mutation: &Mutation) -> Result<()> {
    let path = scratch.join(&mutation.file);
    let before = fs::read_to_string(&path).ok();
    match mutation::apply(mutation, before.as_deref())? {
        Some(text) => {
            fs::create_dir_all(path.parent().unwrap_or(scratch))?;
            fs::write(path, text)?;
        }
        None => fs::remove_file(path)?,
    }
    Ok(())
}

/// What the reference printed.
struct Answer {
    failed: bool,
    /// Its lines that warn.
    warnings: BTreeSet<String>,
}

impl Answer {
    /// The verdict on a fault: some lines warn about the sound repository too.
    fn since(&self, sound: &Answer) -> Verdict {
        if self.failed {
            Verdict::Error
        } else if self.warnings.is_subset(&sound.warnings) {
            Verdict::Silent
        } else {
            Verdict::Warning
        }
    }
}

fn arguments(command: &[String], mutation: &Mutation) -> Vec<String> {
    let with_file = |argument: &String| argument.replace("{file}", &mutation.file);
    command.iter().map(with_file).collect()
}

fn ask(scratch: &Path, node: &Path, command: &[String]) -> Result<Answer> {
    let [script, arguments @ ..] = command else {
        bail!("no reference command")
    };
    // Three of the scripts are Python.
    let is_python = Path::new(script).extension().is_some_and(|it| it == "py");
    let program = if is_python {
        Path::new("python3")
    } else {
        node
    };
    let output = Command::new(program)
        .arg(format!("tools/scripts/{script}"))
        .args(arguments)
        .current_dir(scratch)
        // As its own package runs it: otherwise a checkout's new times are warned about.
        .env("EXPLORER_GRAPH_STRICT", "1")
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let warns = |line: &&str| {
        let line = line.to_lowercase();
        line.contains("::warning") || line.contains('⚠') && !line.contains("warnings: 0")
    };
    Ok(Answer {
        failed: !output.status.success(),
        warnings: text.lines().filter(warns).map(str::to_owned).collect(),
    })
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> Result<()> {
    Ok(std::os::unix::fs::symlink(from, to)?)
}

#[cfg(not(unix))]
fn link(from: &Path, to: &Path) -> Result<()> {
    copy(from, to)
}
