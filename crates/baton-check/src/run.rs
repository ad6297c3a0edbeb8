//! One run: plan, judge in parallel, sort.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

use baton_repo::{File, Repo, RepoError};
use baton_rules::{CHECKS, Check, Ctx, Findings, Rule};
use baton_source::{Diagnostic, Severity};
use baton_syntax::glob::GlobSet;
use rayon::prelude::*;

use crate::baseline;
use crate::coverage::coverage;
use crate::external::{self, External};
use crate::plan::{Judges, Plan, plan};
use crate::suppression::suppress;
use crate::threads;
use crate::unread::unread;
use crate::{CheckConfig, CheckCount, Failure, Level, Note, Report, Scope};

/// What everything after judging looks at.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) repo: &'a Repo,
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) config: &'a CheckConfig,
    pub(crate) scope: &'a Scope,
}

/// What one rule made of one file, or of the repository.
#[derive(Default)]
pub(crate) struct Judged {
    findings: Vec<Diagnostic>,
    failures: Vec<Failure>,
    undecided: usize,
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
    let mut plan = plan(repo, config, scope)?;
    let ctx = Ctx::new(repo, &config.settings, config.today).asked_for(config.selection.asked());
    let ctx = match scope {
        Scope::All => ctx,
        Scope::Changed(changed) => ctx.about(&changed.paths),
    };
    let mut elapsed = Duration::ZERO;
    let (judged, outside) = thread::scope(|threads| {
        // Without a tool to run, a thread for them would be the dearest part of a small run.
        let tools = how.filter(|how| external::has_work(&plan, how));
        let outside = tools.map(|how| threads.spawn(|| external::run(repo, &plan, how)));
        let begun = Instant::now();
        let judged = judge(&ctx, &plan);
        elapsed = begun.elapsed();
        (judged, outside.map(thread::ScopedJoinHandle::join))
    });
    let outside = match outside {
        Some(Ok(outside)) => outside?,
        Some(Err(panic)) => std::panic::resume_unwind(panic),
        None => external::not_run(&plan),
    };

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
    let mut complaints = suppress(run, findings, &mut report);
    apply_levels(repo, config, &mut complaints)?;
    report.findings.extend(complaints);
    report.findings.sort_by(order);
    let mut stale = baseline::apply(run, &mut report);
    apply_levels(repo, config, &mut stale)?;
    report.findings.extend(stale);
    report.findings.sort_by(order);
    report
        .suppressed
        .sort_by(|left, right| order(&left.finding, &right.finding));
    report
        .failures
        .sort_by(|left, right| (&left.path, left.rule).cmp(&(&right.path, right.rule)));
    count(&ctx, config, &plan, &mut report);
    Ok(report)
}

/// What the rules make of the files and of the repository.
fn judge(ctx: &Ctx<'_>, plan: &Plan<'_>) -> Vec<Judged> {
    let of_file = |(file, rules): &(&File, Judges)| judge_file(ctx, file, rules);
    let of_repo = |rule: &&'static Rule| {
        let Check::Repo(judge) = rule.check else {
            return Judged::default();
        };
        guarded(rule, None, |out| judge(ctx, out))
    };
    let tasks = plan.files.len() + plan.again.len() + plan.repo_rules.len();
    if !threads::start_for(tasks) {
        let of_files = plan.files.iter().chain(&plan.again).map(of_file);
        return of_files
            .chain(plan.repo_rules.iter().map(of_repo))
            .collect();
    }
    let mut judged: Vec<Judged> = plan.files.par_iter().map(of_file).collect();
    judged.par_extend(plan.again.par_iter().map(of_file));
    judged.par_extend(plan.repo_rules.par_iter().map(of_repo));
    judged
}

fn order(left: &Diagnostic, right: &Diagnostic) -> std::cmp::Ordering {
    let key = |finding: &Diagnostic| (finding.at, finding.rule);
    key(left)
        .cmp(&key(right))
        .then_with(|| left.message.cmp(&right.message))
}

fn judge_file(ctx: &Ctx<'_>, file: &File, rules: &[&'static Rule]) -> Judged {
    let mut judged = Judged::default();
    // A file without text is reported once by the checker, not by every rule.
    if file.problem().is_some() {
        return judged;
    }
    for rule in rules {
        let of_rule = match rule.check {
            Check::File(judge) => guarded(rule, Some(file), |out| judge(ctx, file, out)),
            Check::Table(judge) => guarded(rule, Some(file), |out| {
                judge(ctx, file, rule.meta.slug, out);
            }),
            Check::Repo(_) | Check::Checker | Check::External => continue,
        };
        judged.findings.extend(of_rule.findings);
        judged.failures.extend(of_rule.failures);
        judged.undecided += of_rule.undecided;
    }
    judged
}

/// Runs a rule, stamps its name on what it finds, and turns a panic into a failure.
fn guarded(rule: &'static Rule, file: Option<&File>, judge: impl FnOnce(&mut Findings)) -> Judged {
    let mut out = Findings::new(rule.meta.severity);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        judge(&mut out);
        out
    }));
    match outcome {
        Ok(out) => {
            let undecided = out.open_questions();
            let mut findings = out.into_vec();
            for finding in &mut findings {
                finding.rule = rule.meta.slug;
            }
            Judged {
                findings,
                undecided,
                failures: Vec::new(),
            }
        }
        Err(panic) => Judged {
            findings: Vec::new(),
            undecided: 0,
            failures: vec![Failure {
                path: file.map(|file| file.path.clone()),
                rule: Some(rule.meta.slug),
                message: format!("the rule panicked: {}", panic_message(&*panic)),
            }],
        },
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use baton_repo::{Memory, Options, Repo};
    use baton_rules::{Findings, RULES};

    use super::guarded;

    const PATH: &str = "infra/main.tf";

    #[test]
    fn a_panic_becomes_a_failure_that_names_rule_and_file() {
        let source = Memory::new([(PATH, "locals {}\n")]);
        let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
        let rule = RULES.first().unwrap();
        let judge = |out: &mut Findings| {
            out.report(repo.file(PATH).unwrap().whole(), "found before the panic");
            panic!("no such {}", "thing");
        };

        let judged = guarded(rule, repo.file(PATH), judge);

        assert!(judged.findings.is_empty());
        let [failure] = judged.failures.as_slice() else {
            panic!("one failure");
        };
        assert_eq!(failure.rule, Some(rule.meta.slug));
        assert_eq!(failure.path.as_ref().unwrap().as_str(), PATH);
        assert_eq!(failure.message, "the rule panicked: no such thing");
    }

    #[test]
    fn what_a_rule_finds_bears_its_name() {
        let source = Memory::new([(PATH, "locals {}\n")]);
        let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
        let rule = RULES.first().unwrap();
        let whole = repo.file(PATH).unwrap().whole();

        let judged = guarded(rule, None, |out| {
            out.report(whole, "found");
        });

        assert!(judged.failures.is_empty());
        assert_eq!(judged.findings.first().unwrap().rule, rule.meta.slug);
    }
}
