//! A blank parts the text of a closed heading from the hashes on either side.

use baton_source::{Applicability, Fix, Span};

use crate::support::markdown::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD020") else {
        return;
    };
    for line in lint.lines() {
        if line.is_code() || line.is_fence() || line.is_html() {
            continue;
        }
        let Some(parts) = Parts::of(lint.line_text(line)) else {
            continue;
        };
        if parts.apart_left && parts.apart_right {
            continue;
        }
        let mut whole = line.span;
        whole.end = whole.start + u32::try_from(parts.length).unwrap_or(0);
        let message = "no blank between the text of this heading and its hashes";
        let Some(finding) = lint.report(out, whole, message) else {
            continue;
        };
        finding
            .help("Write a blank on either side of the text.")
            .fix(Fix {
                title: "Add the blanks".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![file.edit(
                    Span::new(whole.start as usize, whole.end as usize),
                    parts.mended,
                )],
            });
    }
}

/// A line that begins and ends in hashes.
struct Parts {
    length: usize,
    apart_left: bool,
    apart_right: bool,
    mended: String,
}

impl Parts {
    fn of(line: &str) -> Option<Parts> {
        let line = line.trim_end();
        let rest = line.trim_start_matches('#');
        let (left, _) = line.split_at(line.len() - rest.len());
        let inner = rest.trim_end_matches('#');
        let right = rest.get(inner.len()..)?;
        let (inner, escaped) = match inner.strip_suffix('\\') {
            // The first of the hashes is escaped, and stays part of the text.
            Some(kept) if right.len() > 1 => (kept, true),
            Some(_) => return None,
            None => (inner, false),
        };
        let content = inner.trim_matches([' ', '\t']);
        if left.is_empty() || right.is_empty() || content.is_empty() || content.contains('#') {
            return None;
        }
        let (text, closing) = if escaped {
            (format!("{content} \\#"), right.get(1..)?)
        } else {
            (content.to_owned(), right)
        };
        Some(Parts {
            length: line.len(),
            apart_left: inner.starts_with([' ', '\t']),
            apart_right: inner.ends_with([' ', '\t']) && !escaped,
            mended: format!("{left} {text} {closing}"),
        })
    }
}
