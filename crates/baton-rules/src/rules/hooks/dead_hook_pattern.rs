//! Patterns of pre-commit match some file.

use baton_repo::File;
use baton_source::Severity;
use baton_syntax::node::Node;
use regex::Regex;

use crate::support::hooks::paths;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for name in [".pre-commit-config.yaml", ".pre-commit-config.yml"] {
        let Some(file) = ctx.repo.file(name) else {
            continue;
        };
        let Some(root) = file.node() else { continue };
        judge(ctx, file, root, out);
        let repositories = root.get("repos").map_or(&[][..], Node::items);
        for repository in repositories {
            let hooks = repository.get("hooks").map_or(&[][..], Node::items);
            for hook in hooks {
                judge(ctx, file, hook, out);
            }
        }
    }
}

/// Judges what one hook, or all of them, are filtered by.
fn judge(ctx: &Ctx<'_>, file: &File, owner: &Node, out: &mut Findings) {
    for key in ["files", "exclude"] {
        let Some((node, text)) = owner.get(key).and_then(|node| Some((node, node.as_str()?)))
        else {
            continue;
        };
        // The empty pattern matches everything, and `^$` is how nothing is written.
        if text.is_empty() || text == "^$" {
            continue;
        }
        // What only Python's engine can read is not judged.
        let Ok(pattern) = Regex::new(text) else {
            continue;
        };
        if paths(ctx.repo).any(|path| pattern.is_match(path)) {
            continue;
        }
        let message = format!("`{}` matches no file of this repository", text.trim());
        let finding = out
            .report(file.at(node), message)
            .help("Correct the pattern, which is a regular expression, or remove it.");
        if key == "exclude" {
            finding.severity(Severity::Info);
        }
    }
}
