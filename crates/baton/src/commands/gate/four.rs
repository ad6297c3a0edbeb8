//! `baton gate 4`: the gate that programs decide.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use baton_check::external::External;
use baton_check::select;
use baton_flow::event::Verdict as Decided;
use baton_flow::gate4::{self, Evaluation, Finding, Item, ItemVerdict, MissingTools, Report};

use super::super::{outside, print};
use super::case::Case;
use crate::cli::{Format, GateArgs};
use crate::exit::{Verdict, written};
use crate::output::{self, Shown};
use crate::terminal::{Terminal, harmless};

/// What came of a gate, for a run.
pub(crate) struct Judged {
    pub(crate) report: Report,
    /// Where the report is, from the root.
    pub(crate) path: String,
}

/// Judges a project and writes the report.
pub(crate) fn judged(project: &str, missing_tools: MissingTools) -> Result<Judged> {
    let mut case = Case::open(project, None)?;
    let Evaluation { report, .. } = judge(&mut case, missing_tools)?;
    let path = saved(&case, &report)?;
    Ok(Judged { report, path })
}

/// Judges, writes the report, and says what came of it.
pub(super) fn evaluate(args: &GateArgs, mut case: Case) -> Result<Verdict> {
    let missing_tools = if args.allow_missing_tools {
        MissingTools::Allowed
    } else {
        MissingTools::Inconclusive
    };
    let evaluation = judge(&mut case, missing_tools)?;
    let written = (!args.no_write)
        .then(|| saved(&case, &evaluation.report))
        .transpose()?;
    if let Some(file) = &args.sarif {
        sarif(&case, &evaluation, file)?;
    }
    if args.json {
        let text = text(&evaluation.report)?;
        print(|out| out.write_all(text.as_bytes()))?;
    } else {
        print(|out| show(out, &evaluation.report, written.as_deref()))?;
    }
    Ok(match evaluation.report.verdict {
        Decided::Pass => Verdict::Clean,
        Decided::Fail => Verdict::Findings,
        Decided::Inconclusive => Verdict::Inconclusive,
    })
}

fn judge(case: &mut Case, missing_tools: MissingTools) -> Result<Evaluation> {
    let names = gate4::selectors();
    case.run.config.selection = select(&names, &[])?;
    let judge = |external: &External<'_>| {
        gate4::evaluate(&gate4::Request {
            subject: case.subject(),
            state: &case.state,
            config: &case.run.config,
            ignored: &case.run.project.config.ignore,
            external,
            missing_tools,
        })
    };
    outside::with_tools(&case.run, judge)
}

fn text(report: &Report) -> Result<String> {
    Ok(serde_json::to_string_pretty(report)? + "\n")
}

/// Writes the report beside the project's other artifacts.
fn saved(case: &Case, report: &Report) -> Result<String> {
    let path = gate4::report_path(&case.subject());
    save(&case.run.project.root.join(&path), &text(report)?)
        .with_context(|| format!("cannot write `{path}`"))?;
    Ok(path)
}

/// Writes the report in one go: a reader finds the old one or the new one.
fn save(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension("json.tmp");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}

fn sarif(case: &Case, evaluation: &Evaluation, path: &Path) -> Result<()> {
    let shown = Shown {
        repo: &case.repo,
        report: &evaluation.checked,
        config: &case.run.config,
        fail_on: case.run.fail_on,
        fixed: &[],
    };
    let failed = || format!("cannot write `{}`", path.display());
    let mut out = BufWriter::new(File::create(path).with_context(failed)?);
    let outcome = output::write(&mut out, Format::Sarif, &shown, Terminal::file());
    written(outcome.and_then(|()| out.flush())).with_context(failed)
}

fn show(out: &mut dyn Write, report: &Report, written: Option<&str>) -> io::Result<()> {
    let terminal = Terminal::stdout();
    let track = report.track.as_deref().unwrap_or("no track");
    let (gate, project) = (&report.gate, &report.project);
    let verdict = word(
        match report.verdict {
            Decided::Pass => ItemVerdict::Pass,
            Decided::Fail => ItemVerdict::Fail,
            Decided::Inconclusive => ItemVerdict::Inconclusive,
        },
        0,
        terminal,
    );
    writeln!(out, "{gate} of {project} ({track}): {verdict}\n")?;
    let width = report.items.iter().map(|item| item.title.chars().count());
    let width = width.max().unwrap_or(0);
    for item in &report.items {
        show_item(out, item, (width, terminal))?;
    }
    let digest = report.digest.get(..12).unwrap_or_default();
    writeln!(
        out,
        "\n{} files of the project, digest {digest}.",
        report.files
    )?;
    if let Some(path) = written {
        writeln!(out, "The report is in {path}.")?;
    }
    match report.verdict {
        Decided::Pass => Ok(()),
        Decided::Fail => match report.findings.len() {
            1 => writeln!(out, "1 finding keeps {gate} shut."),
            count => writeln!(out, "{count} findings keep {gate} shut."),
        },
        Decided::Inconclusive => writeln!(
            out,
            "Nothing that was looked at is wrong, but not everything could be looked at."
        ),
    }
}

fn show_item(
    out: &mut dyn Write,
    item: &Item,
    (width, terminal): (usize, Terminal),
) -> io::Result<()> {
    let Item { number, title, .. } = item;
    let verdict = word(item.verdict, 14, terminal);
    let evaluated = item.evaluated.join(", ");
    let line = format!(
        "{number:>2}  {verdict}  {title:<width$}  {}",
        harmless(&evaluated)
    );
    writeln!(out, "{}", line.trim_end())?;
    let (blocking, others): (Vec<&Finding>, Vec<&Finding>) =
        item.findings.iter().partition(|finding| finding.blocks);
    for finding in blocking {
        writeln!(out, "      {}", harmless(&finding.sentence()))?;
        if let Some(help) = &finding.help {
            writeln!(out, "        {}", harmless(help))?;
        }
    }
    for note in &item.notes {
        writeln!(out, "      note: {}", harmless(note))?;
    }
    match others.len() {
        0 => Ok(()),
        1 => writeln!(out, "      note: 1 further finding blocks nothing"),
        count => writeln!(out, "      note: {count} further findings block nothing"),
    }
}

/// The word for a verdict, as wide as its column.
fn word(verdict: ItemVerdict, width: usize, terminal: Terminal) -> String {
    let word = format!("{:<width$}", verdict.as_str());
    match verdict {
        ItemVerdict::Fail => terminal.strong_error(&word),
        ItemVerdict::Inconclusive => terminal.bold(&word),
        ItemVerdict::Pass | ItemVerdict::NotApplicable | ItemVerdict::NotRun => word,
    }
}
