//! Tools of others: which there are, when they run, and what becomes of their answers.
//!
//! A tool ends in one of four ways: it passed, it found something, it failed (it crashed, ran out
//! of time, or said what nobody could read), or it is missing. The last two are never a pass.

mod bicep;
mod call;
mod interrupt;
mod lychee;
mod pool;
mod process;
mod ruff;
mod scratch;
mod shellcheck;
mod terraform;
mod tflint;
mod versions;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use baton_repo::{File, Repo, RepoError};
use baton_rules::{Check, RULES, Rule};
use baton_source::Diagnostic;
use baton_syntax::glob::GlobSet;

use crate::plan::Plan;
use crate::{Failure, Report, Skipped};
use call::{Answer, Call, Reading};
pub use interrupt::{interrupt, interrupted};
pub use pool::Running;
pub use scratch::Scratch;

/// A tool of others, as a check.
#[derive(Debug)]
pub struct Adapter {
    /// The check it is.
    pub check: &'static str,
    /// Names of the program; the first that is installed runs.
    pub programs: &'static [&'static str],
    /// What makes it tell its version.
    pub version: &'static [&'static str],
    /// What it needs and when it runs.
    pub tags: &'static [Tag],
    /// How long one call may take.
    pub time_limit: Duration,
    /// How to get it, as an imperative that ends a sentence.
    pub install: &'static str,
    /// Globs of the files that configure it.
    pub(crate) settings: &'static [&'static str],
    /// The calls that some files ask for.
    pub(crate) plan: fn(&Relevant<'_>) -> Vec<Call>,
    /// What an answer means.
    pub(crate) read: fn(&Answer<'_>) -> Reading,
}

/// When a check runs and what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tag {
    /// Part of the profile for CI.
    Ci,
    /// Part of the profile for a workplace.
    Local,
    /// Needs the network.
    Network,
    /// Needs a program that may be missing.
    NeedsTool,
    /// Takes seconds, so nothing for a commit.
    Slow,
}

/// A choice of checks by their tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Everything that CI runs; a missing tool is a failure.
    Ci,
    /// What runs at a workplace without the network.
    Local,
    /// What is quick enough for every commit.
    PreCommit,
}

/// Where the tools find the files.
#[derive(Debug, Clone)]
pub enum Place {
    /// In this folder, as they are.
    Folder(PathBuf),
    /// In a copy, because what is judged is not what is on disk.
    Copy,
}

/// How tools of others are run.
#[derive(Debug)]
pub struct External<'a> {
    /// Where the files are.
    pub place: Place,
    /// Where programs are searched, as in `PATH`.
    pub path: OsString,
    /// Whether a missing tool is a failure.
    pub require_tools: bool,
    /// Checks to name as skipped because they need the network, if they have something to do.
    pub left_out: &'a [&'static str],
    /// Told what is running.
    pub running: &'a Running,
}

/// How a tool of others ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolRun {
    /// The check.
    pub check: &'static str,
    /// The program.
    pub program: &'static str,
    /// What it says of its version.
    pub version: Option<String>,
    /// From the start of its first call to the end of its last.
    pub elapsed: Duration,
    /// Whether it did its job.
    pub done: bool,
}

/// The files a tool may care about.
pub(crate) struct Relevant<'a> {
    /// Those of the repository.
    pub(crate) all: Vec<&'a File>,
    /// Those in scope.
    pub(crate) in_scope: Vec<&'a File>,
}

/// What all tools said.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) failures: Vec<Failure>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) tools: Vec<ToolRun>,
}

/// Every tool of others, in the order of the table of checks.
pub static ADAPTERS: &[Adapter] = &[
    ruff::ADAPTER,
    terraform::VALIDATE,
    bicep::ADAPTER,
    tflint::ADAPTER,
    shellcheck::ADAPTER,
    lychee::ADAPTER,
    versions::ADAPTER,
];

