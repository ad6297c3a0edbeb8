//! No instruction is shown in another order than it is read.

use baton_source::{Applicability, Fix};

use crate::support::hidden_characters::{Kind, named, runs};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for run in runs(file.text()) {
        let forced = |one: &char| matches!(one, '\u{202D}' | '\u{202E}');
        // Text from right to left needs such characters, though never to force an order.
        let proper = run.right_to_left && !run.characters.iter().any(forced);
        let (Kind::Direction, Some(first), false) = (run.kind, run.characters.first(), proper)
        else {
            continue;
        };
        let message = format!(
            "{} shows text in another order than it is read",
            named(*first)
        );
        let finding = out.report(file.at(&run.span), message);
        if run.right_to_left {
            finding.help("Mark words of the other direction with isolates, not with overrides.");
        } else {
            finding.help("Remove it.").fix(Fix {
                title: "Remove the control character".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![file.edit(run.span, "")],
            });
        }
    }
}
