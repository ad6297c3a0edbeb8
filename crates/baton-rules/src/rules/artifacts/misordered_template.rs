//! Templates show the required headings in order.

use std::collections::BTreeSet;

use crate::support::artifacts::{H2, h2, of_template};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(contract) = of_template(ctx, file) else {
        return;
    };
    let found = h2(ctx, file);
    let mut seen = BTreeSet::new();
    let required: Vec<(usize, &H2<'_>)> = found
        .iter()
        .filter_map(|heading| Some((contract.place(heading.text)?, heading)))
        .filter(|(place, _)| seen.insert(*place))
        .collect();
    let late = required.windows(2).find_map(|pair| match pair {
        [(before, first), (place, second)] if before > place => Some((first, second)),
        _ => None,
    });
    if let Some((first, second)) = late {
        let message = format!("`## {}` must come before `## {}`", second.text, first.text);
        out.report(file.at(*second), message)
            .help("Move the section to its place in the list of required headings.")
            .label(file.at(*first), "this section comes later");
    }
}
