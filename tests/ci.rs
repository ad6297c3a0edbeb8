//! The action, the workflow and the GitLab job we ship, run step by step as their hosts would.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]
#![expect(dead_code, reason = "the helpers serve other tests too")]

mod clones;
mod scratch;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use baton_syntax::node::Node;
use baton_syntax::yaml;
use clones::{Clone, isolated};
use scratch::{code, err, out};

const MAIN: &str = "infra/terraform/shop/main.tf";
const GOOD: &str = "resource \"azurerm_resource_group\" \"shop\" {\n  name = \"shop\"\n}\n";
const EXCUSED: &str = "resource \"azurerm_storage_account\" \"shop\" {\n  \
    # baton-ignore outdated-tls: nobody will notice\n  min_tls_version = \"TLS1_0\"\n\n  \
    shared_access_key_enabled     = false\n  public_network_access_enabled = false\n}\n";

/// A change on a branch that excuses its own fault, and what a host offers its jobs.
struct Job {
    clone: Clone,
    base: String,
}

fn job() -> Job {
    let clone = Clone::empty(&[]);
    clone.put(MAIN, GOOD);
    let base = clone.commit("base");
    clone.git(&["checkout", "-q", "-b", "change"]);
    clone.put(MAIN, EXCUSED);
    clone.commit("change");
    let job = Job { clone, base };
    fs::create_dir(job.folder("bin")).unwrap();
    symlink(env!("CARGO_BIN_EXE_baton"), job.folder("bin").join("baton")).unwrap();
    // No formatter takes part here: what the tools of others say is another test's business.
    let script = "#!/bin/sh\n[ \"$1\" = version ] && echo \"Terraform v1\"\n[ \"$1\" = validate ] && echo '{\"valid\": true, \"diagnostics\": []}'\n[ \"$1\" = --format=json ] && echo '{\"issues\": [], \"errors\": []}'\nexit 0\n";
    for tool in ["terraform", "tflint"] {
        scratch::put(&job.folder("bin"), tool, script);
        clones::executable(&job.folder("bin").join(tool));
    }
    job
}

impl Job {
    fn folder(&self, name: &str) -> PathBuf {
        self.clone.at().parent().unwrap().join(name)
    }

    /// What GitHub puts in the place of an expression.
    fn value(&self, expression: &str, inputs: Option<&Node>, event: &str) -> String {
        match expression {
            "github.event.pull_request.base.sha" if event == "pull_request" => self.base.clone(),
            "github.event.pull_request.base.sha" => String::new(),
            other => {
                let name = other.strip_prefix("inputs.").unwrap();
                let input = inputs.unwrap().get(name).unwrap();
                self.expand(
                    input.get("default").unwrap().as_str().unwrap(),
                    inputs,
                    event,
                )
            }
        }
    }

    fn expand(&self, text: &str, inputs: Option<&Node>, event: &str) -> String {
        let mut parts = text.split("${{");
        let mut expanded = parts.next().unwrap().to_owned();
        for part in parts {
            let (expression, rest) = part.split_once("}}").unwrap();
            expanded += &self.value(expression.trim(), inputs, event);
            expanded += rest;
        }
        expanded
    }

    /// Runs a step's script in a shell as the host starts it.
    fn run(&self, shell: &[&str], script: &str, variables: &[(String, String)]) -> Output {
        let mut command = isolated(Command::new(shell[0]));
        command.args(&shell[1..]).arg(script);
        command
            .current_dir(self.clone.at())
            .envs(variables.iter().cloned());
        let path = format!("{}:/usr/bin:/bin", self.folder("bin").display());
        command
            .env("PATH", path)
            .env("GITHUB_STEP_SUMMARY", self.folder("summary.md"));
        command.output().unwrap()
    }

