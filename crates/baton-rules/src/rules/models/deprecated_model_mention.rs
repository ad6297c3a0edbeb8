//! Texts for agents do not mention deprecated models.

use baton_repo::{File, ModelCatalog};
use baton_source::Span;

use crate::support::models::{catalog, conventions};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((catalog_file, catalog)) = catalog(ctx.repo) else {
        return;
    };
    if !conventions(ctx).silence_on_deprecated || catalog_file.id == file.id {
        return;
    }
    for model in catalog.deprecated() {
        let label = model.label.value.as_str();
        if label.is_empty() {
            continue;
        }
        let longer = longer(catalog, label);
        let mut reported = None;
        for (at, _) in file.text().match_indices(label) {
            let line = file.lines().line_of(u32::try_from(at).unwrap_or(u32::MAX));
            if reported == Some(line) || is_part(file.text(), at, &longer) {
                continue;
            }
            reported = Some(line);
            let span = Span::new(at, at + label.len());
            let message = format!("`{label}` is deprecated and still mentioned");
            out.report(file.at(&span), message)
                .label(catalog_file.at(&model.label), "it is deprecated here")
                .help("Name another model, or none.");
        }
    }
}

/// Labels that are not deprecated and hold another one, with where they hold it.
fn longer<'c>(catalog: &'c ModelCatalog, label: &str) -> Vec<(&'c str, usize)> {
    let others = catalog.models.iter().filter(|model| !model.is_deprecated());
    let others = others.map(|model| model.label.value.as_str());
    let holding = others.filter_map(|other| Some((other, other.find(label)?)));
    holding.collect()
}

/// Whether what stands at a place belongs to a longer label.
fn is_part(text: &str, at: usize, longer: &[(&str, usize)]) -> bool {
    longer.iter().any(|(other, offset)| {
        let start = at.checked_sub(*offset);
        let rest = start.and_then(|start| text.get(start..));
        rest.is_some_and(|rest| rest.starts_with(other))
    })
}
