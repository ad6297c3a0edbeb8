//! `baton rule SLUG`: the document of a rule, for a terminal.

use std::io::{self, Write};

use anyhow::{Result, bail};
use baton_rules::{CHECKS, CheckName, RULES, RuleMeta};
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
        let is_check = |check: &&CheckName| check.name == name || check.aliases.contains(&name);
        if let Some(check) = CHECKS.iter().find(is_check) {
            let members = RULES
                .iter()
                .filter(|rule| rule.meta.checks.contains(&check.name))
                .map(|rule| rule.meta.slug);
            let members = members.collect::<Vec<_>>().join("`, `");
            bail!("`{name}` is a check, and its rules are `{members}`");
        }
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
                _ => wrapped(line, terminal.width)
                    .iter()
                    .try_for_each(|line| writeln!(out, "{}", prose(line, terminal)))?,
            },
        }
    }
    Ok(())
}

/// A line of prose broken at blanks outside of code; lines of a list item are indented below it.
fn wrapped(line: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width else {
        return vec![line.to_owned()];
    };
    let indent = if line.starts_with("- ") { "  " } else { "" };
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for piece in pieces(line) {
        let room = width.saturating_sub(current.chars().count() + 1);
        if current.trim().is_empty() {
            current.push_str(&piece);
        } else if piece.chars().count() <= room {
            current.push(' ');
            current.push_str(&piece);
        } else {
            lines.push(std::mem::replace(&mut current, format!("{indent}{piece}")));
        }
    }
    lines.push(current);
    lines
}

/// Words, and code with the blanks in it.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut in_code = false;
    for character in line.chars() {
        in_code ^= character == '`';
        match pieces.last_mut() {
            Some(last) if in_code || character != ' ' => last.push(character),
            _ => pieces.push(String::new()),
        }
    }
    pieces
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

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn prose_is_broken_between_words_and_never_in_code() {
        let line = "- One two three `four five six` seven";
        assert_eq!(
            wrapped(line, Some(15)),
            ["- One two three", "  `four five six`", "  seven"]
        );
        assert_eq!(wrapped(line, None), [line]);
        assert_eq!(wrapped("", Some(15)), [""]);
    }
}
