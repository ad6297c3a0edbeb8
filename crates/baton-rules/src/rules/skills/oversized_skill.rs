//! Skills keep below the length that is recommended.

use baton_source::{Severity, Span};

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let pack = skills::conventions(ctx);
    let own = ctx.settings.skills.max_lines;
    let Some(max) = own
        .or(pack.max_lines)
        .filter(|_| skills::is_judged(ctx, file))
    else {
        return;
    };
    // What follows the last line ending counts as a line, so that the figures are those people
    // know.
    let text = file.text();
    let lines = text.matches('\n').count() + 1;
    if lines <= max {
        return;
    }
    let over = text.split_inclusive('\n').take(max).map(str::len);
    let at = Span::at(over.sum::<usize>());
    let references = format!("{}references", skills::folder(file));
    let has_references = ctx.repo.has_folder(&references);
    let mut message = format!("the skill has {lines} lines, more than the recommended {max}");
    if !has_references && pack.demands_references {
        message.push_str(", and no `references` folder");
    }
    let oversized = ctx.settings.skills.oversized.as_ref();
    let oversized = oversized.unwrap_or(&pack.oversized);
    let folder = skills::folder_name(file).unwrap_or("");
    let is_known = oversized.iter().any(|known| known == folder);
    let finding = out
        .report(file.at(&at), message)
        .help("Move what only some tasks need to files in `references`, and link them.");
    if has_references || is_known || !pack.demands_references {
        finding.severity(Severity::Warning);
    }
}
