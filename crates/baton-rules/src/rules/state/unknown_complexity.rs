//! `decisions.complexity` is a tier that the review plan knows.

use baton_source::{Applicability, Fix, Severity};

use crate::support::state::violations;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Words of the key registry and the tiers they stand for.
const OLDER: [(&str, &str); 3] = [
    ("low", "simple"),
    ("medium", "standard"),
    ("high", "complex"),
];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for violation in violations(ctx, file, "unknown-complexity") {
        let state = ctx.repo.session_state(file);
        let written = state
            .and_then(|state| state.decision("complexity")?.value.as_str())
            .unwrap_or_default();
        let older = OLDER.iter().find(|(word, _)| *word == written);
        let finding = out.report(file.at(violation), &violation.message);
        let Some((word, tier)) = older else {
            finding.help(
                "Write `simple`, `standard` or `complex`, or an empty text while it is not known.",
            );
            continue;
        };
        finding
            .severity(Severity::Warning)
            .help(format!(
                "Write `{tier}`, which is what `{word}` stands for."
            ))
            .fix(Fix {
                title: format!("Replace `{word}` by `{tier}`"),
                applicability: Applicability::Safe,
                edits: vec![file.edit(violation.span, format!("\"{tier}\""))],
            });
    }
}
