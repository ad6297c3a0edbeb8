//! Label patterns are regular expressions.

use baton_repo::graph::LoadErrorKind;

use crate::support::graph::{graph, report_errors};
use crate::support::label_patterns::defect;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let help = "Write a JavaScript regular expression.";
    report_errors(ctx, file, (LoadErrorKind::LabelPattern, help), out);
    let Some(graph) = graph(ctx, file) else {
        return;
    };
    for edge in &graph.return_edges {
        let Some(pattern) = &edge.label_pattern else {
            continue;
        };
        if let Some(defect) = defect(&pattern.value) {
            let message = format!("the label pattern of `{}` {defect}", edge.title());
            out.report(file.at(pattern), message)
                .help("Mend the regular expression; a backslash stands twice in JSON.");
        }
    }
}
