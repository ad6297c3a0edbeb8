//! A step that must not change the plan freezes what the plan lock freezes.

use baton_repo::graph::Text;

use crate::support::graph::graph;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    let lock = graph.metadata.plan_lock.as_ref();
    let locked = lock
        .and_then(|lock| lock.frozen_artifacts.as_deref())
        .unwrap_or_default();
    let has = |list: &[Text], text: &Text| list.iter().any(|known| known.value == text.value);
    for node in graph.nodes.iter().filter(|node| node.plan_readonly) {
        let frozen = node.frozen_inputs.as_deref().unwrap_or_default();
        for text in frozen.iter().filter(|text| !has(locked, text)) {
            let message = format!(
                "`{}` freezes `{}`, which the plan lock does not",
                node.id.value, text.value
            );
            out.report(file.at(text), message)
                .help("Add it to `frozen_artifacts` of the plan lock, or leave it out here.");
        }
        for text in locked.iter().filter(|text| !has(frozen, text)) {
            let message = format!(
                "`{}` does not freeze `{}`, although the plan lock does",
                node.id.value, text.value
            );
            out.report(file.at(node), message)
                .label(file.at(text), "the plan lock")
                .help(format!("Add `{}` to `frozen_inputs`.", text.value));
        }
    }
}
