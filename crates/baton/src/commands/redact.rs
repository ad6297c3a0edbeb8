//! `baton redact FILE`: a manifest of environments that may be shown to others.

use anyhow::{Context as _, Result, bail};
use baton_repo::environment_manifest::redacted;
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;

use super::print;
use super::text_of;
use crate::cli::RedactArgs;
use crate::exit::Verdict;

/// Runs the command.
pub(super) fn redact(args: &RedactArgs) -> Result<Verdict> {
    let text = text_of(&args.file)?;
    let parsed = json::parse(&text, Dialect::Strict);
    let name = args.file.display();
    if let Some(error) = parsed.errors.first() {
        bail!("{name} is not JSON: {}", error.message);
    }
    let root = parsed
        .root
        .filter(|root| root.get("environments").is_some_and(Node::is_mapping));
    let root = root.with_context(|| format!("{name} is no manifest of environments"))?;
    let shown = serde_json::to_string_pretty(&redacted(&root))?;
    print(|out| writeln!(out, "{shown}"))?;
    Ok(Verdict::Clean)
}
