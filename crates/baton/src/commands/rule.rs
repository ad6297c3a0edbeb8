//! `baton rule SLUG`: the document of a rule, for a terminal.

use std::io::{self, Write};

use anyhow::{Result, bail};
use baton_rules::{RULES, RuleMeta};
use baton_source::nearest;

use super::print;
use crate::exit::Verdict;
use crate::output::strip_front_matter;
use crate::terminal::Terminal;

/// Shows a rule by its slug or by another name it goes by.
pub(super) fn show(name: &str) -> Result<Verdict> {
    let mut metas = RULES.iter().map(|rule| &rule.meta);
    let is_meant = |meta: &&RuleMeta| meta.slug == name || meta.aliases.contains(&name);
    let Some(meta) = metas.find(is_meant) else {
        let names = RULES.iter().flat_map(|rule| {
            std::iter::once(rule.meta.slug).chain(rule.meta.aliases.iter().copied())
        });
        match nearest(name, names) {
            Some(meant) => bail!("there is no rule `{name}`; did you mean `{meant}`?"),
            None => bail!("there is no rule `{name}`; see `baton rules`"),
        }
    };
    print(|out| write(out, meta, Terminal::stdout()))?;
    Ok(Verdict::Clean)
}

fn write(out: &mut dyn Write, meta: &RuleMeta, terminal: Terminal) -> io::Result<()> {
    let severity = terminal.severity(meta.severity, meta.severity.as_str());
    writeln!(
        out,
        "{} ({severity}, {})",
        terminal.bold(meta.slug),
        meta.family
    )?;
    writeln!(out, "{}\n", meta.summary)?;
    let mut facts = vec![("Judges", meta.files.join(", "))];
    facts.push(("Reads", meta.reads.join(", ")));
    facts.push(("Checks", meta.checks.join(", ")));
    facts.push(("Also named", meta.aliases.join(", ")));
    facts.push((
        "Fix",
        meta.fix
            .map_or("", baton_source::Applicability::as_str)
            .to_owned(),
    ));
    facts.push(("Since", meta.since.to_owned()));
    facts.push(("Verified", meta.verified.unwrap_or("").to_owned()));
    facts.push(("See", meta.references.join(", ")));
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "{} {value}", terminal.dim(&format!("{name:<10}")))?;
    }
    writeln!(out)?;
    body(out, strip_front_matter(meta.doc), terminal)
}

/// The document's Markdown: headings stand out, blocks are indented, code in prose is coloured.
fn body(out: &mut dyn Write, document: &str, terminal: Terminal) -> io::Result<()> {
    let mut fence: Option<&str> = None;
    for line in document.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        let marker = line.get(..ticks).filter(|marker| marker.len() >= 3);
        match (fence, marker) {
            (Some(open), Some(marker)) if marker.len() >= open.len() && line == marker => {
                fence = None;
            }
            (None, Some(marker)) => {
                fence = Some(marker);
                let info = line.trim_start_matches('`');
                if let Some((_, path)) = info.split_once("path=") {
                    writeln!(out, "    {}", terminal.dim(path))?;
                }
            }
            (Some(_), _) => writeln!(out, "    {}", terminal.name(line))?,
            (None, None) => match line.trim_start_matches('#') {
                heading if heading.len() < line.len() => {
                    writeln!(out, "{}", terminal.bold(heading.trim_start()))?;
                }
                _ => writeln!(out, "{}", prose(line, terminal))?,
            },
        }
    }
    Ok(())
}

fn prose(line: &str, terminal: Terminal) -> String {
    let parts = line.split('`').enumerate().map(|(at, part)| {
        if at % 2 == 0 {
            part.to_owned()
        } else if terminal.color {
            terminal.name(part)
        } else {
            format!("`{part}`")
        }
    });
    parts.collect()
}
