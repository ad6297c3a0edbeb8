//! `baton guard explain COMMAND`.

use std::io::{self, Write};

use anyhow::Result;
use baton_guard::{Decision, Explained, Explanation, Policy, Severity, Shell, Threat, explain};

use super::super::print;
use crate::exit::Verdict;
use crate::terminal::Terminal;

/// Shows for people how a command is read and judged.
pub(super) fn as_text(text: &str, shell: Shell) -> Result<Verdict> {
    let explanation = explain(text, shell, &Policy::default());
    print(|out| render(out, &explanation))?;
    Ok(code(&explanation))
}

/// Shows the same for programs.
pub(super) fn as_json(text: &str, shell: Shell) -> Result<Verdict> {
    let explanation = explain(text, shell, &Policy::default());
    print(|out| {
        serde_json::to_writer_pretty(&mut *out, &explanation)?;
        writeln!(out)
    })?;
    Ok(code(&explanation))
}

fn code(explanation: &Explanation) -> Verdict {
    match explanation.verdict.decision {
        Decision::Allow => Verdict::Clean,
        Decision::Ask | Decision::Deny => Verdict::Findings,
    }
}

fn render(out: &mut dyn Write, explanation: &Explanation) -> io::Result<()> {
    let terminal = Terminal::stdout();
    for command in &explanation.commands {
        render_command(out, command, terminal)?;
    }
    for path in &explanation.writes {
        writeln!(out, "writes {path}")?;
    }
    // Threats of single commands stand with them; these are about the line as a whole.
    let told = |threat: &Threat| {
        let mut own = explanation.commands.iter().flat_map(|one| &one.threats);
        own.any(|known| known == threat)
    };
    let rest = explanation.verdict.threats.iter();
    for threat in rest.filter(|threat| !told(threat)) {
        if !threat.matched.is_empty() {
            writeln!(out, "{}", threat.matched)?;
        }
        render_threat(out, threat)?;
    }
    let decision = word(explanation.verdict.decision);
    writeln!(out, "{}", terminal.bold(&format!("decision: {decision}")))
}

fn render_command(out: &mut dyn Write, command: &Explained, terminal: Terminal) -> io::Result<()> {
    let words: Vec<String> = command.argv.iter().map(|word| quoted(word)).collect();
    writeln!(out, "{}", terminal.bold(&words.join(" ")))?;
    if !command.via.is_empty() {
        writeln!(out, "  run by {}", command.via.join(", then "))?;
    }
    for threat in &command.threats {
        render_threat(out, threat)?;
    }
    Ok(())
}

fn render_threat(out: &mut dyn Write, threat: &Threat) -> io::Result<()> {
    let severity = match threat.severity {
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    };
    let (rule, category, advice) = (&threat.rule, &threat.category, &threat.advice);
    let decision = word(threat.decision);
    writeln!(out, "  {decision}: {rule} [{severity}] ({category})")?;
    writeln!(out, "    {advice}")
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allow => "allow",
        Decision::Ask => "ask",
        Decision::Deny => "deny",
    }
}

/// A word in quotes where it would not be one word without them.
fn quoted(word: &str) -> String {
    let plain = |sign: char| !sign.is_whitespace() && !"'\"\\|&;<>()$`".contains(sign);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.escape_debug())
}
