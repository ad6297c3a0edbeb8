//! A drawing of an architecture is filled with the colours of the palette.

use std::collections::BTreeMap;

use baton_repo::drawing::DrawingConventions;
use baton_source::Span;

use crate::support::drawio::{drawing, rubric};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(drawing) = drawing(ctx, file) else {
        return;
    };
    let family = &DrawingConventions::of_family().palette;
    let palette = ctx.settings.drawio.palette.as_ref().unwrap_or(family);
    let mut strange: BTreeMap<String, Span> = BTreeMap::new();
    for cell in drawing.contents() {
        let mut entries = cell.style.entries();
        let Some(entry) = entries.find(|entry| entry.is("fillColor")) else {
            continue;
        };
        let colour = entry.value.unwrap_or("").trim().to_lowercase();
        let known = palette
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&colour));
        if let Some(at) = cell.style.value_span(&entry).filter(|_| !known) {
            strange.entry(colour).or_insert(at);
        }
    }
    let Some(first) = strange.values().min() else {
        return;
    };
    let names: Vec<String> = strange.keys().map(|colour| format!("`{colour}`")).collect();
    let message = format!("fills with {} are not of the palette", names.join(", "));
    let finding = out
        .report(file.at(first), message)
        .severity(rubric(ctx))
        .help("Use the palette's colours, or set `palette` in `[options.drawio]`.");
    for (colour, at) in strange.iter().filter(|(_, at)| *at != first) {
        finding.label(file.at(at), format!("`{colour}` first stands here"));
    }
}