impl Adapter {
    /// Its rules.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        let check = self.check;
        RULES.iter().filter(move |rule| {
            matches!(rule.check, Check::External) && rule.meta.checks.contains(&check)
        })
    }

    /// The program that would run, if one is installed.
    pub fn program(&self, path: &std::ffi::OsStr) -> Option<(&'static str, PathBuf)> {
        process::find(self.programs, path)
    }

    /// What the program says of its version.
    pub fn version_of(&self, program: &std::path::Path) -> Option<String> {
        process::version(program, self.version)
    }
}

impl Tag {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Tag::Ci => "ci",
            Tag::Local => "local",
            Tag::Network => "network",
            Tag::NeedsTool => "needs-tool",
            Tag::Slow => "slow",
        }
    }
}

impl Profile {
    /// Whether a check with these tags is part of it.
    pub fn holds(self, tags: &[Tag]) -> bool {
        let has = |tag: Tag| tags.contains(&tag);
        match self {
            Profile::Ci => has(Tag::Ci),
            Profile::Local => has(Tag::Local) && !has(Tag::Network),
            Profile::PreCommit => has(Tag::Local) && !has(Tag::Network) && !has(Tag::Slow),
        }
    }
}

/// The tags of a check by its name; none when it only runs on demand.
pub fn tags(check: &str) -> &'static [Tag] {
    if let Some(adapter) = ADAPTERS.iter().find(|adapter| adapter.check == check) {
        return adapter.tags;
    }
    let mut members = RULES
        .iter()
        .filter(|rule| rule.meta.checks.contains(&check));
    if members.any(|rule| rule.meta.default == baton_rules::Default::On) {
        &[Tag::Ci, Tag::Local]
    } else {
        &[]
    }
}

/// The findings in what a tool printed, for tests of rule documents and of readers.
pub fn read(
    (check, arguments): (&str, &[&str]),
    repo: &Repo,
    printed: (&str, &str),
    exit: i32,
) -> Result<Vec<Diagnostic>, String> {
    let adapter = ADAPTERS.iter().find(|adapter| adapter.check == check);
    let adapter = adapter.ok_or_else(|| format!("there is no tool behind `{check}`"))?;
    let paths = repo.files().iter().map(|file| file.path.clone()).collect();
    let call = Call::new(arguments.iter().copied(), paths);
    let (stdout, stderr) = printed;
    let reading = (adapter.read)(&Answer {
        repo,
        call: &call,
        root: std::path::Path::new(""),
        stdout,
        stderr,
        exit,
    });
    match reading.failure {
        Some(failure) => Err(failure),
        None => Ok(reading.findings),
    }
}

