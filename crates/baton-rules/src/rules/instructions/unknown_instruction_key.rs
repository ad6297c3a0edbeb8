//! Keys of instruction files are some that the repository knows.

use baton_source::{Applicability, Fix};

use crate::support::instructions::{self, meant};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = &file.front_matter().root else {
        return;
    };
    let known = instructions::keys(ctx);
    for entry in root.entries() {
        if known.is_empty() || known.contains(&entry.key) {
            continue;
        }
        let message = format!("instructions have no key `{}`", entry.key);
        let finding = out.report(file.at(&entry.key_span), message);
        let meant = meant(ctx, file, &entry.key).filter(|meant| root.entry(meant).is_none());
        let Some(meant) = meant else {
            let known = known.join("`, `");
            finding.help(format!("Take it out; there are `{known}`."));
            continue;
        };
        finding.help(format!("Did you mean `{meant}`?")).fix(Fix {
            title: format!("Write `{meant}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(entry.key_span, meant)],
        });
    }
}
