//! One run: plan, judge in parallel, sort.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::{Duration, Instant};

use baton_repo::{File, Repo, RepoError};
use baton_rules::{CHECKS, Ctx, Rule};
use baton_source::{Diagnostic, Severity};
use baton_syntax::glob::GlobSet;

use crate::baseline;
use crate::coverage::coverage;
use crate::external::{self, External};
use crate::judge::{Judged, judge};
use crate::lesser::drop_lesser;
use crate::plan::{Judges, Plan, plan};
use crate::recall::Recall;
use crate::suppression::suppress;
use crate::unread::unread;
use crate::{CheckConfig, CheckCount, Level, Note, Report, Scope};

/// What everything after judging looks at.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) repo: &'a Repo,
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) config: &'a CheckConfig,
    pub(crate) scope: &'a Scope,
}

/// What is to be done.
#[derive(Clone, Copy)]
struct Task<'a> {
    repo: &'a Repo,
    config: &'a CheckConfig,
    scope: &'a Scope,
    how: Option<&'a External<'a>>,
}

/// Judges a repository without starting any other program.
pub fn check(repo: &Repo, config: &CheckConfig, scope: &Scope) -> Result<Report, RepoError> {
    check_with(repo, config, scope, None)
}

/// Judges a repository; tools of others run at the same time.
pub fn check_with(
    repo: &Repo,
    config: &CheckConfig,
    scope: &Scope,
    how: Option<&External<'_>>,
) -> Result<Report, RepoError> {
    let task = Task {
        repo,
        config,
        scope,
        how,
    };
    run(task, judge)
}

/// Judges all of a repository, as far as the last run of the same configuration over the same
/// paths does not say already what comes out; `recall` is that run, and becomes this one.
pub fn check_again(
    repo: &Repo,
    config: &CheckConfig,
    how: Option<&External<'_>>,
    recall: &mut Recall,
) -> Result<Report, RepoError> {
    let stale = recall.stale(repo, config)?;
    let task = Task {
        repo,
        config,
        scope: &Scope::All,
        how,
    };
    run(task, |ctx, plan| recall.judge(ctx, plan, stale.as_ref()))
}

fn run(
    task: Task<'_>,
    judge: impl FnOnce(&Ctx<'_>, &Plan<'_>) -> Vec<Judged>,
) -> Result<Report, RepoError> {
    let Task {
        repo,
        config,
        scope,
        how,
    } = task;
    let mut plan = plan(repo, config, scope)?;
    let ctx = Ctx::new(repo, &config.settings, config.today).asked_for(config.selection.asked());
    let ctx = match scope {
        Scope::All => ctx,
        Scope::Changed(changed) => ctx.about(&changed.paths),
    };
    let (judged, outside, elapsed) = judged((repo, &plan, how), || judge(&ctx, &plan))?;
    let mut report = Report {
        skipped: outside.skipped,
        failures: outside.failures,
        tools: outside.tools,
        // Without tools, two reports of the same files are the same.
        elapsed: how.map_or(Duration::ZERO, |_| elapsed),
        coverage: coverage(repo, &plan, scope),
        ..Report::default()
    };
    plan.tool_rules = external::heard(&plan, &report);
    let run = Run {
        repo,
        plan: &plan,
        config,
        scope,
    };
    let mut findings = unread(run, &mut report.failures);
    findings.extend(outside.findings);
    for judged in judged {
        findings.extend(judged.findings);
        report.failures.extend(judged.failures);
        report.undecided += judged.undecided;
    }
    apply_levels(repo, config, &mut findings)?;
    settle(run, findings, &mut report)?;
    count(&ctx, config, &plan, &mut report);
    Ok(report)
}

/// What rules and tools say, and how long the rules took.
fn judged(
    (repo, plan, how): (&Repo, &Plan<'_>, Option<&External<'_>>),
    judge: impl FnOnce() -> Vec<Judged>,
) -> Result<(Vec<Judged>, external::Outcome, Duration), RepoError> {
    thread::scope(|threads| {
        // Without a tool to run, a thread for them would be the dearest part of a small run.
        let tools = how.filter(|how| external::has_work(plan, how));
        let outside = tools.map(|how| threads.spawn(|| external::run(repo, plan, how)));
        let begun = Instant::now();
        let judged = judge();
        let elapsed = begun.elapsed();
        let outside = match outside.map(thread::ScopedJoinHandle::join) {
            Some(Ok(outside)) => outside?,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => external::not_run(plan),
        };
        Ok((judged, outside, elapsed))
    })
}

