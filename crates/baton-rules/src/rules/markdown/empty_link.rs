//! Every link leads somewhere.

use baton_syntax::markdown::{Link, LinkKind};

use crate::support::markdown::Lint;
use crate::support::markdown_references::{Labels, label_of};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD042") else {
        return;
    };
    let mut links = lint.texted_links().peekable();
    if links.peek().is_none() {
        return;
    }
    let labels = Labels::new(&lint);
    for link in links.filter(|link| leads_nowhere(&lint, &labels, link)) {
        if let Some(finding) = lint.report(out, link.span, "this link leads nowhere") {
            finding.help("Say where it leads, or write only the text.");
        }
    }
}

fn leads_nowhere(lint: &Lint<'_>, labels: &Labels<'_>, link: &Link) -> bool {
    if link.kind == LinkKind::Inline {
        let destination = link.destination_span.of(lint.text).trim();
        return destination.is_empty() || destination == "#";
    }
    // The label as written has to be the normal form of the one that is defined.
    let label = label_of(lint, link).trim();
    labels.destination(label) == Some("#")
}
