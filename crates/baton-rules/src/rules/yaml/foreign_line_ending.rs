//! Lines end as configured.

use baton_source::{Applicability, Edit, Fix, Span};

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "new-lines") else {
        return;
    };
    // What is usual where the program runs is what is usual on servers.
    let is_dos = lint.word("type", "unix") == "dos";
    let Some(first) = lint.text.find('\n') else {
        return;
    };
    let carriage = lint
        .text
        .get(..first)
        .is_some_and(|line| line.ends_with('\r'));
    if carriage == is_dos {
        return;
    }
    let at = Span::new(first - usize::from(carriage), first + 1);
    let (has, wanted) = if is_dos {
        ("\\n", "\\r\\n")
    } else {
        ("\\r\\n", "\\n")
    };
    let message = format!("lines end in `{has}`, but `{wanted}` is configured");
    let Some(finding) = lint.report(out, at, message) else {
        return;
    };
    finding
        .help("Convert the file; editors and git do it on request.")
        .fix(Fix {
            title: "Convert the line endings".to_owned(),
            applicability: Applicability::Safe,
            edits: converted(&lint, is_dos),
        });
}

fn converted(lint: &Lint<'_>, is_dos: bool) -> Vec<Edit> {
    let breaks = lint.text.match_indices('\n').map(|(at, _)| at);
    let edits = breaks.filter_map(|at| {
        let carriage = lint.text.get(..at)?.ends_with('\r');
        let edit = match (carriage, is_dos) {
            (true, false) => lint.file.edit(Span::new(at - 1, at), ""),
            (false, true) => lint.file.edit(Span::at(at), "\r"),
            _ => return None,
        };
        Some(edit)
    });
    edits.collect()
}
