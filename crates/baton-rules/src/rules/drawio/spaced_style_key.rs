//! Keys of a style have no blanks.

use crate::support::drawio::{cell_name, cells, safe};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (_, cell) in cells(ctx, file) {
        for entry in cell.style.entries() {
            let value = entry.value.unwrap_or("");
            // Pictures may hold anything.
            let is_picture = value.contains("data:") || value.contains("base64,");
            let spaced = entry.key.contains(char::is_whitespace);
            if entry.value.is_none() || is_picture || !spaced {
                continue;
            }
            let Some(at) = cell.style.key_span(&entry) else {
                continue;
            };
            let key = entry.key.trim();
            let message = format!(
                "the key `{key}` of {} has a blank and is not read",
                cell_name(cell)
            );
            let finding = out
                .report(file.at(&at), message)
                .help("Write the key without blanks.");
            if cell.style.is_exact() && !key.contains(char::is_whitespace) {
                finding.fix(safe("Remove the blanks", vec![file.edit(at, key)]));
            }
        }
    }
}
