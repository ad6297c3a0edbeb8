//! `baton rules` and `baton checks`.

use std::io::{self, Write};

use anyhow::Result;
use baton_check::external::{ADAPTERS, tags};
use baton_rules::{CHECKS, CheckName, Default, RULES, RuleMeta};
use serde_json::{Value, json};

use super::print;
use crate::cli::ListFormat;
use crate::exit::Verdict;
use crate::terminal::Terminal;

/// Lists the rules, family by family.
pub(super) fn rules(format: ListFormat) -> Result<Verdict> {
    match format {
        ListFormat::Json => print_json(
            &RULES
                .iter()
                .map(|rule| rule_value(&rule.meta))
                .collect::<Vec<_>>(),
        )?,
        ListFormat::Table => print(rule_table)?,
    }
    Ok(Verdict::Clean)
}

/// Lists the checks.
pub(super) fn checks(format: ListFormat) -> Result<Verdict> {
    match format {
        ListFormat::Json => print_json(&CHECKS.iter().map(check_value).collect::<Vec<_>>())?,
        ListFormat::Table => print(check_table)?,
    }
    Ok(Verdict::Clean)
}

fn print_json(values: &[Value]) -> Result<()> {
    print(|out| {
        serde_json::to_writer_pretty(&mut *out, values)?;
        writeln!(out)
    })
}

fn rule_table(out: &mut dyn Write) -> io::Result<()> {
    let terminal = Terminal::stdout();
    let mut metas: Vec<&RuleMeta> = RULES.iter().map(|rule| &rule.meta).collect();
    metas.sort_by_key(|meta| (meta.family, meta.slug));
    let width = metas.iter().map(|meta| meta.slug.len()).max().unwrap_or(0);
    let mut family = "";
    for meta in metas {
        if meta.family != family {
            let gap = if family.is_empty() { "" } else { "\n" };
            family = meta.family;
            writeln!(out, "{gap}{}", terminal.bold(family))?;
        }
        let fix = if meta.fix.is_some() { "*" } else { " " };
        let off = if meta.default == Default::Off {
            " (off unless selected)"
        } else {
            ""
        };
        let severity = terminal.severity(meta.severity, &format!("{:<7}", meta.severity));
        let slug = terminal.name(&format!("{:<width$}", meta.slug));
        writeln!(out, "  {slug} {fix} {severity}  {}{off}", meta.summary)?;
    }
    writeln!(
        out,
        "\n* can be fixed. `baton rule SLUG` shows the whole document."
    )
}

fn check_table(out: &mut dyn Write) -> io::Result<()> {
    let terminal = Terminal::stdout();
    let width = CHECKS
        .iter()
        .map(|check| check.name.len())
        .max()
        .unwrap_or(0);
    for check in CHECKS {
        let name = terminal.name(&format!("{:<width$}", check.name));
        let unasked = members(check).any(|meta| meta.default == Default::On);
        let off = if unasked {
            ""
        } else {
            " (off unless selected)"
        };
        writeln!(out, "{name}  {}{off}", check.summary)?;
        let tags = words(check.name).join(" ");
        let tags = if tags.is_empty() { "on demand" } else { &tags };
        writeln!(out, "{:<width$}  {}", "", terminal.dim(tags))?;
        if !check.aliases.is_empty() {
            let aliases = format!("also {}", check.aliases.join(", "));
            writeln!(out, "{:<width$}  {}", "", terminal.dim(&aliases))?;
        }
    }
    Ok(())
}

/// The tags of a check.
fn words(check: &str) -> Vec<&'static str> {
    tags(check).iter().map(|tag| tag.as_str()).collect()
}

fn rule_value(meta: &RuleMeta) -> Value {
    json!({
        "slug": meta.slug,
        "family": meta.family,
        "severity": meta.severity.as_str(),
        "summary": meta.summary,
        "default": meta.default == Default::On,
        "checks": meta.checks,
        "aliases": meta.aliases,
        "files": meta.files,
        "reads": meta.reads,
        "fix": meta.fix.map(baton_source::Applicability::as_str),
        "since": meta.since,
        "verified": meta.verified,
        "references": meta.references,
    })
}

/// The rules of a check.
fn members(check: &CheckName) -> impl Iterator<Item = &'static RuleMeta> {
    let name = check.name;
    let metas = RULES.iter().map(|rule| &rule.meta);
    metas.filter(move |meta| meta.checks.contains(&name))
}

fn check_value(check: &CheckName) -> Value {
    let adapter = ADAPTERS.iter().find(|adapter| adapter.check == check.name);
    json!({
        "name": check.name,
        "aliases": check.aliases,
        "summary": check.summary,
        "tags": words(check.name),
        "programs": adapter.map(|adapter| adapter.programs).unwrap_or_default(),
        "rules": members(check).map(|meta| meta.slug).collect::<Vec<_>>(),
    })
}