    /// Runs the steps that call baton; gives each one's name and what it did.
    fn github(
        &self,
        steps: &Node,
        (inputs, shared): (Option<&Node>, Option<&Node>),
        event: &str,
    ) -> Vec<(String, Output)> {
        const BASH: [&str; 6] = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"];
        let mut done = Vec::new();
        for step in steps.items() {
            let Some(script) = step.get("run").and_then(Node::as_str) else {
                continue;
            };
            if !script.starts_with("baton ") {
                assert!(script.starts_with("cargo install "), "{script}");
                continue;
            }
            assert!(
                !script.contains("${{"),
                "an expression in a script can be made to run"
            );
            let tables = [shared, step.get("env")].into_iter().flatten();
            let variables: Vec<(String, String)> = tables
                .flat_map(Node::entries)
                .map(|entry| {
                    (
                        entry.key.clone(),
                        self.expand(entry.value.as_str().unwrap(), inputs, event),
                    )
                })
                .collect();
            let name = step.get("name").unwrap().as_str().unwrap().to_owned();
            done.push((name, self.run(&BASH, script, &variables)));
        }
        done
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn shipped(path: &str) -> Node {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    yaml::parse(&fs::read_to_string(path).unwrap(), 0)
        .root
        .unwrap()
}

/// On a pull request the change's own comment does not count; on a push it does.
fn prove(steps: &Node, tables: (Option<&Node>, Option<&Node>), annotating: &str) {
    for (event, fails) in [("pull_request", true), ("push", false)] {
        let job = job();
        let done = job.github(steps, tables, event);
        assert_eq!(done.len(), 3);
        for (name, output) in &done {
            let wanted = i32::from(fails && name == annotating);
            assert_eq!(
                code(output),
                Some(wanted),
                "{event}, {name}: {}{}",
                out(output),
                err(output)
            );
        }
        let (_, annotated) = done.iter().find(|(name, _)| name == annotating).unwrap();
        let error = format!("::error file={MAIN},line=3");
        assert_eq!(out(annotated).contains(&error), fails, "{}", out(annotated));
        let summary = read(&job.folder("summary.md"));
        assert_eq!(
            summary.contains("| error | `outdated-tls` |"),
            fails,
            "{summary}"
        );
        let log = read(&job.clone.at().join("baton.sarif"));
        assert!(log.contains("\"ruleId\": \"outdated-tls\""));
        assert_eq!(
            log.contains("\"ruleId\": \"unapproved-suppression\""),
            fails
        );
    }
}

#[test]
fn the_action_annotates_summarises_and_fails() {
    let action = shipped("action.yml");
    let steps = action.get("runs").unwrap().get("steps").unwrap();
    for step in steps.items() {
        assert_eq!(
            step.get("shell").and_then(Node::as_str),
            Some("bash"),
            "composite steps name a shell"
        );
    }
    prove(steps, (action.get("inputs"), None), "Check");
}

#[test]
fn the_workflow_annotates_summarises_and_fails() {
    let workflow = shipped("hooks/github-workflow.yml");
    let job = workflow.get("jobs").unwrap().get("check").unwrap();
    prove(
        job.get("steps").unwrap(),
        (None, job.get("env")),
        "Annotate",
    );
}

#[test]
fn the_gitlab_job_reports_and_fails() {
    let ci = shipped("hooks/gitlab-ci.yml");
    let steps = ci
        .get("baton")
        .unwrap()
        .get("script")
        .unwrap()
        .items()
        .iter();
    let script: Vec<&str> = steps.map(|step| step.as_str().unwrap()).collect();
    let script = script.join("\n");
    for shell in ["sh", "bash"] {
        for (asked, wanted) in [(true, 1), (false, 0)] {
            let job = job();
            let base = (
                "CI_MERGE_REQUEST_DIFF_BASE_SHA".to_owned(),
                job.base.clone(),
            );
            let variables: Vec<_> = asked.then_some(base).into_iter().collect();
            let output = job.run(&[shell, "-e", "-c"], &script, &variables);
            assert_eq!(
                code(&output),
                Some(wanted),
                "{}{}",
                out(&output),
                err(&output)
            );
            let report = read(&job.clone.at().join("baton.xml"));
            assert_eq!(report.contains("<failure"), asked, "{report}");
        }
    }
}
