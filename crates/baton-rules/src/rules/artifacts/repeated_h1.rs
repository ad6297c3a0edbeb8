//! An artifact has one title.

use baton_source::Severity;

use crate::support::artifacts::{h1, of_artifact};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if of_artifact(ctx, file).is_none() {
        return;
    }
    let titles = h1(ctx, file);
    let Some((first, [second, ..])) = titles.split_first() else {
        return;
    };
    let message = format!("the artifact has {} titles", titles.len());
    out.report(file.at(second), message)
        .severity(Severity::Error)
        .help("Delete the file and write it anew; a resumed step has appended a second copy.")
        .label(file.at(first), "the first title");
}
