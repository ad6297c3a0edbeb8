//! No instruction is written in characters that show nothing.

use baton_source::{Applicability, Fix};

use crate::support::hidden_characters::{Kind, named, runs};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let runs = runs(file.text()).into_iter();
    for run in runs.filter(|run| run.kind == Kind::Tag && !run.is_flag()) {
        let Some(first) = run.characters.first() else {
            continue;
        };
        let message = match run.says() {
            Some(text) => format!("{} and those behind it say `{text}`, unseen", named(*first)),
            None => format!("{} is read by models and shown to nobody", named(*first)),
        };
        out.report(file.at(&run.span), message)
            .help("Remove it, and find out who wrote it.")
            .fix(Fix {
                title: "Remove the tag characters".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![file.edit(run.span, "")],
            });
    }
}
