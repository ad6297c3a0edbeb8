//! `check`, `validate`, `lint` and `fix`: judge, then report.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, bail};
use baton_check::external::Profile;
use baton_check::{CheckConfig, Report, Scope, UnknownSelector, select};
use baton_repo::{Date, FileSource, Overlay, Repo, Worktree};
use baton_rules::{Check, RULES};
use baton_source::{RepoPath, Severity};

use super::range::{self, Range};
use super::{branch, mend, notices, outside, print, restage, selectors, standing, watch};
use crate::baseline;
use crate::cli::{CheckArgs, Format, NamedArgs, RunArgs};
use crate::exit::{Verdict, say, written};
use crate::output::{self, Reader, Shown};
use crate::project::{self, Named, Project, Target};
use crate::terminal::Terminal;

/// Everything a run needs to know.
pub(super) struct Run {
    pub(super) project: Project,
    pub(super) args: RunArgs,
    pub(super) targets: Vec<Target>,
    /// The file whose text came from standard input.
    pub(super) stdin: Option<RepoPath>,
    pub(super) worktree: Worktree,
    /// The work tree, the index or a commit, with what the command line adds to it.
    pub(super) source: Arc<dyn FileSource>,
    /// What changed, when only that is looked at.
    pub(super) range: Option<Range>,
    pub(super) config: CheckConfig,
    pub(super) fail_on: Severity,
    /// Whether the process goes on to another run.
    pub(super) again: bool,
}

/// `baton check`.
pub(super) fn check(args: CheckArgs) -> Result<Verdict> {
    if args.watch {
        return watch::watch(&args);
    }
    run(&prepared(args)?)
}

/// What one run of `baton check` needs, read anew.
pub(super) fn prepared(mut args: CheckArgs) -> Result<Run> {
    if let Some(profile) = args.run.profile
        && args.run.select.is_empty()
        && !args.run.skip_external
    {
        args.run.external = selectors::external(profile.into()).collect();
    }
    if let Some((project, range)) = range::asked_for(&args)? {
        let mut prepared = prepare(project, args.run, Vec::new(), None)?;
        prepared.range = Some(range);
        return Ok(prepared);
    }
    let project = project::find(args.run.config.as_deref())?;
    let targets = project::targets(&project, &args.paths)?;
    let stdin = args.stdin_filename.as_deref();
    let stdin = stdin.map(|path| read_stdin(&project, path)).transpose()?;
    prepare(project, args.run, targets, stdin)
}

/// `baton validate` and `baton lint`.
pub(super) fn named(args: NamedArgs, group: &str) -> Result<Verdict> {
    let mut project = project::find(args.run.config.as_deref())?;
    if branch::is_asked_for(&args.names) {
        branch::add_current(&mut project, &args)?;
    }
    let mut run_args = args.run;
    run_args
        .select
        .extend(selectors::in_group(group, &args.names)?);
    if args.names.iter().any(|name| name == "all") && !run_args.skip_external {
        let profile = run_args.profile.map_or(Profile::Local, Profile::from);
        run_args.select.extend(selectors::external(profile));
        if args.online {
            let networked = selectors::networked();
            run_args
                .select
                .extend(networked.map(|one| one.check.to_owned()));
        } else if run_args.profile.is_none() {
            run_args.left_out = selectors::expected_online();
        }
    }
    run(&prepare(project, run_args, Vec::new(), None)?)
}

/// `baton fix`.
pub(super) fn fix(args: NamedArgs) -> Result<Verdict> {
    let mut run_args = args.run;
    run_args.fix = true;
    run_args.select.extend(selectors::in_any_group(&args.names));
    let project = project::find(run_args.config.as_deref())?;
    run(&prepare(project, run_args, Vec::new(), None)?)
}

