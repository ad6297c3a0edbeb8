//! Agents refer to the skill instead of repeating an artifact's headings.

use baton_source::Span;

use crate::support::artifacts::contracts;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// So many headings of one type in one code block are a copy of the template.
const COPIED: usize = 3;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let name = file.path.name();
    for contract in contracts(ctx) {
        if contract.kind.agent.as_deref() != Some(name) {
            continue;
        }
        let lines: Vec<String> = contract
            .kind
            .headings
            .iter()
            .map(|heading| format!("## {heading}"))
            .collect();
        let mut blocks = file.markdown().fences.iter().filter(|fence| fence.fenced);
        let copied = blocks.find_map(|block| {
            let held = lines.iter().filter(|line| block.code.contains(*line));
            let held = held.count();
            (held >= COPIED).then_some((block, held))
        });
        if let Some((block, held)) = copied {
            let opening = Span {
                start: block.span.start,
                end: block.info_span.end,
            };
            let artifact = &contract.kind.name;
            let message = format!("this block repeats {held} headings of `{artifact}`");
            out.report(file.at(&opening), message)
                .help("Remove it and refer to the skill `azure-artifacts`.");
        }
    }
}
