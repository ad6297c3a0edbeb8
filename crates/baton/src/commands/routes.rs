//! `baton routes`: which rules look at which files, and why.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use baton_check::{Because, Explanation, Role, Route, Routed, explain, routes as all_routes};
use baton_repo::{Repo, Worktree};
use serde_json::{Value, json};

use super::{check, print};
use crate::cli::{ListFormat, RoutesArgs, RunArgs};
use crate::exit::Verdict;
use crate::output::plural;
use crate::project;
use crate::terminal::{Terminal, harmless};

/// Shows every route, or what becomes of one path.
pub(super) fn routes(args: RoutesArgs) -> Result<Verdict> {
    let project = project::find(args.config.as_deref())?;
    let run_args = RunArgs {
        select: args.select,
        ignore: args.ignore,
        ..RunArgs::unasked()?
    };
    let config = check::check_config(&project, &run_args)?;
    let worktree = Worktree::new(&project.root, baton_check::use_threads(None));
    let repo = Repo::open(Arc::new(worktree), &project.config.repository)?;
    let json = args.output_format == ListFormat::Json;
    if let Some(path) = &args.explain {
        let path = explained_path(&project, path)?;
        let told = explain(&repo, &config, &path)?;
        print(|out| match json {
            true => write_json(out, &explanation_value(&path, &told)),
            false => write_explanation(out, &path, &told),
        })?;
        return Ok(Verdict::Clean);
    }
    let told = all_routes(&repo, &config)?;
    print(|out| match json {
        true => write_json(
            out,
            &json!(told.iter().map(route_value).collect::<Vec<_>>()),
        ),
        false => write_routes(out, &told),
    })?;
    Ok(Verdict::Clean)
}

fn explained_path(project: &project::Project, path: &Path) -> Result<String> {
    Ok(project::file_path(project, path)?.to_string())
}

fn write_json(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// One line per pattern: files, rules that judge them, rules that read them, globs.
fn write_routes(out: &mut dyn Write, routes: &[Route<'_>]) -> io::Result<()> {
    let terminal = Terminal::stdout();
    let patterns = routes.iter().map(|route| route.pattern.len());
    let width = patterns.max().unwrap_or(0).max("pattern".len());
    let heading = format!(
        "{:<width$}  {:>5}  {:>6}  {:>7}",
        "pattern", "files", "judges", "readers"
    );
    writeln!(out, "{}", terminal.bold(&heading))?;
    for route in routes {
        let globs = match route.globs.as_slice() {
            [] => "nothing in this kind of repository".to_owned(),
            [only] if *only == route.pattern => String::new(),
            globs => globs.join(" "),
        };
        let line = format!(
            "{}  {:>5}  {:>6}  {:>7}  {}",
            terminal.name(&format!("{:<width$}", route.pattern)),
            route.files,
            route.judges.len(),
            route.readers.len(),
            terminal.dim(&harmless(&globs)),
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(
        out,
        "\n`baton routes --explain PATH` shows what runs for one file."
    )
}

fn write_explanation(out: &mut dyn Write, path: &str, told: &Explanation<'_>) -> io::Result<()> {
    let terminal = Terminal::stdout();
    let state = match (told.excluded_by, told.listed) {
        (Some(glob), _) => format!("never judged: `{glob}` excludes it"),
        (None, true) => "in the repository".to_owned(),
        (None, false) => "not in the repository, or ignored by git".to_owned(),
    };
    writeln!(
        out,
        "{}: {}",
        terminal.bold(&harmless(path)),
        harmless(&state)
    )?;
    if told.excluded_by.is_some() {
        return Ok(());
    }
    for (kind, glob) in &told.kinds {
        let kind = terminal.name(&format!("@{kind}"));
        writeln!(out, "  {kind} because of `{}`", harmless(glob))?;
    }
    let live = |role| {
        let of_role = told.rules.iter().filter(move |one| one.role == role);
        of_role
            .filter(|one| one.severity.is_some())
            .collect::<Vec<_>>()
    };
    for (role, word) in [(Role::Judges, "judged by"), (Role::Reads, "read by")] {
        let rules = live(role);
        writeln!(
            out,
            "{} {}",
            terminal.bold(word),
            plural(rules.len(), "rule")
        )?;
        for one in rules {
            writeln!(out, "  {}", rule_line(one, terminal))?;
        }
    }
    let silent: Vec<&Routed<'_>> = told
        .rules
        .iter()
        .filter(|one| one.severity.is_none())
        .collect();
    if silent.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", terminal.bold("does not run"))?;
    for one in silent {
        let slug = terminal.name(one.rule.meta.slug);
        writeln!(out, "  {slug}: {}", because(&one.because))?;
    }
    Ok(())
}

fn rule_line(one: &Routed<'_>, terminal: Terminal) -> String {
    let meta = &one.rule.meta;
    let severity = one.severity.unwrap_or(meta.severity);
    let word = terminal.severity(severity, &format!("{severity:<7}"));
    let mut notes = vec![format!("for `{}`", one.pattern)];
    if !meta.checks.is_empty() {
        notes.push(format!("in {}", meta.checks.join(", ")));
    }
    if one.because != Because::Document {
        notes.push(because(&one.because));
    }
    let notes = terminal.dim(&notes.join("; "));
    format!("{word} {}  {notes}", terminal.name(meta.slug))
}

fn because(because: &Because) -> String {
    match because {
        Because::Document => "as its document says".to_owned(),
        Because::NotSelected => "not selected".to_owned(),
        Because::Configuration => "as `[rules]` of the configuration says".to_owned(),
        Because::Override(paths) => {
            let paths = paths.join("`, `");
            harmless(&format!("as the override for `{paths}` says")).into_owned()
        }
    }
}

fn route_value(route: &Route<'_>) -> Value {
    json!({
        "pattern": route.pattern,
        "globs": route.globs,
        "files": route.files,
        "judges": route.judges,
        "readers": route.readers,
    })
}

fn explanation_value(path: &str, told: &Explanation<'_>) -> Value {
    let kinds = told.kinds.iter();
    let kinds = kinds.map(|(kind, glob)| json!({ "kind": kind, "glob": glob }));
    let rules = told.rules.iter().map(|one| {
        let (reason, paths) = match &one.because {
            Because::Document => ("document", None),
            Because::NotSelected => ("not-selected", None),
            Because::Configuration => ("configuration", None),
            Because::Override(paths) => ("override", Some(paths)),
        };
        json!({
            "rule": one.rule.meta.slug,
            "checks": one.rule.meta.checks,
            "role": match one.role { Role::Judges => "judges", Role::Reads => "reads" },
            "pattern": one.pattern,
            "glob": one.glob,
            "runs": one.severity.is_some() && told.excluded_by.is_none(),
            "severity": one.severity.map(baton_source::Severity::as_str),
            "severity_reason": reason,
            "override": paths,
        })
    });
    json!({
        "path": path,
        "listed": told.listed,
        "excluded_by": told.excluded_by,
        "kinds": kinds.collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
    })
}