/// The text on standard input and the file it stands for.
fn read_stdin(project: &Project, path: &Path) -> Result<(RepoPath, Vec<u8>)> {
    let path = project::file_path(project, path)?;
    let limit = project.config.repository.max_file_size as u64 + 1;
    let mut text = Vec::new();
    let read = io::stdin().lock().take(limit).read_to_end(&mut text);
    read.context("cannot read standard input")?;
    Ok((path, text))
}

/// Puts together what a run needs.
pub(super) fn prepare(
    mut project: Project,
    args: RunArgs,
    mut targets: Vec<Target>,
    stdin: Option<(RepoPath, Vec<u8>)>,
) -> Result<Run> {
    if args.statistics && !matches!(args.output_format, Format::Full | Format::Concise) {
        bail!("`--statistics` is a table for people; other formats hold the same figures anyway");
    }
    let threads = baton_check::use_threads(args.jobs.map(usize::from));
    let worktree = Worktree::new(&project.root, threads);
    let mut source: Arc<dyn FileSource> = match &project.source {
        Some(source) => Arc::clone(source),
        None => Arc::new(worktree.clone()),
    };
    let standing = standing::asked_for(&mut project, &args, &*source)?;
    let mut files = project::named_files(&targets);
    let baseline = args.baseline.as_ref();
    let baseline = baseline.or(project.config.baseline.as_ref()).cloned();
    // It is read although git ignores it.
    files.extend(
        baseline
            .iter()
            .filter_map(|path| baseline::in_repository(&project, path)),
    );
    if !files.is_empty() {
        source = Arc::new(Named {
            base: source,
            files,
        });
    }
    let stdin = stdin.map(|(path, text)| {
        let mut overlay = Overlay::new(Arc::clone(&source));
        overlay.set(path.clone(), text);
        source = Arc::new(overlay);
        targets.push(Target::File(path.clone()));
        path
    });
    let mut config = check_config(&project, &args)?;
    config.standing = standing.map(Arc::new);
    if let Some(path) = baseline {
        config.baseline = Some(Arc::new(baseline::load(&project, &*source, &path)?));
    }
    let configured = project.config.fail_on.unwrap_or(Severity::Error);
    Ok(Run {
        fail_on: args.fail_on.map_or(configured, Severity::from),
        project,
        args,
        targets,
        stdin,
        worktree,
        source,
        range: None,
        config,
        again: false,
    })
}

/// What the command line and the configuration say together; the command line wins.
pub(super) fn check_config(project: &Project, args: &RunArgs) -> Result<CheckConfig> {
    let configured = &project.config;
    let selection = if args.select.is_empty() {
        let ignore = [configured.ignore.as_slice(), args.ignore.as_slice()].concat();
        let mut wanted = configured.select.clone();
        if wanted.is_empty() && !args.external.is_empty() {
            wanted.push("all".to_owned());
        }
        wanted.extend(args.external.iter().cloned());
        select(&wanted, &ignore)
    } else {
        let mut ignore = args.ignore.clone();
        if args.skip_external {
            let outside = RULES
                .iter()
                .filter(|rule| matches!(rule.check, Check::External));
            ignore.extend(outside.map(|rule| rule.meta.slug.to_owned()));
        }
        select(&args.select, &ignore)
    };
    let mut selection = selection.map_err(|unknown| unknown_selector(&unknown))?;
    selection.configured_only = args.configured_only;
    let mut settings = configured.settings.clone();
    settings.compat_reference = args.compat.is_some();
    let overrides = configured
        .overrides
        .iter()
        .map(|entry| entry.levels.clone());
    let now = std::time::SystemTime::now();
    let now = now
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    Ok(CheckConfig {
        selection,
        levels: configured.levels.clone(),
        overrides: overrides.collect(),
        settings,
        baseline: None,
        standing: None,
        today: Date::from_unix_seconds(now.as_secs()),
    })
}

