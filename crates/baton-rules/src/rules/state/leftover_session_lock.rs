//! Locks and claims are gone: agents work one after the other.

use baton_repo::session::Hold;
use baton_source::{Applicability, Fix, Span};
use baton_syntax::node::{Entry, Node};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let (Some(root), Some(state)) = (file.node(), ctx.repo.session_state(file)) else {
        return;
    };
    for (at, entry) in root.entries().iter().enumerate() {
        let applicability = match entry.key.as_str() {
            "lock" => certainty(state.lock.as_ref()),
            "stale_threshold_ms" => Applicability::Safe,
            _ => continue,
        };
        let message = format!("`{}` is left over from version 2.0", entry.key);
        report(file, (root, at, entry), (message, applicability), out);
    }
    for step in root.get("steps").map_or(&[][..], Node::entries) {
        let known = state
            .steps
            .iter()
            .find(|known| known.key_span == step.key_span);
        let claim = known.and_then(|known| known.claim.as_ref());
        for (at, entry) in step.value.entries().iter().enumerate() {
            if entry.key == "claim" {
                let message = format!(
                    "the `claim` of step `{}` is left over from version 2.0",
                    step.key
                );
                let place = (&step.value, at, entry);
                report(file, place, (message, certainty(claim)), out);
            }
        }
    }
}

/// What is held or holds a history is not thrown away unasked.
fn certainty(hold: Option<&Hold>) -> Applicability {
    if hold.is_some_and(Hold::is_in_use) {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    }
}

fn report(
    file: &File,
    (parent, at, entry): (&Node, usize, &Entry),
    (message, applicability): (String, Applicability),
    out: &mut Findings,
) {
    out.report(file.at(entry), message)
        .help("Remove it; agents work one after the other and take no locks.")
        .fix(Fix {
            title: format!("Remove `{}`", entry.key),
            applicability,
            edits: vec![file.edit(removal(parent, at, entry), "")],
        });
}

/// What to cut so that the commas stay right: up to the next key, else from the end of the
/// value before, else everything between the braces.
fn removal(parent: &Node, at: usize, entry: &Entry) -> Span {
    let entries = parent.entries();
    let start = entry.key_span.start as usize;
    if let Some(next) = entries.get(at + 1) {
        return Span::new(start, next.key_span.start as usize);
    }
    let end = entry.value.span.end as usize;
    match at.checked_sub(1).and_then(|before| entries.get(before)) {
        Some(before) => Span::new(before.value.span.end as usize, end),
        None => Span::new(
            parent.span.start as usize + 1,
            (parent.span.end as usize).saturating_sub(1),
        ),
    }
}
