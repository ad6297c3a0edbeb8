//! Hosts can read the front matter of their files.

use baton_repo::host;
use baton_source::Severity;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(document) = ctx.repo.host_document(file) else {
        return;
    };
    // Those of agents have a rule of their own.
    if ctx.repo.is_kind(file, "agent") || ctx.repo.is_kind(file, "subagent") {
        return;
    }
    let read = document.front_matter(file);
    // Claude Code's second try stumbles over the other line ending.
    let is_strict = document.host == "Claude Code" && file.text().contains("\r\n");
    let forgiven = !document.by_line && !is_strict && host::by_line(file).errors.is_empty();
    for error in &read.errors {
        let message = format!("the front matter cannot be read: {}", error.message);
        let found = out.report(file.at(error), message);
        found.help("Put a blank after the colon of a key, and text that holds a colon, a hash, an asterisk or a bracket between quotes.");
        if forgiven {
            found.severity(Severity::Warning);
            return;
        }
    }
    let Some(root) = &read.root else { return };
    if read.errors.is_empty() && !root.is_mapping() && !root.is_null() {
        let message = format!(
            "the front matter is a {}, not keys with values",
            root.kind()
        );
        out.report(file.at(root), message)
            .help("Write one `key: value` on each line.");
    }
}
