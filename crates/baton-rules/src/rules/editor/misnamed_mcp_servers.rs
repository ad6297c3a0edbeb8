//! Servers stand below the key that their host looks for.

use baton_repo::File;
use baton_source::{Applicability, Fix};

use crate::support::mcp::format;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else {
        return;
    };
    let format = format(ctx, file);
    let (wrong, right) = (&format.foreign_servers, &format.servers);
    let Some(entry) = root.entry(wrong).filter(|_| root.get(right).is_none()) else {
        return;
    };
    let message = format!("{} looks for `{right}` here, not `{wrong}`", format.host);
    out.report(file.at(entry), message)
        .help(format!("Rename the key to `{right}`."))
        .fix(Fix {
            title: format!("Rename to `{right}`"),
            applicability: Applicability::Safe,
            edits: vec![file.edit(entry.key_span, format!("\"{right}\""))],
        });
}
