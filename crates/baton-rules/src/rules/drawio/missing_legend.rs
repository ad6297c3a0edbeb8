//! A drawing with many icons explains itself.

use baton_repo::drawing::DrawingConventions;

use crate::support::drawio::{drawing, mentions, rubric};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    // Sequences have none.
    if ctx.repo.is_kind(file, "runtime-drawing") {
        return;
    }
    let Some(drawing) = drawing(ctx, file) else {
        return;
    };
    let limits = DrawingConventions::of_family();
    let icons = drawing.contents().filter(|cell| cell.is_icon()).count();
    let explains = |text: &str| {
        let mut marks = limits.legend_marks.iter();
        mentions(text, &["legend"]) || marks.any(|mark| text.contains(mark.as_str()))
    };
    if icons < limits.legend_icons || drawing.contents().any(|cell| explains(cell.label())) {
        return;
    }
    out.report(
        file.at(&drawing.root),
        format!("the drawing has {icons} icons and no legend"),
    )
    .severity(rubric(ctx))
    .help("Add a cell that says `Legend` and what lines and colours mean.");
}
