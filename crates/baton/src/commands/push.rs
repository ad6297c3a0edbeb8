//! `push-check`: what is being pushed, judged as it is in the pushed commits.

mod base;
mod line_of_figures;
mod lines;

use std::io::{self, IsTerminal as _, Read as _};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, Result};
use baton_check::Before;
use baton_repo::{Changes, Git, GitTree, Repo};

use super::branch;
use super::check::{self, Run, say_notices, verdict};
use super::print;
use super::range::{self, Range};
use crate::cli::{Format, PushArgs, RunArgs};
use crate::exit::{Verdict, say};
use crate::output::{self, Shown};
use crate::project::{self, Project};
use crate::terminal::{Terminal, harmless};
use base::{Base, Push};
use lines::Line;

/// One commit that is pushed, under one name or several.
struct Tip {
    commit: String,
    names: Vec<String>,
    /// Those of the names that are branches.
    branches: Vec<String>,
    project: Project,
    /// What changed and what it was before; `None` when that is not known.
    changes: Option<(Changes, Before)>,
}

/// `baton push-check`.
pub(super) fn push_check(args: &PushArgs) -> Result<Verdict> {
    let root = project::root()?;
    let git = Git::open(&root)?;
    let (lines, remote) = lines(args, &git)?;
    let mut tips: Vec<Tip> = Vec::new();
    for line in lines.iter().filter(|line| !line.deletes()) {
        add(&mut tips, args, (&git, &remote), line)?;
    }
    let several = tips.len() > 1;
    let mut worst = Verdict::Clean;
    let nothing_to_do = tips.is_empty();
    for tip in tips {
        let heading = several.then(|| tip.names.join("`, `"));
        let verdict = judge(args, tip, heading.as_deref())?;
        if verdict.code() > worst.code() {
            worst = verdict;
        }
    }
    if nothing_to_do && lines.is_empty() && !io::stdin().is_terminal() {
        say(&format!(
            "{} git named no commit on standard input; if something is pushed all the same, the \
             hook manager must hand that on (lefthook: `use_stdin: true` at this job)",
            Terminal::stderr().bold("nothing evaluated:")
        ));
    } else if nothing_to_do {
        say("Nothing new is pushed, so nothing was checked.");
    }
    Ok(worst)
}

/// What is pushed and whereto: as git tells, or, at a terminal, what a push from here would be.
fn lines(args: &PushArgs, git: &Git) -> Result<(Vec<Line>, String)> {
    if io::stdin().is_terminal() {
        let head = git.head()?;
        let followed = head.as_ref().and_then(|head| head.remote.clone());
        let remote = args.remote.clone().or(followed);
        let remote = remote.unwrap_or_else(|| "origin".to_owned());
        let line = head.map(|head| Line::by_hand(git, &head)).transpose()?;
        return Ok((line.into_iter().collect(), remote));
    }
    let mut told = String::new();
    io::stdin()
        .lock()
        .read_to_string(&mut told)
        .context("cannot read what is pushed from standard input")?;
    Ok((lines::parse(&told)?, remote(args, git)?))
}

/// The name of the remote; git gives the address where a push names no remote.
fn remote(args: &PushArgs, git: &Git) -> Result<String> {
    let Some(named) = &args.remote else {
        let followed = git.head()?.and_then(|head| head.remote);
        return Ok(followed.unwrap_or_else(|| "origin".to_owned()));
    };
    if git.remote_branches(named)?.is_empty()
        && let Some(known) = git.remote_at(args.url.as_ref().unwrap_or(named))?
    {
        return Ok(known);
    }
    Ok(named.clone())
}

