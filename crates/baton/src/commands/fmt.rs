//! `baton fmt`: files as their language's own formatter would write them.

mod language;

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use baton_repo::source::Worktree;
use baton_repo::{File, Problem, Repo};
use baton_source::{LineIndex, RepoPath, Severity};

use super::mend::write_diff;
use super::print;
use crate::cli::FmtArgs;
use crate::exit::{Verdict, say};
use crate::output::excerpt::{self, Excerpt};
use crate::output::plural;
use crate::project::{self, Named, Target};
use crate::terminal::{Terminal, harmless};
use language::{Formatted, Language, Place};

/// What becomes of a text that is not as it should be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    List,
    Diff,
}

/// What happened to all files.
#[derive(Default)]
struct Tally {
    changed: usize,
    unchanged: usize,
    failed: usize,
}

/// A text, and what it is called where something is said about it.
struct Input<'a> {
    path: &'a str,
    text: &'a str,
    lines: &'a LineIndex,
}

/// Runs the command.
pub(super) fn fmt(args: &FmtArgs) -> Result<Verdict> {
    let mode = match (args.check, args.diff) {
        (true, _) => Mode::List,
        (_, true) => Mode::Diff,
        _ => Mode::Write,
    };
    if args.paths.iter().any(|path| path == Path::new("-")) {
        if args.paths.len() > 1 {
            bail!("`-` stands for standard input and goes with no other path");
        }
        return standard_input(args, mode);
    }
    files(args, mode)
}

fn standard_input(args: &FmtArgs, mode: Mode) -> Result<Verdict> {
    let path = args.stdin_filename.as_path();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let language = language::of(&name).with_context(|| unknown(path))?;
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    read.context("cannot read standard input")?;
    let shown = path.to_string_lossy();
    let lines = LineIndex::new(&text);
    let input = Input {
        path: &shown,
        text: &text,
        lines: &lines,
    };
    let home = if language.is_configured {
        home(args)?
    } else {
        None
    };
    let inside = home.as_ref().map(|(repo, path)| (repo, path.as_str()));
    let formatted = (language.format)(&Place { inside }, &text);
    say_errors(&input, &formatted);
    let Some(after) = formatted.text else {
        return Ok(Verdict::Incomplete);
    };
    let differs = after != text;
    if mode == Mode::Write {
        print(|out| out.write_all(after.as_bytes()))?;
    } else if differs {
        show(&input, &after, mode)?;
    }
    Ok(match formatted.errors.is_empty() {
        false => Verdict::Incomplete,
        true if differs && mode != Mode::Write => Verdict::Findings,
        true => Verdict::Clean,
    })
}

/// Where standard input belongs; nothing outside of the project.
fn home(args: &FmtArgs) -> Result<Option<(Repo, RepoPath)>> {
    let project = project::find(args.config.as_deref())?;
    let Ok(path) = project::file_path(&project, &args.stdin_filename) else {
        return Ok(None);
    };
    let worktree = Worktree::new(&project.root, baton_check::use_threads(None));
    let repo = Repo::open(Arc::new(worktree), &project.config.repository)?;
    Ok(Some((repo, path)))
}

fn files(args: &FmtArgs, mode: Mode) -> Result<Verdict> {
    let project = project::find(args.config.as_deref())?;
    let targets = project::targets(&project, &args.paths)?;
    let worktree = Worktree::new(&project.root, baton_check::use_threads(None));
    let named = Named {
        base: Arc::new(worktree.clone()),
        files: project::named_files(&targets),
    };
    let repo = Repo::open(Arc::new(named), &project.config.repository)?;
    let mut tally = Tally::default();
    for (file, language) in chosen(&repo, &targets)? {
        let place = Place {
            inside: Some((&repo, file.path.as_str())),
        };
        let formatted = |text: &str| (language.format)(&place, text);
        one(&worktree, (file, &formatted), mode, &mut tally)?;
    }
    say_tally(&tally, mode);
    Ok(if tally.failed > 0 {
        Verdict::Incomplete
    } else if tally.changed > 0 && mode != Mode::Write {
        Verdict::Findings
    } else {
        Verdict::Clean
    })
}

