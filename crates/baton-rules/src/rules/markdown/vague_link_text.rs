//! The text of a link says where it leads.

use std::collections::BTreeSet;

use baton_source::Span;
use baton_syntax::markdown::within;

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const VAGUE: [&str; 4] = ["click here", "here", "link", "more"];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD059") else {
        return;
    };
    let vague: BTreeSet<String> = if lint.option("prohibited_texts").is_some() {
        let texts = lint.words("prohibited_texts");
        texts.into_iter().map(bare).collect()
    } else {
        VAGUE.into_iter().map(bare).collect()
    };
    for link in lint.texted_links() {
        let text = link.text_span.of(lint.text);
        if !vague.contains(&bare(text)) || holds_code(&lint, link.text_span) {
            continue;
        }
        let message = format!("`{}` does not say where this link leads", text.trim());
        if let Some(finding) = lint.report(out, link.text_span, message) {
            finding.help("Name what it leads to.");
        }
    }
}

/// Whether the text of a link holds code or a tag.
fn holds_code(lint: &Lint<'_>, text: Span) -> bool {
    let outline = lint.outline();
    !within(&outline.codes, text).is_empty() || !within(&outline.html, text).is_empty()
}

/// The words of a text in lower case, apart by one blank.
fn bare(text: &str) -> String {
    let words = text.split(|mark: char| !mark.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").to_ascii_lowercase()
}
