//! One line that says what was looked at.

use std::time::Duration;

use crate::output::{Shown, plural, summary};

/// `Checked: 3 Bicep, 2 agents, 1 artifact · 41 rules · 0 errors · 18 ms`.
pub(super) fn line(shown: &Shown<'_>, heading: Option<&str>, took: Duration) -> String {
    let covered = &shown.report.coverage;
    let kinds = covered.kinds.iter();
    let mut files: Vec<String> = kinds
        .map(|(kind, count)| match kind.as_deref() {
            None => plural(*count, "other file"),
            Some("bicep") => format!("{count} Bicep"),
            Some("bicepparam") => format!("{count} Bicep parameters"),
            Some("terraform") => format!("{count} Terraform"),
            Some("tfvars") => format!("{count} Terraform variables"),
            Some("pushed-branch") => plural_of_branches(*count),
            Some("governance-json") => format!("{count} governance JSON"),
            Some("iac-contract") => plural(*count, "contract"),
            Some("iac-handoff") => plural(*count, "handoff"),
            Some("avm-index") => format!("{count} index of modules"),
            Some(kind) => plural(*count, &kind.replace('-', " ")),
        })
        .collect();
    if covered.gone > 0 {
        files.push(format!("{} deleted", covered.gone));
    }
    if files.is_empty() {
        files.push("nothing".to_owned());
    }
    let figures = summary(shown);
    let mut found = plural(figures.errors, "error");
    if figures.warnings > 0 {
        found = format!("{found}, {}", plural(figures.warnings, "warning"));
    }
    let whose = heading.map_or_else(String::new, |name| format!(" `{name}`"));
    format!(
        "Checked{whose}: {} · {} · {found} · {} ms",
        files.join(", "),
        plural(covered.rules, "rule"),
        took.as_millis()
    )
}

fn plural_of_branches(count: usize) -> String {
    match count {
        1 => "1 branch".to_owned(),
        count => format!("{count} branches"),
    }
}