/// The files that are meant, and their languages.
fn chosen<'r>(repo: &'r Repo, targets: &[Target]) -> Result<Vec<(&'r File, &'static Language)>> {
    let mut chosen = Vec::new();
    for file in repo.files() {
        let path = &file.path;
        if targets.contains(&Target::File(path.clone())) {
            let known = language::of(path.name());
            let known = known.with_context(|| unknown(&PathBuf::from(path.as_str())))?;
            chosen.push((file, known));
        } else if let Some(language) = language::found(path.as_str())
            && targets.iter().any(|target| holds(target, path))
        {
            chosen.push((file, language));
        }
    }
    let named = project::named_files(targets);
    for path in named.iter().filter(|path| repo.excluded().contains(path)) {
        let path = harmless(path.as_str());
        say(&format!("notice: `{path}` is excluded and was left alone"));
    }
    Ok(chosen)
}

fn holds(target: &Target, path: &RepoPath) -> bool {
    match target {
        Target::Root => true,
        Target::File(_) => false,
        Target::Folder(folder) => {
            let inside = path.as_str().strip_prefix(folder.as_str());
            inside.is_some_and(|inside| inside.starts_with('/'))
        }
    }
}

fn unknown(path: &Path) -> String {
    let shown = path.to_string_lossy();
    format!(
        "`{}` is nothing baton can format; its name should end in `.bicep`, `.bicepparam`, `.tf`, \
         `.tfvars`, `.tofu` or `.tftest.hcl`",
        harmless(&shown)
    )
}

/// Formats one file.
fn one(
    worktree: &Worktree,
    (file, format): (&File, &dyn Fn(&str) -> Formatted),
    mode: Mode,
    tally: &mut Tally,
) -> Result<()> {
    let path = file.path.as_str();
    if let Some(problem) = file.problem() {
        tally.failed += 1;
        let shown = harmless(path);
        let word = Terminal::stderr().strong_error("error:");
        say(&format!("{word} cannot read `{shown}`: {}", why(problem)));
        return Ok(());
    }
    let input = Input {
        path,
        text: file.text(),
        lines: file.lines(),
    };
    let formatted = format(input.text);
    say_errors(&input, &formatted);
    if !formatted.errors.is_empty() {
        tally.failed += 1;
    }
    let Some(after) = formatted.text else {
        return Ok(());
    };
    if after == input.text {
        tally.unchanged += usize::from(formatted.errors.is_empty());
        return Ok(());
    }
    if mode == Mode::Write {
        let written = worktree.write(&file.path, after.as_bytes());
        written.context("some files were not written")?;
    }
    tally.changed += 1;
    show(&input, &after, mode)
}

fn why(problem: &Problem) -> String {
    match problem {
        Problem::NotUtf8 { offset } => format!("byte {} is not UTF-8", offset + 1),
        Problem::TooLarge { limit } => {
            format!("it has more than {limit} bytes, see `max-file-size`")
        }
        Problem::BadLink { why } => format!("it is a link that {why}"),
        Problem::Unreadable(error) => error.to_string(),
    }
}

fn show(input: &Input<'_>, after: &str, mode: Mode) -> Result<()> {
    let terminal = Terminal::stdout();
    print(|out| match mode {
        Mode::Write | Mode::List => writeln!(out, "{}", harmless(input.path)),
        Mode::Diff => write_diff(out, input.path, (input.text, after), terminal),
    })
}

fn say_errors(input: &Input<'_>, formatted: &Formatted) {
    let help = match formatted.text {
        Some(_) => "Mend it; the rest of the file was formatted.",
        None => "Mend it; the file was left alone.",
    };
    for error in &formatted.errors {
        let text = excerpt::render(
            Terminal::stderr(),
            &Excerpt {
                severity: Severity::Error,
                title: "error:".to_owned(),
                message: &error.message,
                path: input.path,
                text: input.text,
                lines: input.lines,
                span: Some(error.span),
                labels: Vec::new(),
                hidden: &[],
                help: Some(help.to_owned()),
            },
        );
        say(text.trim_end());
    }
}

fn say_tally(tally: &Tally, mode: Mode) {
    let Tally {
        changed,
        unchanged,
        failed,
    } = *tally;
    if changed + unchanged + failed == 0 {
        say("notice: there is no file to format");
        return;
    }
    let done = match mode {
        Mode::Write => "formatted",
        Mode::List | Mode::Diff => "would change",
    };
    let kept = if unchanged == 1 { "it is" } else { "they are" };
    let unread = match failed {
        0 => String::new(),
        _ => format!(", {failed} with errors"),
    };
    let files = plural(changed, "file");
    say(&format!(
        "{files} {done}, {unchanged} left as {kept}{unread}"
    ));
}
