//! Categories of the explorer's graph say how many nodes they have.

use baton_source::{Applicability, Fix};

use crate::support::explorer::{categories, has_nodes, of_category};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !has_nodes(file) {
        return;
    }
    for (at, id, count) in categories(file) {
        let nodes = of_category(file, id).count();
        let told = count.and_then(|count| count.value.as_i64());
        if told.and_then(|told| usize::try_from(told).ok()) == Some(nodes) {
            continue;
        }
        let word = if nodes == 1 { "node" } else { "nodes" };
        let message = format!("the category `{id}` has {nodes} {word}");
        let Some(count) = count else {
            out.report(file.at(at), message)
                .help(format!("Add `\"count\": {nodes}`."));
            continue;
        };
        let edit = file.edit(count.value.span, nodes.to_string());
        out.report(file.at(&count.value), message)
            .help(format!("Write {nodes}."))
            .fix(Fix {
                title: "Write how many there are".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![edit],
            });
    }
}
