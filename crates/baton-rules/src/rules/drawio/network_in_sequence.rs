//! A drawing of a sequence has no networks.

use baton_repo::drawing::DrawingConventions;

use crate::support::drawio::{cell_name, drawing, mentions, rubric};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(drawing) = drawing(ctx, file) else {
        return;
    };
    let networks = &DrawingConventions::of_family().networks;
    let mut zones = drawing.contents().filter(|cell| cell.is_container());
    if let Some(zone) = zones.find(|cell| mentions(cell.label(), networks)) {
        let message = format!("{} is a network, which no sequence shows", cell_name(zone));
        out.report(file.at(zone), message)
            .severity(rubric(ctx))
            .help("Name zones by what happens in them, such as ingress or persistence.");
    }
}
