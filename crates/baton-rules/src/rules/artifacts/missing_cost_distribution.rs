//! Cost estimates show how costs are distributed.

use baton_repo::artifact::Feature;
use baton_source::{Location, Span};
use baton_syntax::markdown::within;

use crate::support::artifacts::{of_either, title};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((contract, severity)) = of_either(ctx, file) else {
        return;
    };
    if !contract.holds(Feature::CostDistribution) {
        return;
    }
    let (at, part) = judged(file);
    let outline = file.markdown();
    let has_chart = within(&outline.links, part)
        .iter()
        .any(|link| link.image && is_chart(&link.destination));
    if within(&outline.tables, part).is_empty() && !has_chart {
        out.report(
            at,
            "neither a table nor a chart shows the distribution of costs",
        )
        .severity(severity)
        .help("Add a table, or link a chart whose name ends with `.png` or `.svg`.");
    }
}

/// The section about the distribution, or else the whole text.
fn judged(file: &File) -> (Location, Span) {
    let outline = file.markdown();
    let mut headings = outline.headings.iter();
    let own = headings.find(|one| one.level == 3 && one.text.starts_with("Cost Distribution"));
    match own {
        Some(heading) => (file.at(heading), outline.section(heading)),
        None => (title(file), outline.body),
    }
}

fn is_chart(destination: &str) -> bool {
    let name = destination.to_ascii_lowercase();
    [".png", ".svg"].iter().any(|ending| name.ends_with(ending))
}
