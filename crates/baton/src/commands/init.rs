//! `baton init`: the files a repository needs to use baton, shown before they are written.
//!
//! Nothing that exists is overwritten; a `lefthook.yml` is added to, line by line.

mod agents;
mod lefthook;
mod merged;
mod scripts;

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead as _, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use baton_repo::{Repo, Worktree};
use similar::TextDiff;

use super::print;
use crate::cli::InitArgs;
use crate::exit::{Verdict, say};
use crate::project::{self, Project};
use crate::terminal::Terminal;

const LEFTHOOK_FILES: [&str; 4] = [
    "lefthook.yml",
    ".lefthook.yml",
    "lefthook.yaml",
    ".lefthook.yaml",
];

const PRE_COMMIT: &str = include_str!("../../../../hooks/pre-commit");
const COMMIT_MSG: &str = include_str!("../../../../hooks/commit-msg");
const PRE_PUSH: &str = include_str!("../../../../hooks/pre-push");
const PRE_COMMIT_CONFIG: &str = include_str!("../../../../hooks/pre-commit-config.yaml");
const WORKFLOW: &str = include_str!("../../../../hooks/github-workflow.yml");
const GITLAB: &str = include_str!("../../../../hooks/gitlab-ci.yml");

/// What is to become of a file.
enum Step {
    /// It is new.
    Create { text: String, is_program: bool },
    /// Lines are added.
    Extend { before: String, after: String },
    /// It stays as it is; the sentence says why and what to do by hand.
    Keep(String),
}

/// A file and what is to become of it.
struct Planned {
    /// Relative to the root, or absolute outside of it.
    path: PathBuf,
    step: Step,
}