/// Adds what a line pushes; lines that push the same commit are judged together.
fn add(
    tips: &mut Vec<Tip>,
    args: &PushArgs,
    (git, remote): (&Git, &str),
    line: &Line,
) -> Result<()> {
    let notice = Terminal::stderr().bold("notice:");
    let name = harmless(line.name()).into_owned();
    let Some(commit) = git.commit(&line.local_id)? else {
        say(&format!(
            "{notice} `{name}` is no commit, so it is not checked"
        ));
        return Ok(());
    };
    if line.is_tag() && base::is_on(git, remote, &commit)? {
        say(&format!(
            "{notice} the commit of `{name}` is on the remote already"
        ));
        return Ok(());
    }
    let source = Arc::new(GitTree::of(git, &commit)?);
    let project = project::find_in(source, args.config.as_deref())?;
    let push = Push {
        git,
        remote,
        default_branch: project.config.default_branch.as_deref(),
        scope: args.scope,
    };
    let found = base::base(&push, line, &commit)?;
    for remark in &found.remarks {
        say(&format!("{notice} `{name}`: {remark}"));
    }
    let since = |base: Option<&str>| -> Result<(Changes, Before)> {
        let changes = git.changes_between(base, &commit)?;
        let before = range::before(git, base, &changes, &project);
        Ok((changes, before))
    };
    let changes = match &found.base {
        Base::Commit(base) => Some(since(Some(base))?),
        Base::Nothing => Some(since(None)?),
        Base::Unknown => None,
    };
    match tips.iter_mut().find(|tip| tip.commit == commit) {
        None => tips.push(Tip {
            commit,
            names: vec![name],
            branches: line.branch().into_iter().collect(),
            project,
            changes,
        }),
        Some(tip) => {
            tip.names.push(name);
            tip.branches.extend(line.branch());
            tip.changes = tip.changes.take().zip(changes).map(|(mut all, more)| {
                all.0.extend(more.0);
                all.1.extend(more.1);
                all
            });
        }
    }
    Ok(())
}

fn judge(args: &PushArgs, tip: Tip, heading: Option<&str>) -> Result<Verdict> {
    let start = Instant::now();
    let mut run = check::prepare(tip.project, run_args(args), Vec::new(), None)?;
    let mut repo = Repo::open(Arc::clone(&run.source), &run.project.config.repository)?;
    if !tip.branches.is_empty() && branch::has_conventions(&run.project, &repo) {
        let changes = tip.changes.as_ref().map(|(changes, _)| changes);
        run.source = branch::with_branches(run.source, &tip.branches, changes);
        repo = Repo::open(Arc::clone(&run.source), &run.project.config.repository)?;
    }
    let mut scope = match tip.changes {
        None => baton_check::Scope::All,
        Some((changes, before)) => {
            let range = Range {
                index: None,
                changes,
                before,
                nothing: "no file is changed by what is pushed".to_owned(),
            };
            range::scope(&run, &repo, &range)?
        }
    };
    if let baton_check::Scope::Changed(changed) = &mut scope {
        let files = tip.branches.iter().map(|name| branch::file_of(name));
        let paths = &mut changed.paths;
        paths.extend(files.filter(|file| repo.file(file.as_str()).is_some()));
        paths.sort_unstable();
    }
    let report = baton_check::check(&repo, &run.config, &scope)?;
    let shown = Shown {
        repo: &repo,
        report: &report,
        config: &run.config,
        fail_on: run.fail_on,
        fixed: &[],
    };
    write(&run, &shown, (heading, start))?;
    say_notices(&run, &scope, &shown);
    Ok(verdict(&run, &shown))
}

/// Findings, when there are any, and the line of figures; a program gets its report at all times,
/// and nothing else on standard output.
fn write(run: &Run, shown: &Shown<'_>, (heading, start): (Option<&str>, Instant)) -> Result<()> {
    let (terminal, format) = (Terminal::stdout(), run.args.output_format);
    let for_people = matches!(format, Format::Full | Format::Concise);
    print(|out| {
        if !for_people || !shown.report.findings.is_empty() {
            output::write(out, format, shown, terminal)?;
        }
        let line = line_of_figures::line(shown, heading, start.elapsed());
        if for_people {
            return writeln!(out, "{line}");
        }
        say(&line);
        Ok(())
    })
}

fn run_args(args: &PushArgs) -> RunArgs {
    RunArgs {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        configured_only: false,
        compat: None,
        config: args.config.clone(),
        baseline: None,
        suppressions_from: None,
        fix: false,
        unsafe_fixes: false,
        diff: false,
        output_format: if args.concise {
            Format::Concise
        } else {
            args.output_format
        },
        output_file: None,
        statistics: false,
        fail_on: args.fail_on,
        exit_zero: false,
        profile: None,
        skip_external: false,
        require_tools: false,
        external: Vec::new(),
        left_out: Vec::new(),
        jobs: args.jobs,
    }
}
