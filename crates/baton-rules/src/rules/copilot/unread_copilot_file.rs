//! Instructions and prompts have the suffix by which their host finds them.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Folder, suffix, and keys that nothing else has.
const KINDS: [(&str, &str, &[&str]); 2] = [
    ("instructions", ".instructions.md", &["applyTo"]),
    ("prompts", ".prompt.md", &["agent", "mode", "argument-hint"]),
];

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let path = file.path.as_str();
    if [
        ".instructions.md",
        ".prompt.md",
        ".agent.md",
        ".chatmode.md",
    ]
    .iter()
    .any(|suffix| path.ends_with(suffix))
    {
        return;
    }
    for (folder, suffix, keys) in KINDS {
        if !format!("/{path}").contains(&format!("/.github/{folder}/")) {
            continue;
        }
        let root = file.front_matter().root.as_ref();
        let found = keys.iter().find_map(|key| root?.entry(key));
        let Some(entry) = found else { continue };
        let message = format!(
            "`{}` is read in files that end in `{suffix}` only",
            entry.key
        );
        let name = file.path.name();
        let stem = name.strip_suffix(".md").unwrap_or(name);
        out.report(file.at(entry), message)
            .help(format!("Rename the file to `{stem}{suffix}`."));
    }
}