/// Sets aside what comments and the baseline answer for, and puts the rest in order.
fn settle(run: Run<'_>, findings: Vec<Diagnostic>, report: &mut Report) -> Result<(), RepoError> {
    let (repo, config) = (run.repo, run.config);
    let mut complaints = suppress(run, findings, report);
    apply_levels(repo, config, &mut complaints)?;
    report.findings.extend(complaints);
    drop_lesser(report);
    report.findings.sort_by(order);
    let mut stale = baseline::apply(run, report);
    apply_levels(repo, config, &mut stale)?;
    report.findings.extend(stale);
    report.findings.sort_by(order);
    report
        .suppressed
        .sort_by(|left, right| order(&left.finding, &right.finding));
    report
        .failures
        .sort_by(|left, right| (&left.path, left.rule).cmp(&(&right.path, right.rule)));
    Ok(())
}

fn order(left: &Diagnostic, right: &Diagnostic) -> std::cmp::Ordering {
    let key = |finding: &Diagnostic| (finding.at, finding.rule);
    key(left)
        .cmp(&key(right))
        .then_with(|| left.message.cmp(&right.message))
}

/// Gives findings the severity the configuration demands, and drops those it turns off.
fn apply_levels(
    repo: &Repo,
    config: &CheckConfig,
    findings: &mut Vec<Diagnostic>,
) -> Result<(), RepoError> {
    let mut overrides = Vec::new();
    for entry in &config.overrides {
        let globs = GlobSet::new(&entry.paths).map_err(|error| RepoError::Glob {
            kind: "overrides".to_owned(),
            message: error.to_string(),
        })?;
        overrides.push((globs, &entry.levels));
    }
    findings.retain_mut(|finding| {
        let path = repo
            .by_id(finding.at.file)
            .map_or("", |file| file.path.as_str());
        let by_path = overrides.iter().rev().find_map(|(globs, levels)| {
            levels
                .get(finding.rule)
                .filter(|_| globs.matches(path))
                .copied()
        });
        match by_path.or_else(|| config.level(finding.rule)) {
            Some(Level::Off) => false,
            Some(Level::At(severity)) => {
                finding.severity = severity;
                true
            }
            None => true,
        }
    });
    Ok(())
}

/// Fills in the figures by check, and names the checks that had nothing to look at.
fn count(ctx: &Ctx<'_>, config: &CheckConfig, plan: &Plan<'_>, report: &mut Report) {
    let judged = judged_by_check(ctx, plan);
    for check in CHECKS
        .iter()
        .filter(|check| config.selection.counts(check.name))
    {
        let is_member = |rule: &&Rule| rule.meta.checks.contains(&check.name);
        let members = plan.rules.iter().copied().filter(is_member);
        let members: BTreeSet<&str> = members.map(|rule| rule.meta.slug).collect();
        if members.is_empty() {
            continue;
        }
        let done = external::is_done(check.name, report);
        let relevant = judged.get(check.name).copied().unwrap_or(0);
        let checked = if done { relevant } else { 0 };
        let of = |severity| {
            let findings = report
                .findings
                .iter()
                .filter(|finding| members.contains(finding.rule));
            findings
                .filter(|finding| finding.severity == severity)
                .count()
        };
        let count = CheckCount {
            check: check.name,
            checked,
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            infos: of(Severity::Info),
        };
        if relevant == 0 && count.errors + count.warnings + count.infos == 0 {
            report.not_evaluated.push(Note {
                check: check.name,
                reason: "no file in scope is of a kind it judges".to_owned(),
            });
        }
        report.per_check.push(count);
    }
}

/// How many files each check judges.
fn judged_by_check(ctx: &Ctx<'_>, plan: &Plan<'_>) -> BTreeMap<&'static str, usize> {
    let mut lists: BTreeMap<*const &Rule, (&Judges, Vec<&File>)> = BTreeMap::new();
    for (file, rules) in plan.files.iter().chain(&plan.again) {
        let list = lists.entry(rules.as_ptr()).or_insert((rules, Vec::new()));
        list.1.push(file);
    }
    let mut counts = BTreeMap::new();
    for (rules, files) in lists.into_values() {
        let checks = rules.iter().flat_map(|rule| rule.meta.checks);
        let checks: BTreeSet<&'static str> = checks.copied().collect();
        for check in checks {
            let mut of_check = rules
                .iter()
                .filter(|rule| rule.meta.checks.contains(&check));
            let for_templates = of_check.all(|rule| rule.meta.files.contains(&"@arm"));
            let judged = files.iter().filter(|file| {
                !(ctx.leaves_out(check, file) || for_templates && is_other_json(file))
            });
            *counts.entry(check).or_default() += judged.count();
        }
    }
    counts
}

/// Whether it is JSON and, to who judges ARM templates, nothing.
fn is_other_json(file: &File) -> bool {
    let extension = file.path.name().rsplit('.').next();
    extension == Some("json") && file.iac().is_none()
}
