//! How long the checks take that others wrote in Node.js, beside ours of the same name.
//!
//! `BATON_BENCH_REFERENCE` names a checkout of `jonathan-vella/apex`, `BATON_BENCH_MODULES` a
//! `node_modules` folder with what its scripts need and the package `node`,
//! `BATON_BENCH_MARKDOWNLINT` one with markdownlint-cli2, and `BATON_BENCH_AGENT_LINTERS` a folder
//! with the programs agnix and skillsaw. What is not named is skipped, aloud.
//! Everything runs in a copy, whole processes in turn, so that a busy machine slows both sides.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod copied;
mod measure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use copied::{clone, link};
use measure::{Outcome, baton, in_turn, median, ms, spread, time};

/// How often each side runs.
const ROUNDS: usize = 3;
/// The scripts of the reference that run at the same time, as our threads do.
const AT_ONCE: usize = 2;
/// Checks that go by the name of a script of the reference.
const CHECKS: [&str; 16] = [
    "lint:json",
    "lint:json-schemas",
    "lint:drawio",
    "lint:docs-freshness",
    "lint:docs-frontmatter",
    "lint:version-sync",
    "lint:deprecated-refs",
    "lint:glob-audit",
    "lint:safe-shell",
    "validate:explorer-graph",
    "validate:no-hardcoded-counts",
    "validate:terminology",
    "validate:banned-phrases",
    "validate:region-canonical",
    "validate:context-budget",
    "validate:headings-summary",
];

/// Families of ours about what linters of files for agents judge.
const AGENT_FAMILIES: &str = "skills,hosts,copilot,claude,cursor,agents-file,agent-hooks,\
    agent-safety,instructions-safety,instructions-quality,lint:mcp-config";
/// Such linters, and how they judge a folder without asking anybody or running its code.
const AGENT_LINTERS: [(&str, &[&str]); 2] = [
    ("agnix", &["."]),
    (
        "skillsaw",
        &[
            "lint",
            "--no-custom-rules",
            "--no-plugins",
            "--no-progress",
            ".",
        ],
    ),
];

/// A script of the reference.
struct Script {
    check: &'static str,
    variables: Vec<(String, String)>,
    arguments: Vec<String>,
}

fn main() -> Outcome<()> {
    let checkout = named("BATON_BENCH_REFERENCE");
    match (&checkout, named("BATON_BENCH_MODULES")) {
        (Some(checkout), Some(modules)) => beside_scripts(checkout, &modules)?,
        _ => {
            println!("skipped: BATON_BENCH_REFERENCE and BATON_BENCH_MODULES name no folders");
        }
    }
    let Some(programs) = named("BATON_BENCH_AGENT_LINTERS") else {
        println!("skipped: agnix and skillsaw, because BATON_BENCH_AGENT_LINTERS names no folder");
        return Ok(());
    };
    // Cargo adds options of its own.
    let others = std::env::args().skip(1).filter(|one| !one.starts_with('-'));
    for checkout in checkout.into_iter().chain(others.map(PathBuf::from)) {
        beside_linters(&checkout, &programs)?;
    }
    Ok(())
}

/// Times the scripts of the reference and our checks of the same names.
fn beside_scripts(checkout: &Path, modules: &Path) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    clone(checkout, root)?;
    link(modules, &root.join("node_modules"))?;
    let node = modules.join("node/bin/node");
    let scripts = scripts(root)?;
    println!("{ROUNDS} runs of each check in turn, {AT_ONCE} scripts or threads at once");
    for script in &scripts {
        let ours = ["check", "--select", script.check];
        compare(root, script.check, &ours, || {
            time(&mut script.command(&node, root))
        })?;
    }
    let all: Vec<&str> = scripts.iter().map(|script| script.check).collect();
    let all = all.join(",");
    compare(root, "all of them", &["check", "--select", &all], || {
        at_once(&scripts, &node, root)
    })?;
    if let Some(modules) = named("BATON_BENCH_MARKDOWNLINT") {
        let program = modules.join("markdownlint-cli2/markdownlint-cli2-bin.mjs");
        compare(root, "lint:md", &["check", "--select", "lint:md"], || {
            time(Command::new(&node).arg(&program).current_dir(root))
        })
    } else {
        println!("skipped: lint:md, because BATON_BENCH_MARKDOWNLINT names no folder");
        Ok(())
    }
}

/// Times linters of files for agents and our rules about the same files.
fn beside_linters(checkout: &Path, programs: &Path) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    clone(&std::path::absolute(checkout)?, root)?;
    println!("{}", checkout.display());
    for (name, arguments) in AGENT_LINTERS {
        let program = programs.join(name);
        if !program.is_file() {
            println!("skipped: {name}, because the folder has no such program");
            continue;
        }
        let ours = ["check", "--select", AGENT_FAMILIES];
        compare(root, name, &ours, || {
            time(Command::new(&program).args(arguments).current_dir(root))
        })?;
    }
    Ok(())
}

/// The folder that a variable names.
fn named(variable: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os(variable)?);
    folder.is_dir().then_some(folder)
}

/// The scripts behind our checks, as the reference's own package calls them.
fn scripts(root: &Path) -> Outcome<Vec<Script>> {
    let package: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(root.join("package.json"))?)?;
    let mut scripts = Vec::new();
    for check in CHECKS {
        let command = package.pointer(&format!("/scripts/{check}"));
        let words = command.and_then(|command| command.as_str()).unwrap_or("");
        let mut words = words.split_whitespace().peekable();
        let mut variables = Vec::new();
        while let Some((name, value)) = words.peek().and_then(|word| word.split_once('=')) {
            variables.push((name.to_owned(), value.to_owned()));
            words.next();
        }
        if words.next() != Some("node") {
            println!("skipped: {check}, because the reference has no such script");
            continue;
        }
        scripts.push(Script {
            check,
            variables,
            arguments: words.map(str::to_owned).collect(),
        });
    }
    Ok(scripts)
}

impl Script {
    fn command(&self, node: &Path, root: &Path) -> Command {
        let mut command = Command::new(node);
        let variables = self.variables.iter().map(|(name, value)| (name, value));
        command.args(&self.arguments).envs(variables);
        command.current_dir(root);
        command
    }
}

/// Times both sides in turn and prints what came of it.
fn compare(
    root: &Path,
    name: &str,
    ours: &[&str],
    mut theirs: impl FnMut() -> Outcome<Duration>,
) -> Outcome<()> {
    let jobs = AT_ONCE.to_string();
    let [theirs, ours] = in_turn(ROUNDS, |number| match number {
        0 => theirs(),
        _ => time(baton().args(ours).args(["--jobs", &jobs]).current_dir(root)),
    })?;
    let pairs = theirs.iter().zip(&ours);
    let ratio = median(pairs.map(|(theirs, ours)| ms(theirs) / ms(ours)));
    println!("{name}: {ratio:.0} times as long");
    println!("  theirs {}", spread(&theirs));
    println!("  ours   {}", spread(&ours));
    Ok(())
}

/// All scripts, some of them at once.
fn at_once(scripts: &[Script], node: &Path, root: &Path) -> Outcome<Duration> {
    let start = Instant::now();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let turn = || next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        while let Some(script) = scripts.get(turn()) {
            time(&mut script.command(node, root)).map_err(|error| error.to_string())?;
        }
        Ok::<(), String>(())
    };
    std::thread::scope(|threads| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| threads.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            let done = worker.join().map_err(|_| "a worker panicked".to_owned());
            done.and_then(|done| done)
        })
    })?;
    Ok(start.elapsed())
}
