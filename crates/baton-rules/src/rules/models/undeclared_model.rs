//! Agents use models that the catalog knows.

use baton_source::{Severity, nearest};

use crate::support::models::{Use, catalog, conventions, uses};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let catalog = catalog(ctx.repo);
    let listed = &conventions(ctx).known_models;
    let mut declared: Vec<&str> = Vec::new();
    if let Some((_, catalog)) = catalog {
        let models = catalog.models.iter();
        declared.extend(models.map(|model| model.label.value.as_str()));
    }
    // Without a catalog only registries are held to the models that were known then.
    let all: Vec<&str> = declared
        .iter()
        .copied()
        .chain(listed.iter().map(String::as_str))
        .collect();
    for used in uses(ctx) {
        let label = used.label();
        let (known, severity) = match (used.registered && !listed.is_empty(), catalog.is_some()) {
            (true, _) => (&all, Severity::Warning),
            (false, true) => (&declared, Severity::Error),
            (false, false) => continue,
        };
        if known.is_empty() || known.contains(&label) {
            continue;
        }
        report(ctx, &used, (known, severity), out);
    }
}

fn report(
    ctx: &Ctx<'_>,
    used: &Use<'_>,
    (known, severity): (&[&str], Severity),
    out: &mut Findings,
) {
    let label = used.label();
    let catalog = catalog(ctx.repo);
    let message = match catalog {
        Some(_) => format!("the catalog has no model `{label}`, which {} uses", used.by),
        None => format!("`{label}`, which {} uses, is no known model", used.by),
    };
    let found = out.report(used.at(), message);
    found.severity(severity);
    match nearest(label, known.iter().copied()) {
        Some(meant) => found.help(format!("Write `{meant}`, if that is what you mean.")),
        None => found.help("Use another model, or add this one to the catalog."),
    };
    if let Some((file, _)) = catalog {
        found.label(file.whole(), "the catalog");
    }
}
