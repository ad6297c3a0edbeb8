//! `baton redact FILE`: a manifest of environments that may be shown to others.

use anyhow::{Context as _, Result};
use baton_repo::environment_manifest::redacted;
use baton_syntax::node::Node;

use super::json_of;
use super::print;
use crate::cli::RedactArgs;
use crate::exit::Verdict;

/// Runs the command.
pub(super) fn redact(args: &RedactArgs) -> Result<Verdict> {
    let name = args.file.display();
    let root =
        json_of(&args.file)?.filter(|root| root.get("environments").is_some_and(Node::is_mapping));
    let root = root.with_context(|| format!("{name} is no manifest of environments"))?;
    let shown = serde_json::to_string_pretty(&redacted(&root))?;
    print(|out| writeln!(out, "{shown}"))?;
    Ok(Verdict::Clean)
}
