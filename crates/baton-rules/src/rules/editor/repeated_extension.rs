//! No list names an extension twice.

use std::collections::BTreeMap;

use baton_source::{Applicability, Fix};

use crate::support::editor::{list, removed, with_fix};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Where lists of extensions stand.
const LISTS: [&str; 3] = [
    "/customizations/vscode/extensions",
    "/recommendations",
    "/unwantedRecommendations",
];

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for found in LISTS.iter().filter_map(|pointer| list(file, pointer)) {
        let mut first = BTreeMap::new();
        let items = found.list.items().iter().enumerate();
        for (index, item) in items {
            let Some(id) = item.as_str() else {
                continue;
            };
            let before = *first.entry(id.trim().to_ascii_lowercase()).or_insert(item);
            if before.span == item.span {
                continue;
            }
            let message = format!("the extension `{id}` stands twice in one list");
            let finding = out.report(file.at(item), message);
            finding
                .label(file.at(before), "it stands here first")
                .help("Remove one of the two; capitals do not matter.");
            let fix = removed(file, found.list, index).map(|edit| Fix {
                title: "Remove the second one".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![edit],
            });
            with_fix(finding, fix);
        }
    }
}
