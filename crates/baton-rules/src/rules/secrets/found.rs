//! No secret stands in a file: one rule per group of the shapes.

use baton_repo::is_test;
use baton_secrets::{Confidence, Secret};
use baton_source::Severity;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

/// The group whose finds are no secrets.
const ADDRESSES: &str = "internal-address";
/// The group whose ends are the same in every find.
const KEYS: &str = "private-key";
/// Groups whose finds are made up where they stand in tests.
const MADE_UP: [&str; 2] = ["assigned-secret", "embedded-password"];
/// The group of the repository's own rules.
const OWN: &str = "custom-secret";

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    for secret in ctx.repo.secrets(file) {
        let is_made_up = MADE_UP.contains(&slug) && is_test(&file.path);
        if secret.group != slug || is_made_up {
            continue;
        }
        let finding = out.report(file.at(&secret.span), message(secret));
        finding.help(help(secret));
        if secret.confidence == Confidence::Low && finding.severity == Severity::Error {
            finding.severity(Severity::Warning);
        }
    }
}

/// What is there; never the secret itself.
fn message(secret: &Secret) -> String {
    let Secret {
        kind,
        name,
        redacted,
        ..
    } = secret;
    if secret.group == OWN {
        return format!("`{redacted}` matches rule `{kind}` of `.gitleaks.toml`: {name}");
    }
    if secret.group == KEYS {
        return format!("{name} stands here");
    }
    let verb = match secret.confidence {
        Confidence::Low if secret.group != ADDRESSES => "looks like",
        _ => "is",
    };
    format!("`{redacted}` {verb} {name}")
}

fn help(secret: &Secret) -> &'static str {
    match secret.group.as_ref() {
        ADDRESSES => "Use a name instead, or a variable.",
        OWN => "Take it out, or say in `.gitleaks.toml` why it may stay.",
        KEYS => "Make a new pair, and keep its private half in a key vault.",
        _ => "Revoke it, then read it from a key vault or from the environment.",
    }
}
