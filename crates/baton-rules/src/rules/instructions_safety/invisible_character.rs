//! Instructions hold no characters without width.

use baton_source::{Applicability, Fix};

use crate::support::hidden_characters::{Kind, Run, has_shapes, named, runs};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let mut stray = runs(file.text());
    stray.retain(is_stray);
    let Some(first) = stray.first() else {
        return;
    };
    let Some(character) = first.characters.first() else {
        return;
    };
    let count: usize = stray.iter().map(|run| run.characters.len()).sum();
    let name = named(*character);
    let message = match count {
        1 => format!("{name} stands here unseen"),
        2 => format!("{name} stands here unseen, and one more such character in this text"),
        count => {
            let more = count - 1;
            format!("{name} stands here unseen, and {more} more such characters in this text")
        }
    };
    let edits = stray.iter().map(|run| file.edit(run.span, ""));
    out.report(file.at(&first.span), message)
        .help("Remove it: names and paths with it in them are not what they look like.")
        .fix(Fix {
            title: "Remove what is invisible".to_owned(),
            applicability: Applicability::Safe,
            edits: edits.collect(),
        });
}

fn is_stray(run: &Run) -> bool {
    match run.kind {
        Kind::Blank => !run.is_needed(),
        // More of them are another rule's business.
        Kind::Selector => run.characters.len() < 4 && !run.around.0.is_some_and(has_shapes),
        Kind::Direction | Kind::Tag => false,
    }
}
