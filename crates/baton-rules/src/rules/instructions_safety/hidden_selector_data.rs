//! No data hides in variation selectors.

use baton_source::{Applicability, Fix};

use crate::support::hidden_characters::{Kind, named, runs};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// How many selectors in a row are no slip.
const MANY: usize = 4;

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let runs = runs(file.text()).into_iter();
    for run in runs.filter(|run| run.kind == Kind::Selector) {
        let (Some(first), true) = (run.characters.first(), run.characters.len() >= MANY) else {
            continue;
        };
        let count = run.characters.len();
        let message = match run.says() {
            Some(text) => format!("{count} variation selectors in a row say `{text}`, unseen"),
            None => format!(
                "{count} variation selectors in a row, from {}, choose no shape and can hold data",
                named(*first)
            ),
        };
        out.report(file.at(&run.span), message)
            .help("Remove them, and find out who wrote them.")
            .fix(Fix {
                title: "Remove the variation selectors".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![file.edit(run.span, "")],
            });
    }
}
