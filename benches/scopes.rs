//! How long it takes to check what changed: one staged file, one named file, a push, a save.
//!
//! Whole processes, timed in turn. `BATON_BENCH_REFERENCE` names a checkout of `jonathan-vella/apex`
//! with its history and its `node_modules`; its shell router is measured beside `baton push-check`
//! then, in a copy.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod copied;
mod made;
mod measure;

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use copied::{clone, git, link};
use made::{FILES, ROUNDS, make_repository};
use measure::{Outcome, baton, in_turn, median, ms, spread, time};

const REFERENCE: &str = "BATON_BENCH_REFERENCE";
const ROUTER: &str = "tools/scripts/diff-based-push-check.sh";
const ARTIFACT: &str = "agent-output/shop/01-requirements.md";
const NOTHING: &str = "0000000000000000000000000000000000000000";

/// Kinds of files that the router knows. A schema decides about other files, so that everything
/// would be checked.
const KINDS: &[&str] = &[
    "agent-output/*.md",
    "*.agent.md",
    "*.instructions.md",
    "*/SKILL.md",
    "*.json",
    ":!*schema*",
];

/// How many files the pushed branch changes.
const PUSHED: usize = 30;

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    make_repository(root, FILES, 3)?;
    git(root, &["init", "--quiet", "--initial-branch", "main"])?;
    commit(root)?;
    println!("a made repository of {FILES} files");
    one_file(root)?;
    watch(root)?;
    branch(root)?;
    let [pushes] = in_turn(ROUNDS, |_| push(root))?;
    println!("push     {}", spread(&pushes));
    match std::env::var_os(REFERENCE) {
        Some(checkout) if !checkout.is_empty() => reference(&PathBuf::from(checkout)),
        _ => {
            println!("\nskipped: the shell router, because {REFERENCE} names no checkout");
            Ok(())
        }
    }
}

/// One staged file and one named file, and what of that is start-up.
fn one_file(root: &Path) -> Outcome<()> {
    touch(&root.join(ARTIFACT))?;
    git(root, &["add", "--all"])?;
    let [staged, named, starts] = in_turn(ROUNDS, |number| {
        let mut command = baton();
        match number {
            0 => command.args(["check", "--staged"]),
            1 => command.args(["check", ARTIFACT]),
            _ => command.arg("--version"),
        };
        time(command.current_dir(root))
    })?;
    let over = |times: &[Duration]| {
        let pairs = times.iter().zip(&starts);
        median(pairs.map(|(time, start)| ms(time) - ms(start)))
    };
    println!("start-up {}", spread(&starts));
    println!(
        "staged   {}; {:.2} ms over start-up (the budget is 15)",
        spread(&staged),
        over(&staged)
    );
    println!(
        "named    {}; {:.2} ms over start-up",
        spread(&named),
        over(&named)
    );
    Ok(())
}

/// From a save to the end of the run it causes.
fn watch(root: &Path) -> Outcome<()> {
    let mut child = baton()
        .args(["check", "--watch"])
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let times = saves(root, &mut child);
    child.kill()?;
    child.wait()?;
    println!("save     {} (the budget is 100)", spread(&times?));
    Ok(())
}

fn saves(root: &Path, child: &mut Child) -> Outcome<Vec<Duration>> {
    let said = child.stderr.take().ok_or("the watch has no output")?;
    let mut lines = BufReader::new(said).lines();
    let mut finished = || -> Outcome<()> {
        for line in lines.by_ref() {
            if line?.starts_with("watching:") {
                return Ok(());
            }
        }
        Err("the watch ended".into())
    };
    finished()?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        touch(&root.join(ARTIFACT))?;
        finished()?;
        times.push(start.elapsed());
    }
    Ok(times)
}

/// The reference's router and our check of the same push, in a copy of its checkout.
fn reference(checkout: &Path) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    clone(checkout, root)?;
    if !root.join(ROUTER).is_file() {
        println!("\nskipped: the shell router, because {REFERENCE} has no {ROUTER}");
        return Ok(());
    }
    link(&checkout.join("node_modules"), &root.join("node_modules"))?;
    branch(root)?;
    println!("\nthe reference, {PUSHED} changed files");
    let [routers, pushes] = in_turn(3, |number| match number {
        0 => time(Command::new("bash").arg(ROUTER).current_dir(root)),
        _ => push(root),
    })?;
    let pairs = routers.iter().zip(&pushes);
    let times = median(pairs.map(|(router, push)| ms(router) / ms(push)));
    println!("router   {}", spread(&routers));
    println!("push     {}", spread(&pushes));
    println!("the router takes {times:.0} times as long");
    Ok(())
}

/// Commits changes of some files of the kinds that the router knows, on a branch of its own.
fn branch(root: &Path) -> Outcome<()> {
    git(root, &["update-ref", "refs/remotes/origin/main", "HEAD"])?;
    git(root, &["checkout", "--quiet", "-B", "bench"])?;
    let listed = git(root, &[&["ls-files", "--"], KINDS].concat())?;
    let wanted: Vec<&str> = listed.lines().collect();
    let step = (wanted.len() / PUSHED).max(1);
    for path in wanted.into_iter().step_by(step).take(PUSHED) {
        touch(&root.join(path))?;
    }
    commit(root)
}

/// `push-check` of the branch, told on standard input what git would tell its hook.
fn push(root: &Path) -> Outcome<Duration> {
    let id = git(root, &["rev-parse", "HEAD"])?;
    let told = root.join(".git/bench-push");
    let line = format!(
        "refs/heads/bench {} refs/heads/bench {NOTHING}\n",
        id.trim()
    );
    fs::write(&told, line)?;
    let mut command = baton();
    command.args(["push-check", "origin"]).current_dir(root);
    time(command.stdin(File::open(told)?))
}

/// Adds an empty line at the end.
fn touch(path: &Path) -> Outcome<()> {
    fs::OpenOptions::new()
        .append(true)
        .open(path)?
        .write_all(b"\n")?;
    Ok(())
}

fn commit(root: &Path) -> Outcome<()> {
    git(root, &["add", "--all"])?;
    let commit = ["commit", "--quiet", "--no-verify", "--message", "Change"];
    git(root, &commit)?;
    Ok(())
}
