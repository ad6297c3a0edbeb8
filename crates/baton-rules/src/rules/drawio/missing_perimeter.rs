//! Shapes that are no rectangles have the perimeter of their shape.

use baton_source::Span;

use crate::support::drawio::{cell_name, cells, is_of_agents, safe};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const SHAPES: [(&str, &str); 6] = [
    ("ellipse", "ellipsePerimeter"),
    ("rhombus", "rhombusPerimeter"),
    ("triangle", "trianglePerimeter"),
    ("hexagon", "hexagonPerimeter2"),
    ("parallelogram", "parallelogramPerimeter"),
    ("trapezoid", "trapezoidPerimeter"),
];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let by_agents = is_of_agents(ctx, file);
    for (_, cell) in cells(ctx, file) {
        let perimeter = cell.style.get("perimeter");
        for (shape, wanted) in SHAPES {
            let mut entries = cell.style.entries();
            let named = entries.find(|entry| match entry.value {
                Some(value) => entry.is("shape") && value.trim() == shape,
                // draw.io's own named styles bring their perimeter; agents write it.
                None => by_agents && entry.key.trim() == shape,
            });
            let Some(named) = named.filter(|_| perimeter != Some(wanted)) else {
                continue;
            };
            let span = match named.value {
                Some(_) => cell.style.value_span(&named),
                None => cell.style.key_span(&named),
            };
            let Some(at) = span else { continue };
            let message = format!(
                "{} has the shape {shape} without `perimeter={wanted}`",
                cell_name(cell)
            );
            let finding = out
                .report(file.at(&at), message)
                .help(format!("Add `perimeter={wanted}` to the style."));
            let whole = cell.style.part(0..cell.style.text().len());
            // Another perimeter may be meant.
            if let Some(whole) = whole.filter(|_| perimeter.is_none()) {
                let closed = cell.style.text().trim_end().ends_with(';');
                let text = format!("{}perimeter={wanted};", if closed { "" } else { ";" });
                let edit = file.edit(Span::at(whole.end as usize), text);
                finding.fix(safe("Add the perimeter", vec![edit]));
            }
        }
    }
}
