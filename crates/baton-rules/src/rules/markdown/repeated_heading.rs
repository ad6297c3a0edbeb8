//! No two headings read the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use baton_source::Span;

use crate::support::markdown::Lint;
use crate::support::markdown_headings::{headings, text};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD024") else {
        return;
    };
    let siblings = lint.flag("siblings_only", false);
    // With siblings alone, a heading forgets what stands below the headings before it.
    let mut known: [BTreeMap<Cow<'_, str>, Span>; 7] = Default::default();
    for heading in headings(&lint) {
        let level = if siblings {
            usize::from(heading.level)
        } else {
            0
        };
        for below in known.iter_mut().skip(level + 1) {
            below.clear();
        }
        let Some(known) = known.get_mut(level) else {
            continue;
        };
        let text = text(&lint, heading);
        let Some(first) = known.get(&text) else {
            known.insert(text, heading.span);
            continue;
        };
        let message = format!("another heading reads `{}` too", text.trim());
        if let Some(finding) = lint.report(out, heading.span, message) {
            finding
                .label(file.at(first), "here")
                .help("Say in each what it is about.");
        }
    }
}
