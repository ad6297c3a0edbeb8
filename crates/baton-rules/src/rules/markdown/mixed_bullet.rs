//! Items of lists have the same bullet everywhere.

use baton_source::{Applicability, Fix};

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const BULLETS: [(&str, &str); 3] = [("asterisk", "*"), ("dash", "-"), ("plus", "+")];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD004") else {
        return;
    };
    let style = lint.word("style", "consistent");
    let named = BULLETS.iter().find(|(name, _)| *name == style);
    let mut common = match (style, named) {
        ("consistent" | "sublist" | "", _) => None,
        (_, Some((_, bullet))) => Some(*bullet),
        _ => Some("-"),
    };
    let mut by_depth: Vec<Option<&str>> = Vec::new();
    let lists = lint.outline().lists.iter().filter(|list| !list.ordered);
    for list in lists {
        for marker in &list.markers {
            let actual = marker.of(lint.text);
            let wanted = if style == "sublist" {
                at_depth(&mut by_depth, list.depth, actual)
            } else {
                common.get_or_insert(actual)
            };
            if actual == wanted {
                continue;
            }
            let message = format!("the bullet `{actual}` where others are `{wanted}`");
            let Some(finding) = lint.report(out, *marker, message) else {
                continue;
            };
            finding.help(format!("Write `{wanted}`.")).fix(Fix {
                title: format!("Write `{wanted}`"),
                applicability: Applicability::Safe,
                edits: vec![file.edit(*marker, wanted)],
            });
        }
    }
}

/// The bullet of a depth: that of its first item, if the depth above has another one.
fn at_depth<'b>(bullets: &mut Vec<Option<&'b str>>, depth: usize, first: &'b str) -> &'b str {
    if bullets.len() <= depth {
        bullets.resize(depth + 1, None);
    }
    let above = depth.checked_sub(1).and_then(|above| bullets.get(above));
    let taken = above.copied().flatten() == Some(first);
    let fresh = match first {
        "-" if taken => "+",
        "+" if taken => "*",
        _ if taken => "-",
        first => first,
    };
    bullets
        .get_mut(depth)
        .map_or(fresh, |bullet| bullet.get_or_insert(fresh))
}