/// The tools that a plan asks for.
pub(crate) fn planned(plan: &Plan<'_>) -> Vec<&'static Adapter> {
    let wanted = |adapter: &&Adapter| {
        let mut rules = adapter.rules();
        rules.any(|rule| plan.rules.iter().any(|own| own.meta.slug == rule.meta.slug))
    };
    ADAPTERS.iter().filter(wanted).collect()
}

/// Whether there is any tool to run or to tell about.
pub(crate) fn has_work(plan: &Plan<'_>, how: &External<'_>) -> bool {
    !how.left_out.is_empty() || !planned(plan).is_empty()
}

/// Runs tools over the files a plan routes to them.
pub(crate) fn run(repo: &Repo, plan: &Plan<'_>, how: &External<'_>) -> Result<Outcome, RepoError> {
    let mut jobs = Vec::new();
    let mut outcome = Outcome::default();
    for adapter in planned(plan) {
        let relevant = relevant(repo, plan, adapter)?;
        if relevant.in_scope.is_empty() {
            continue;
        }
        let calls = (adapter.plan)(&relevant);
        if adapter.check == versions::ADAPTER.check {
            versions::jobs(repo, calls, &how.path, (&mut jobs, &mut outcome));
            continue;
        }
        match adapter.program(&how.path) {
            Some((program, path)) => jobs.push(pool::Job {
                adapter,
                program,
                path,
                calls,
            }),
            None => missing(adapter, how.require_tools, &mut outcome),
        }
    }
    for adapter in ADAPTERS
        .iter()
        .filter(|adapter| how.left_out.contains(&adapter.check))
    {
        if !relevant(repo, plan, adapter)?.all.is_empty() {
            outcome.skipped.push(Skipped {
                check: adapter.check.to_owned(),
                reason: "needs the network; name it, or run with `--profile ci`".to_owned(),
            });
        }
    }
    if !jobs.is_empty() {
        start(repo, &jobs, how, &mut outcome);
    }
    let is_selected = |finding: &Diagnostic| {
        let mut rules = plan.rules.iter();
        rules.any(|rule| rule.meta.slug == finding.rule)
    };
    outcome.findings.retain(is_selected);
    Ok(outcome)
}

fn start(repo: &Repo, jobs: &[pool::Job], how: &External<'_>, outcome: &mut Outcome) {
    match scratch::root(repo, &how.place, jobs) {
        Ok(root) => pool::work((repo, root.path()), jobs, how.running, outcome),
        Err(error) => outcome.failures.push(Failure {
            path: None,
            rule: None,
            message: format!("cannot copy the files for other tools: {error}"),
        }),
    }
}

/// Says of every tool that would have had something to do that it did not run.
pub(crate) fn not_run(plan: &Plan<'_>) -> Outcome {
    let has_files = |adapter: &&&Adapter| {
        let own = |rules: &[&Rule]| {
            let mut rules = rules.iter();
            rules.any(|rule| rule.meta.checks.contains(&adapter.check))
        };
        plan.files.iter().any(|(_, rules)| own(rules))
    };
    let skipped = |adapter: &&Adapter| Skipped {
        check: adapter.check.to_owned(),
        reason: "tools of others do not run here".to_owned(),
    };
    Outcome {
        skipped: planned(plan)
            .iter()
            .filter(has_files)
            .map(skipped)
            .collect(),
        ..Outcome::default()
    }
}

/// Whether a check did its job: every native one does.
pub(crate) fn is_done(check: &str, report: &Report) -> bool {
    let is_external = ADAPTERS.iter().any(|adapter| adapter.check == check);
    let mut tools = report.tools.iter().filter(|tool| tool.check == check);
    !is_external || tools.next().is_some_and(|tool| tool.done) && tools.all(|tool| tool.done)
}

/// The rules of a plan whose tools did their job.
pub(crate) fn heard(plan: &Plan<'_>, report: &Report) -> Vec<&'static Rule> {
    let is_heard = |rule: &&&'static Rule| {
        let mut checks = rule.meta.checks.iter();
        matches!(rule.check, Check::External) && checks.all(|check| is_done(check, report))
    };
    plan.rules.iter().filter(is_heard).copied().collect()
}

/// The files that the rules of a tool are about.
fn relevant<'a>(
    repo: &'a Repo,
    plan: &Plan<'a>,
    adapter: &Adapter,
) -> Result<Relevant<'a>, RepoError> {
    let patterns = adapter.rules().flat_map(|rule| rule.meta.files);
    let globs = GlobSet::new(patterns.flat_map(|pattern| repo.layout().resolve(pattern)));
    let globs = globs.map_err(|error| RepoError::Glob {
        kind: adapter.check.to_owned(),
        message: error.to_string(),
    })?;
    let is_own = |file: &&File| file.exact_name && globs.matches(file.path.as_str());
    let in_scope = plan.files.iter().map(|(file, _)| *file);
    Ok(Relevant {
        all: repo.files().iter().filter(is_own).collect(),
        in_scope: in_scope.filter(is_own).collect(),
    })
}

fn missing(adapter: &'static Adapter, is_required: bool, outcome: &mut Outcome) {
    let programs: Vec<String> = adapter
        .programs
        .iter()
        .map(|program| format!("`{program}`"))
        .collect();
    let reason = format!("{} is not installed", programs.join(" or "));
    let hint = adapter.install;
    if is_required {
        outcome.failures.push(Failure {
            path: None,
            rule: None,
            message: format!("{}: {reason}; {hint}", adapter.check),
        });
    }
    outcome.skipped.push(Skipped {
        check: adapter.check.to_owned(),
        reason: format!("{reason}; {hint}"),
    });
}

/// Names of running things, in the order in which they began.
pub(crate) type Names = Mutex<Vec<&'static str>>;
