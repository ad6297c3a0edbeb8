//! No line is longer than the configuration allows.

use baton_source::Span;
use baton_syntax::markdown::lines::Line;
use baton_syntax::node::Node;

use crate::support::markdown::Lint;
use crate::support::markdown_links::LinkLines;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// What the options say.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own, and markdownlint names them"
)]
struct Limits {
    text: usize,
    heading: usize,
    code: usize,
    codes: bool,
    tables: bool,
    headings: bool,
    strict: bool,
    stern: bool,
}

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD013") else {
        return;
    };
    let limits = Limits::of(&lint);
    let links = LinkLines::new(&lint);
    for line in lint.lines() {
        // No line has more letters than bytes.
        if line.span.len() < limits.least() {
            continue;
        }
        let Some(most) = limits.of_line(line) else {
            continue;
        };
        let text = lint.line_text(line);
        let length = length(text);
        let counted = if limits.strict || limits.stern {
            length
        } else {
            counted(text)
        };
        let free = !limits.strict && ((limits.stern && has_no_gap(text)) || links.only(line));
        if length.min(counted) <= most || free || links.is_definition(line) {
            continue;
        }
        let message = format!("{length} characters, where {most} may stand");
        if let Some(finding) = lint.report(out, beyond(line, text, most), message) {
            finding.help("Break the line.");
        }
    }
}

impl Limits {
    fn of(lint: &Lint<'_>) -> Limits {
        let text = limit(lint, "line_length", 80);
        Limits {
            text,
            heading: limit(lint, "heading_line_length", text),
            code: limit(lint, "code_block_line_length", text),
            codes: lint.flag("code_blocks", true),
            tables: lint.flag("tables", true),
            headings: lint.flag("headings", true),
            strict: lint.flag("strict", false),
            stern: lint.flag("stern", false),
        }
    }

    /// A length that every line may have.
    fn least(&self) -> usize {
        self.text.min(self.heading).min(self.code)
    }

    /// How long a line may be; `None` is any length.
    fn of_line(&self, line: &Line) -> Option<usize> {
        let code = line.is_code() || line.is_fence();
        if (code && !self.codes)
            || (line.is_table() && !self.tables)
            || (line.is_heading() && !self.headings)
        {
            return None;
        }
        let most = if code {
            self.code
        } else if line.is_heading() {
            self.heading
        } else {
            self.text
        };
        (most > 0).then_some(most)
    }
}

/// A length an option gives; zero is as good as nothing, and below it no line is judged.
fn limit(lint: &Lint<'_>, option: &str, default: usize) -> usize {
    match lint.option(option).and_then(Node::as_i64) {
        None | Some(0) => default,
        Some(length) => usize::try_from(length).unwrap_or(0),
    }
}

/// The length of a text as JavaScript counts it.
fn length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// The length that counts: what follows the last blank may go beyond the limit.
fn counted(text: &str) -> usize {
    let kept = text.trim_end_matches(|mark: char| !mark.is_whitespace());
    length(kept) + 1
}

/// Whether a line cannot be broken anywhere behind its marks.
fn has_no_gap(text: &str) -> bool {
    let before = text.trim_end_matches(|mark: char| !mark.is_whitespace());
    before
        .chars()
        .all(|mark| matches!(mark, '#' | '>') || mark.is_whitespace())
}

/// What stands beyond the limit.
fn beyond(line: &Line, text: &str, most: usize) -> Span {
    let first = text.char_indices().nth(most).map_or(0, |(at, _)| at);
    Span::new(line.span.start as usize + first, line.span.end as usize)
}
