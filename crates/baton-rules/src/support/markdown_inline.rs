//! What rules about links, emphasis and code inside lines share.

use baton_source::{Applicability, Edit, Fix, Span};
use baton_syntax::markdown::{Emphasis, Link, LinkKind};

use crate::Findings;
use crate::support::markdown::Lint;
use crate::support::markdown_math::Math;

/// A tag of HTML.
pub(crate) struct HtmlTag<'a> {
    pub(crate) span: Span,
    /// The name as written, without `/`.
    pub(crate) name: &'a str,
    pub(crate) closes: bool,
}

impl<'a> Lint<'a> {
    /// Links with a text: neither images nor addresses in angle brackets.
    pub(crate) fn texted_links(&self) -> impl Iterator<Item = &'a Link> {
        let math = Math::new(self);
        let links = self.outline().links.iter();
        links.filter(move |link| !link.image && has_text(link) && !math.holds(link.span.start))
    }

    /// The tags of HTML blocks and inside lines, comments left out.
    pub(crate) fn tags(&self) -> Vec<HtmlTag<'a>> {
        let mut tags = Vec::new();
        let math = Math::new(self);
        let html = self.outline().html.iter();
        for html in html.filter(|html| !math.holds(html.span.start)) {
            let mut rest = html.span;
            while let Some(open) = rest.of(self.text).find('<') {
                let start = rest.start as usize + open;
                rest = Span::new(start, html.span.end as usize);
                let tag = html_tag(rest.of(self.text), start)
                    .filter(|tag| !self.outline().is_comment(tag.span.start));
                let next = tag.as_ref().map_or(start + 1, |tag| tag.span.end as usize);
                tags.extend(tag);
                rest = Span::new(next, html.span.end as usize);
            }
        }
        tags
    }
}

/// Whether a link or an image has a text between brackets.
pub(crate) fn has_text(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Inline | LinkKind::Reference)
}

/// The tag that `html` begins with.
fn html_tag(html: &str, start: usize) -> Option<HtmlTag<'_>> {
    let inner = html.strip_prefix('<')?;
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    if !inner.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let mark = |mark: char| mark == '>' || mark == '/' || mark.is_whitespace();
    let name = inner.split(mark).next()?;
    let mut quote = None;
    let end = html.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        quote.is_none() && byte == b'>'
    })?;
    Some(HtmlTag {
        span: Span::new(start, start + end + 1),
        name,
        closes,
    })
}

/// The value of an attribute as written: no quotes, and only up to the next blank.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower.get(from..)?.find(name)?;
        from = at + name.len();
        let apart = tag.get(..at)?.ends_with(char::is_whitespace);
        let rest = tag.get(from..)?.trim_start();
        if let (true, Some(value)) = (apart, rest.strip_prefix('=')) {
            let value = value.trim_start();
            let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
            let end = |mark: char| matches!(mark, '"' | '\'' | '>') || mark.is_whitespace();
            return value.split(end).next();
        }
    }
}

/// Reports blanks that should not be there.
pub(crate) fn report_extra_blanks(
    lint: &Lint<'_>,
    out: &mut Findings,
    (blanks, message): (Span, &str),
    applicability: Applicability,
) {
    if let Some(finding) = lint.report(out, blanks, message) {
        finding.help("Remove the blanks.").fix(Fix {
            title: "Remove the blanks".to_owned(),
            applicability,
            edits: vec![lint.file.edit(blanks, "")],
        });
    }
}

/// Reports emphasis whose markers are not those of the rest.
pub(crate) fn report_markers(lint: &Lint<'_>, out: &mut Findings, strong: bool) {
    let mut style = match lint.word("style", "consistent") {
        "consistent" | "" => None,
        "asterisk" => Some('*'),
        _ => Some('_'),
    };
    let math = Math::new(lint);
    let emphases = lint.outline().emphases.iter();
    let emphases = emphases.filter(|emphasis| emphasis.strong == strong);
    for emphasis in emphases.filter(|emphasis| !math.cuts(emphasis.span)) {
        let Some(actual) = emphasis.span.of(lint.text).chars().next() else {
            continue;
        };
        let wanted = *style.get_or_insert(actual);
        let inside_word = wanted == '_' && is_inside_word(lint, emphasis);
        if actual == wanted || inside_word {
            continue;
        }
        let width = if strong { 2 } else { 1 };
        let (start, end) = (emphasis.span.start as usize, emphasis.span.end as usize);
        let marks = [Span::new(start, start + width), Span::new(end - width, end)];
        let written = wanted.to_string().repeat(width);
        let edit = |mark: &Span| lint.file.edit(*mark, written.clone());
        let edits: Vec<Edit> = marks.iter().map(edit).collect();
        let what = if strong {
            "strong emphasis"
        } else {
            "emphasis"
        };
        for mark in marks {
            let used = mark.of(lint.text);
            let message = format!("{what} is marked with `{used}` where `{written}` is due");
            let Some(finding) = lint.report(out, mark, message) else {
                continue;
            };
            finding.help(format!("Write `{written}`.")).fix(Fix {
                title: format!("Write `{written}`"),
                applicability: applicability(lint, emphasis, wanted),
                edits: edits.clone(),
            });
        }
    }
}

/// Underscores within a word emphasize nothing.
fn is_inside_word(lint: &Lint<'_>, emphasis: &Emphasis) -> bool {
    let word =
        |mark: Option<char>| mark.is_some_and(|mark| mark.is_ascii_alphanumeric() || mark == '_');
    let (before, after) = around(lint, emphasis.span);
    word(before) || word(after)
}

/// Where other markers or letters are near, others may become emphasis.
fn applicability(lint: &Lint<'_>, emphasis: &Emphasis, wanted: char) -> Applicability {
    let (before, after) = around(lint, emphasis.span);
    let touches = |mark: Option<char>| {
        mark.is_some_and(|mark| mark.is_alphanumeric() || matches!(mark, '*' | '_'))
    };
    let holds = emphasis.span.of(lint.text).contains(wanted);
    if holds || touches(before) || touches(after) {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    }
}

/// The characters before and after a span.
pub(crate) fn around(lint: &Lint<'_>, span: Span) -> (Option<char>, Option<char>) {
    let before = lint.text.get(..span.start as usize);
    let after = lint.text.get(span.end as usize..);
    (
        before.and_then(|text| text.chars().next_back()),
        after.and_then(|text| text.chars().next()),
    )
}