/// Shows what is to be written, asks, and writes.
pub(super) fn init(args: &InitArgs) -> Result<Verdict> {
    let project = project::find(None)?;
    if args.from_package_json {
        return scripts::compare(&project.root);
    }
    let planned = match &args.agent_hooks {
        Some(hosts) => agents::plan(&project.root, hosts)?,
        None => plan(&project)?,
    };
    print(|out| show(out, &project, &planned))?;
    let is_idle = planned
        .iter()
        .all(|planned| matches!(planned.step, Step::Keep(_)));
    if args.dry_run || is_idle {
        return Ok(Verdict::Clean);
    }
    if !args.yes && !agreed()? {
        say("Nothing was written. `baton init --yes` writes without asking.");
        return Ok(Verdict::Incomplete);
    }
    for planned in &planned {
        let path = project.root.join(&planned.path);
        write(&path, &planned.step)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    say("Written. `baton doctor` shows whether the hooks fire and block.");
    Ok(Verdict::Clean)
}

fn plan(project: &Project) -> Result<Vec<Planned>> {
    let root = &project.root;
    let mut planned = vec![unless_there(root, "baton.toml", configuration(project)?)];
    planned.extend(hooks(root)?);
    if root.join(".gitlab-ci.yml").exists() {
        planned.push(Planned {
            path: PathBuf::from(".gitlab-ci.yml"),
            step: Step::Keep(format!("it exists; add this job to it:\n\n{GITLAB}")),
        });
    } else if is_on_gitlab(root) {
        planned.push(unless_there(root, ".gitlab-ci.yml", GITLAB.to_owned()));
    } else {
        let path = ".github/workflows/baton.yml";
        planned.push(unless_there(root, path, WORKFLOW.to_owned()));
    }
    Ok(planned)
}

/// The configuration that says what holds anyway, to be changed from there.
fn configuration(project: &Project) -> Result<String> {
    let threads = baton_check::use_threads(None);
    let source = std::sync::Arc::new(Worktree::new(&project.root, threads));
    let repo = Repo::open(source, &project.config.repository)?;
    let detection = &repo.layout().detection;
    Ok(format!(
        "# Read by `baton check`; `baton config schema` prints the schema, `baton rules` the rules.\n\
         # Detected: pack `{}`, generation `{}`.\n\
         \n\
         fail-on = \"error\"\n\
         \n\
         # [rules]\n\
         # misordered-h2 = \"warning\"\n",
        detection.pack, detection.generation
    ))
}

/// The hooks, in the words of the hook manager the repository has; plain ones without any.
fn hooks(root: &Path) -> Result<Vec<Planned>> {
    if let Some(name) = LEFTHOOK_FILES.iter().find(|name| root.join(name).exists()) {
        let before =
            fs::read_to_string(root.join(name)).with_context(|| format!("cannot read `{name}`"))?;
        let step = match lefthook::extended(&before) {
            Ok(after) if after == before => Step::Keep("it calls baton already".to_owned()),
            Ok(after) => Step::Extend { before, after },
            Err(reason) => Step::Keep(format!(
                "{reason}; add this by hand:\n\n{}",
                lefthook::SNIPPET
            )),
        };
        let path = PathBuf::from(name);
        return Ok(vec![Planned { path, step }]);
    }
    let config = ".pre-commit-config.yaml";
    if root.join(config).exists() {
        let text = fs::read_to_string(root.join(config)).unwrap_or_default();
        let step = if text.contains("baton ") {
            Step::Keep("it calls baton already".to_owned())
        } else {
            Step::Keep(format!(
                "it exists; add this by hand:\n\n{PRE_COMMIT_CONFIG}"
            ))
        };
        let path = PathBuf::from(config);
        return Ok(vec![Planned { path, step }]);
    }
    let Some(folder) = super::git::hooks_folder(root) else {
        return Ok(Vec::new());
    };
    let hook = |name: &str, text: &str| {
        let path = folder.join(name);
        let step = if !path.exists() {
            Step::Create {
                text: text.to_owned(),
                is_program: true,
            }
        } else if fs::read_to_string(&path).is_ok_and(|text| text.contains("baton ")) {
            Step::Keep("it calls baton already".to_owned())
        } else {
            Step::Keep(format!("it exists; add this by hand:\n\n{text}"))
        };
        let path = path.strip_prefix(root).map(Path::to_owned).unwrap_or(path);
        Planned { path, step }
    };
    Ok(vec![
        hook("pre-commit", PRE_COMMIT),
        hook("commit-msg", COMMIT_MSG),
        hook("pre-push", PRE_PUSH),
    ])
}

fn unless_there(root: &Path, path: &str, text: String) -> Planned {
    let step = if root.join(path).symlink_metadata().is_ok() {
        Step::Keep("it exists".to_owned())
    } else {
        Step::Create {
            text,
            is_program: false,
        }
    };
    Planned {
        path: PathBuf::from(path),
        step,
    }
}

fn is_on_gitlab(root: &Path) -> bool {
    super::git::output(root, &["remote", "-v"]).is_some_and(|remotes| remotes.contains("gitlab"))
}

fn show(out: &mut dyn Write, project: &Project, planned: &[Planned]) -> io::Result<()> {
    let terminal = Terminal::stdout();
    writeln!(out, "In {}:\n", project.root.display())?;
    for Planned { path, step } in planned {
        let name = terminal.name(&path.display().to_string());
        match step {
            Step::Create { text, .. } => {
                writeln!(out, "{} {name}\n", terminal.bold("create"))?;
                indent(out, text, "  ")?;
            }
            Step::Extend { before, after } => {
                writeln!(out, "{} {name}\n", terminal.bold("extend"))?;
                let diff = TextDiff::from_lines(before.as_str(), after);
                indent(out, &diff.unified_diff().to_string(), "  ")?;
            }
            Step::Keep(reason) => {
                let (first, rest) = reason.split_once("\n\n").unwrap_or((reason, ""));
                writeln!(out, "{} {name}: {first}\n", terminal.bold("keep"))?;
                indent(out, rest, "  ")?;
            }
        }
    }
    Ok(())
}

fn indent(out: &mut dyn Write, text: &str, by: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    for line in text.lines() {
        writeln!(out, "{by}{line}")?;
    }
    writeln!(out)
}

/// Asks on the terminal; without one the answer is no.
fn agreed() -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    say("Write these files? [y/N]");
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    read.context("cannot read the answer")?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn write(path: &Path, step: &Step) -> io::Result<()> {
    match step {
        Step::Keep(_) => Ok(()),
        Step::Extend { after, .. } => fs::write(path, after),
        Step::Create { text, is_program } => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut options = OpenOptions::new();
            // A file that came into being since the plan was made is not overwritten either.
            options.write(true).create_new(true);
            if *is_program {
                make_program(&mut options);
            }
            options.open(path)?.write_all(text.as_bytes())
        }
    }
}

#[cfg(unix)]
fn make_program(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o755);
}

#[cfg(not(unix))]
fn make_program(_options: &mut OpenOptions) {}
