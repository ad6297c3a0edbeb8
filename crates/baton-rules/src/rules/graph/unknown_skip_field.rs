//! A condition for leaving a review out looks at something a run knows.

use baton_repo::graph::graph_facts;

use crate::support::graph::challengers;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let fields = &graph_facts().skip_fields;
    for (id, challenger) in challengers(ctx, file) {
        let Some(condition) = &challenger.skip_condition else {
            continue;
        };
        // An empty text is no condition.
        let known = |field: &String| condition.value.contains(field.as_str());
        if condition.value.is_empty() || fields.iter().any(known) {
            continue;
        }
        let message = format!("the skip condition of `{id}` looks at nothing a run knows");
        out.report(file.at(condition), message)
            .help(format!("Use one of {}.", fields.join(", ")));
    }
}
