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
/// Groups of which nothing but a name says that they are secret.
const GUESSED: [&str; 2] = ["assigned-secret", "embedded-password"];
/// Kinds of files for which `hardcoded-secret` says it better.
const CODE: [&str; 4] = ["bicep", "bicepparam", "terraform", "tfvars"];
/// The group of the repository's own rules.
const OWN: &str = "custom-secret";

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    for secret in ctx.repo.secrets(file) {
        if secret.group != slug || is_judged_elsewhere(ctx, file, slug) {
            continue;
        }
        let finding = out.report(file.at(&secret.span), message(secret));
        finding.help(help(secret));
        if secret.confidence == Confidence::Low && finding.severity == Severity::Error {
            finding.severity(Severity::Warning);
        }
    }
}

/// Whether what only a name calls secret is made up, as in tests, or a matter of the rules for
/// infrastructure code, which know what a property means.
fn is_judged_elsewhere(ctx: &Ctx<'_>, file: &File, slug: &str) -> bool {
    let is_code = |kind: &&str| ctx.repo.is_kind(file, kind);
    GUESSED.contains(&slug) && (is_test(&file.path) || CODE.iter().any(is_code))
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
