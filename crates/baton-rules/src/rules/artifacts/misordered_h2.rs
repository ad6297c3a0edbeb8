//! Required headings follow the order of their type.

use std::collections::BTreeSet;

use baton_source::{Applicability, Edit, Fix, Span};

use crate::support::artifacts::{Contract, H2, h2, in_template, of_artifact};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = of_artifact(ctx, file) else {
        return;
    };
    let found = h2(ctx, file);
    let required = contract.kind.headings.iter();
    let present: Vec<&H2<'_>> = required
        .filter_map(|heading| found.get(contract.position(&found, heading)?))
        .collect();
    let late = present.windows(2).find_map(|pair| match pair {
        [first, second] if start(first) > start(second) => Some((*first, *second)),
        _ => None,
    });
    let Some((late, early)) = late else {
        return;
    };
    let message = format!("`## {}` must come before `## {}`", late.text, early.text);
    let finding = out.report(file.at(late), message);
    finding
        .severity(contract.severity())
        .help("Move the section to where the template has it.")
        .label(file.at(early), "this section comes first");
    if let Some(at) = in_template(ctx, &contract, late.text) {
        finding.label(at, "the template has it here");
    }
    if !ctx.settings.compat_reference
        && let Some(edits) = reorder(&contract, file, &found)
    {
        finding.fix(Fix {
            title: "Move the sections into the order of the template".to_owned(),
            applicability: Applicability::Unsafe,
            edits,
        });
    }
}

fn start(heading: &H2<'_>) -> u32 {
    heading.text_span().start
}

/// Puts the required sections, in order, where required sections stand; everything between
/// them stays. `None` when a required heading stands twice, so that nobody can tell which is meant.
fn reorder(contract: &Contract, file: &File, found: &[H2<'_>]) -> Option<Vec<Edit>> {
    let outline = file.markdown();
    let mut slots: Vec<(usize, Span)> = Vec::new();
    for heading in found {
        let Some(place) = contract.place(heading.text) else {
            continue;
        };
        let of_outline = outline.h2().find(|one| one.span.contains(start(heading)))?;
        let section = of_outline.span.to(outline.section(of_outline));
        let text = section.of(file.text()).trim_end();
        let begin = section.start as usize;
        slots.push((place, Span::new(begin, begin + text.len())));
    }
    let places: BTreeSet<usize> = slots.iter().map(|(place, _)| *place).collect();
    if places.len() != slots.len() {
        return None;
    }
    let mut sorted = slots.clone();
    sorted.sort_unstable();
    let pairs = slots.iter().zip(&sorted);
    let moved = pairs.filter(|((_, slot), (_, content))| slot != content);
    let edits = moved.map(|((_, slot), (_, content))| file.edit(*slot, content.of(file.text())));
    Some(edits.collect())
}
