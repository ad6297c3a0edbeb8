//! What the rules make of files and of the repository, on as many threads as that is worth.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use baton_repo::File;
use baton_rules::{Check, Ctx, Findings, Rule};
use baton_source::Diagnostic;
use rayon::prelude::*;

use crate::Failure;
use crate::plan::{Judges, Plan};
use crate::threads;

/// What one rule made of one file, or of the repository.
#[derive(Default, Clone)]
pub(crate) struct Judged {
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) failures: Vec<Failure>,
    pub(crate) undecided: usize,
}

/// What the rules of a plan make of all of it.
pub(crate) fn judge(ctx: &Ctx<'_>, plan: &Plan<'_>) -> Vec<Judged> {
    let files: Vec<&(&File, Judges)> = plan.files.iter().chain(&plan.again).collect();
    let (mut judged, of_repo) = judge_some(ctx, &files, &plan.repo_rules);
    judged.extend(of_repo);
    judged
}

/// What rules make of some files, and some rules of the repository, each in the order given.
pub(crate) fn judge_some(
    ctx: &Ctx<'_>,
    files: &[&(&File, Judges)],
    rules: &[&'static Rule],
) -> (Vec<Judged>, Vec<Judged>) {
    let of_file = |(file, rules): &&(&File, Judges)| judge_file(ctx, file, rules);
    let of_repo = |rule: &&'static Rule| {
        let Check::Repo(judge) = rule.check else {
            return Judged::default();
        };
        guarded(rule, None, |out| judge(ctx, out))
    };
    if threads::start_for(files.len() + rules.len()) {
        // The program of all infrastructure code is put together by whoever asks first; what
        // takes long of that is parsing.
        files.par_iter().for_each(|(file, rules)| {
            if rules.iter().any(|rule| reads_code(rule)) {
                // Rules see what came of it, a panic of the parser included.
                let _ = file.iac();
            }
        });
        let files = files.par_iter().map(of_file).collect();
        return (files, rules.par_iter().map(of_repo).collect());
    }
    let files = files.iter().map(of_file).collect();
    (files, rules.iter().map(of_repo).collect())
}

fn reads_code(rule: &Rule) -> bool {
    rule.meta.reads.contains(&"@terraform")
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
