//! No heading ends in a punctuation mark.

use std::sync::LazyLock;

use baton_source::{Applicability, Fix, Span};
use regex::Regex;

use crate::support::markdown::Lint;
use crate::support::markdown_headings::headings;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Marks that end a sentence, in the width of either script; a question may stand.
const MARKS: &str = ".,;:!。，；：！";

/// Entities and names of pictures, which end in a mark without meaning it.
static CODES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let entity = r"&(?:#\d+|#[xX][[:xdigit:]]+|[[:alpha:]]{2,31}|blk\d{2}|emsp1[34]|frac\d{2}|sup\d|there4);";
    let picture = concat!(
        r":(?:[abmovx]|[-+]1|100|1234|(?:1st|2nd|3rd)_place_medal|8ball|clock\d{1,4}|e-mail",
        r"|non-potable_water|o2|t-rex|u5272|u5408|u55b6|u6307|u6708|u6709|u6e80|u7121|u7533",
        r"|u7981|u7a7a|[a-z]{2,15}2?|[a-z]{1,14}(?:_[a-z\d]{1,16})+):"
    );
    Regex::new(&format!("(?:{entity}|{picture})$")).ok()
});

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD026") else {
        return;
    };
    let marks = lint.word("punctuation", MARKS);
    for heading in headings(&lint) {
        let text = heading.text_span.of(lint.text);
        let kept = text.trim_end_matches(|mark| marks.contains(mark));
        let code = |codes: &Regex| codes.is_match(text);
        if kept.len() == text.len() || CODES.as_ref().is_some_and(code) {
            continue;
        }
        let start = heading.text_span.start as usize;
        let found = Span::new(start + kept.trim_end().len(), start + text.len());
        let message = format!("this heading ends in `{}`", found.of(lint.text).trim());
        if let Some(finding) = lint.report(out, found, message) {
            finding.help("Leave the mark out.").fix(Fix {
                title: "Remove the mark".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![file.edit(found, "")],
            });
        }
    }
}
