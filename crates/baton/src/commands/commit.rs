//! `commit-msg`: one message, judged as a file of its own kind over the work tree, whose
//! configuration decides.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use baton_repo::commits::CommitOrigin;
use baton_repo::{Git, Repo};
use baton_source::RepoPath;
use baton_syntax::commit;

use super::check;
use crate::cli::{CommitArgs, Format, RunArgs};
use crate::exit::{Verdict, say};
use crate::output::Shown;
use crate::project::{self, Project};
use crate::terminal::Terminal;

/// The kind of file that a message is.
const KIND: &str = "commit-message";
/// The check that all rules about messages belong to.
const CHECK: &str = "lint:commits";
/// What a message is called that is in no file below the root.
const NAME: &str = "COMMIT_EDITMSG";

/// `baton commit-msg`.
pub(super) fn commit_msg(args: &CommitArgs) -> Result<Verdict> {
    let mut project = project::find(args.config.as_deref())?;
    let text = read(&args.file)?;
    let path = path(&project, &args.file);
    let globs = vec![literal(path.as_str())];
    project.config.repository.kinds.insert(KIND.into(), globs);
    let settings = &mut project.config.settings.commits;
    settings.conventional |= args.conventional;
    let comment = comment(&project.root, &String::from_utf8_lossy(&text));
    project.config.settings.commits.comment = Some(comment);
    let run_args = run_args(args, &project);
    let run = check::prepare(project, run_args, Vec::new(), Some((path, text)))?;
    let repo = Repo::open(Arc::clone(&run.source), &run.project.config.repository)?;
    let settings = &run.config.settings.commits;
    let is_told = settings.conventional || !settings.rules.is_empty();
    if !is_told && repo.commit_conventions().origin == CommitOrigin::Nobody {
        say(&format!(
            "{} no convention for commit messages is configured here; `--conventional` judges by \
             conventional commits, `[options.commits]` in baton.toml keeps to them",
            Terminal::stderr().bold("nothing evaluated:")
        ));
        if matches!(run.args.output_format, Format::Full | Format::Concise) {
            return Ok(Verdict::Clean);
        }
    }
    let scope = project::scope(&repo, &run.targets);
    let report = baton_check::check(&repo, &run.config, &scope)?;
    let shown = Shown {
        repo: &repo,
        report: &report,
        config: &run.config,
        fail_on: run.fail_on,
        fixed: &[],
    };
    check::report_to_user(&run, &scope, &shown)
}

fn read(file: &Path) -> Result<Vec<u8>> {
    if file != Path::new("-") {
        return fs::read(file).with_context(|| format!("cannot read `{}`", file.display()));
    }
    let mut text = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut text);
    read.context("cannot read standard input")?;
    Ok(text)
}

/// What the message is called in the report.
fn path(project: &Project, file: &Path) -> RepoPath {
    let inside = (file != Path::new("-")).then(|| project::file_path(project, file));
    let inside = inside.and_then(Result::ok);
    inside.unwrap_or_else(|| RepoPath::new(NAME))
}

/// The pattern that matches one path.
fn literal(path: &str) -> String {
    let mut pattern = String::new();
    for sign in path.chars() {
        match sign {
            '*' | '?' | '[' | '{' | '}' => {
                pattern.extend(['[', sign, ']']);
            }
            sign => pattern.push(sign),
        }
    }
    pattern
}

/// What begins the lines that git drops.
fn comment(root: &Path, text: &str) -> String {
    let git = Git::open(root).ok();
    let setting = |name| git.as_ref()?.setting(name).ok().flatten();
    match setting("core.commentString").or(setting("core.commentChar")) {
        None => "#".to_owned(),
        Some(word) if word == "auto" => commit::chosen_comment(text).to_owned(),
        Some(word) => word,
    }
}

fn run_args(args: &CommitArgs, project: &Project) -> RunArgs {
    RunArgs {
        select: vec![CHECK.to_owned()],
        ignore: project.config.ignore.clone(),
        config: args.config.clone(),
        output_format: args.output_format,
        output_file: args.output_file.clone(),
        fail_on: args.fail_on,
        ..RunArgs::default()
    }
}