fn unknown_selector(unknown: &UnknownSelector) -> anyhow::Error {
    let hint = match unknown.suggestion {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "see `baton checks` and `baton rules`".to_owned(),
    };
    anyhow!("{unknown}; {hint}")
}

/// Judges once and reports.
pub(super) fn run(run: &Run) -> Result<Verdict> {
    let options = &run.project.config.repository;
    let repo = Repo::open(Arc::clone(&run.source), options)?;
    let scope = match &run.range {
        Some(range) => range::scope(run, &repo, range)?,
        None => project::scope(&repo, &run.targets),
    };
    notices::before(run, &repo);
    if run.args.diff {
        return mend::diff(run, &scope);
    }
    if run.args.fix {
        if let Some(git) = run.range.as_ref().and_then(|range| range.index.as_ref()) {
            return restage::fix(run, git, &scope);
        }
        return mend::fix(run, &scope);
    }
    let report = outside::judge(run, &repo, &scope)?;
    let verdict = tell(run, &repo, (&scope, &report));
    if !run.again {
        // The process ends now: taking every tree of every file apart would only delay it.
        std::mem::forget(repo);
    }
    verdict
}

/// Tells the user what a run found.
pub(super) fn tell(run: &Run, repo: &Repo, (scope, report): (&Scope, &Report)) -> Result<Verdict> {
    let shown = Shown {
        repo,
        report,
        config: &run.config,
        fail_on: run.fail_on,
        fixed: &[],
    };
    report_to_user(run, scope, &shown)
}

/// Writes the report, says what stands beside it, and decides on the exit code.
pub(super) fn report_to_user(run: &Run, scope: &Scope, shown: &Shown<'_>) -> Result<Verdict> {
    let format = run.args.output_format;
    let render = |out: &mut dyn io::Write, terminal| {
        if run.args.statistics {
            output::statistics(out, shown, terminal)
        } else {
            output::write(out, format, shown, terminal)
        }
    };
    match &run.args.output_file {
        None => print(|out| render(out, Terminal::stdout()))?,
        Some(path) => {
            let failed = || format!("cannot write `{}`", path.display());
            let mut out = BufWriter::new(File::create(path).with_context(failed)?);
            let outcome = render(&mut out, Terminal::file()).and_then(|()| out.flush());
            written(outcome).with_context(failed)?;
        }
    }
    say_notices(run, scope, shown);
    Ok(verdict(run, shown))
}

/// Says what stands beside the report.
pub(super) fn say_notices(run: &Run, scope: &Scope, shown: &Shown<'_>) {
    let terminal = Terminal::stderr();
    let for_people = matches!(run.args.output_format, Format::Full | Format::Concise);
    let reader = match (for_people, scope) {
        (false, _) => Reader::Program,
        (true, Scope::Changed(_)) if run.args.select.is_empty() => Reader::PersonWithPaths,
        (true, _) => Reader::Person,
    };
    if for_people {
        notices::idle(run, scope, shown);
    }
    for line in output::notices(shown, reader, terminal) {
        say(&line);
    }
    let elsewhere = run.args.output_file.is_some() || run.args.diff || run.stdin_is_fixed();
    let is_concise = run.args.output_format == Format::Concise && !run.args.statistics;
    if for_people && (is_concise || elsewhere) {
        say(&output::summary_line(shown, terminal));
    }
}

/// The exit code that the findings that are left call for.
pub(super) fn verdict(run: &Run, shown: &Shown<'_>) -> Verdict {
    if !shown.report.failures.is_empty() {
        return Verdict::Incomplete;
    }
    let fails = shown
        .report
        .findings
        .iter()
        .any(|finding| shown.fails(finding));
    if fails && !run.args.exit_zero {
        return Verdict::Findings;
    }
    Verdict::Clean
}

impl Run {
    /// Whether fixing changes a text from standard input, which goes to standard output then.
    pub(super) fn stdin_is_fixed(&self) -> bool {
        self.args.fix && self.stdin.is_some()
    }
}
