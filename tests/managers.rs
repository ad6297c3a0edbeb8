//! lefthook, pre-commit and prek run the hooks we ship, and the hooks do what they say.
//!
//! `BATON_E2E_TOOLS` names a folder into which `.ci/run` installs these programs; without it
//! the tests say that they were skipped.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot prepare its input has failed, and one that is skipped says so"
)]
#![expect(dead_code, reason = "the helpers serve other tests too")]

mod clones;
mod scratch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clones::{Clone, isolated};
use scratch::err;

/// A file, its text without a fault, and with one.
const FILES: &[(&str, &str, &str)] = &[
    (
        "docs/guide.md",
        "# Guide\n\nText with a blank.\n",
        "# Guide\n\nText with\ta tab.\n",
    ),
    (
        "infra/main.tf",
        "resource \"azurerm_storage_account\" \"a\" {\n  min_tls_version               = \"TLS1_2\"\n  public_network_access_enabled = false\n  shared_access_key_enabled     = false\n}\n",
        "resource \"azurerm_storage_account\" \"a\" {\n  min_tls_version               = \"TLS1_0\"\n  public_network_access_enabled = false\n  shared_access_key_enabled     = false\n}\n",
    ),
    (
        "infra/main.bicep",
        "param name string\n",
        "param name string =\n",
    ),
    (
        ".github/agents/planner.agent.md",
        "---\nname: Planner\ndescription: Plans the work\n---\n",
        "---\nname: Planner\ndescription: Plans the work\n",
    ),
];

/// A program that manages hooks.
struct Manager {
    /// Where it is below the folder of tools.
    program: &'static str,
    /// The file of ours that tells it what to run, and where a repository keeps it.
    configuration: (&'static str, &'static str),
}

const LEFTHOOK: Manager = Manager {
    program: "node_modules/.bin/lefthook",
    configuration: ("hooks/lefthook.yml", "lefthook.yml"),
};
const LEFTHOOK_JOBS: Manager = Manager {
    program: "node_modules/.bin/lefthook",
    configuration: ("hooks/lefthook-jobs.yml", "lefthook.yml"),
};
const PRE_COMMIT: Manager = Manager {
    program: "venv/bin/pre-commit",
    configuration: ("hooks/pre-commit-config.yaml", ".pre-commit-config.yaml"),
};
const PREK: Manager = Manager {
    program: "venv/bin/prek",
    configuration: ("hooks/pre-commit-config.yaml", ".pre-commit-config.yaml"),
};

#[test]
fn lefthook_runs_our_hooks() {
    prove(&LEFTHOOK);
}

#[test]
fn lefthook_runs_one_job_per_check() {
    prove(&LEFTHOOK_JOBS);
}

#[test]
fn pre_commit_runs_our_hooks() {
    prove(&PRE_COMMIT);
}

#[test]
fn prek_runs_our_hooks() {
    prove(&PREK);
}

/// A sound commit and push pass, each kind of fault is stopped, and only what is staged counts.
fn prove(manager: &Manager) {
    let Some(tools) = std::env::var_os("BATON_E2E_TOOLS").map(PathBuf::from) else {
        eprintln!("skipped: BATON_E2E_TOOLS names no folder of tools");
        return;
    };
    let program = tools.join(manager.program);
    let repository = Repository::with(manager, &program);
    repository.clone.put("notes.md", "sound\n");
    repository.clone.put(
        ".markdownlint.json",
        "{ \"default\": false, \"no-hard-tabs\": true }\n",
    );
    repository.commits("a sound commit", true);
    for (path, good, bad) in FILES {
        repository.clone.put(path, bad);
        repository.commits(path, false);
        repository.clone.put(path, good);
    }
    repository.clone.git(&["add", "-A"]);
    let (path, good, bad) = FILES[0];
    repository.clone.put(path, bad);
    repository.clone.git(&["add", path]);
    repository.clone.put(path, good);
    repository.git(&["commit", "-qm", "staged fault"], false);
    repository.clone.git(&["add", path]);
    repository.clone.put("more.md", "sound\n");
    repository.clone.git(&["add", "more.md"]);
    repository.git(&["commit", "-qm", "sound"], true);
    repository
        .clone
        .put("baton.toml", "[options.commits]\nconventional = true\n");
    repository.clone.git(&["add", "-A"]);
    repository.git(&["commit", "-qm", "no type"], false);
    repository.git(&["commit", "-qm", "feat: have a convention"], true);
    repository.git(&["push", "-q", "origin", "main"], true);
    repository.clone.put(path, bad);
    repository.clone.git(&["add", "-A"]);
    repository
        .clone
        .git(&["commit", "-q", "--no-verify", "-m", "past the hook"]);
    repository.git(&["push", "-q", "origin", "main"], false);
}

/// A repository whose hooks a manager has installed.
struct Repository {
    clone: Clone,
    path: String,
}

impl Repository {
    fn with(manager: &Manager, program: &Path) -> Repository {
        let clone = Clone::empty(&[]);
        for (path, good, _) in FILES {
            clone.put(path, good);
        }
        let (ours, theirs) = manager.configuration;
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        clone.put(theirs, &fs::read_to_string(root.join(ours)).unwrap());
        clone.commit("first");
        clone.git(&["push", "-q", "-u", "origin", "main"]);
        let baton = Path::new(env!("CARGO_BIN_EXE_baton")).parent().unwrap();
        let folders = [baton, program.parent().unwrap()].map(Path::to_path_buf);
        let inherited = std::env::var_os("PATH").unwrap();
        let folders = folders.into_iter().chain(std::env::split_paths(&inherited));
        let path = std::env::join_paths(folders)
            .unwrap()
            .into_string()
            .unwrap();
        let repository = Repository { clone, path };
        let output = repository.run(program, &["install"]);
        assert!(output.status.success(), "{}", err(&output));
        repository
    }

    /// Commits everything, which passes or is stopped.
    fn commits(&self, what: &str, passes: bool) {
        self.clone.git(&["add", "-A"]);
        self.git(&["commit", "-qm", what], passes);
    }

    fn git(&self, arguments: &[&str], passes: bool) {
        let output = self.run(Path::new("git"), arguments);
        let said = (scratch::out(&output), err(&output));
        assert_eq!(
            output.status.success(),
            passes,
            "git {arguments:?}: {said:?}"
        );
    }

    fn run(&self, program: &Path, arguments: &[&str]) -> std::process::Output {
        isolated(Command::new(program))
            .args(arguments)
            .current_dir(self.clone.at())
            .env("PATH", &self.path)
            .env("HOME", self.clone.bare())
            // Terraform would fetch providers from the network.
            .env("LEFTHOOK_EXCLUDE", "terraform-validate")
            .env("PRE_COMMIT_HOME", self.clone.bare().join("pre-commit"))
            .output()
            .unwrap()
    }
}
