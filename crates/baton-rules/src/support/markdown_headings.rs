//! What rules of markdownlint about headings share.

use std::borrow::Cow;

use baton_source::{Applicability, Fix, Span, Spanned};
use baton_syntax::markdown::{Heading, Html, LinkKind, within};
use baton_syntax::node::Value;
use regex::RegexBuilder;

use crate::support::markdown::{Lint, closing_hashes, container_prefix};

/// The headings of a file.
pub(crate) fn headings<'a>(lint: &Lint<'a>) -> impl Iterator<Item = &'a Heading> {
    lint.outline().headings.iter()
}

/// How a heading is written, in the words of the option `style`.
pub(crate) fn style(lint: &Lint<'_>, heading: &Heading) -> &'static str {
    match heading.atx {
        false => "setext",
        true if closing_hashes(lint, heading).is_some() => "atx_closed",
        true => "atx",
    }
}

/// The text of a heading as written, but for tags of HTML; its lines are joined.
pub(crate) fn text<'a>(lint: &Lint<'a>, heading: &'a Heading) -> Cow<'a, str> {
    let tags = within(&lint.outline().html, heading.text_span);
    if tags.is_empty() && !heading.raw.contains(['\n', '\r']) {
        return Cow::Borrowed(&heading.raw);
    }
    let mut kept = String::new();
    let mut from = heading.text_span.start;
    for tag in tags {
        kept.push_str(part(from, tag.span.start).of(lint.text));
        from = tag.span.end;
    }
    kept.push_str(part(from, heading.text_span.end).of(lint.text));
    Cow::Owned(kept.replace("\r\n", " ").replace(['\n', '\r'], " "))
}

/// The level the option `level` names; the first without it.
pub(crate) fn title_level(lint: &Lint<'_>) -> usize {
    match lint.number("level", 1) {
        0 => 1,
        level => level,
    }
}

/// Whether the front matter gives the document a title, as `front_matter_title` understands it.
pub(crate) fn front_matter_has_title(lint: &Lint<'_>) -> bool {
    let front = part(0, lint.body().start).of(lint.text);
    let Some(option) = lint.option("front_matter_title") else {
        return front.lines().any(is_title);
    };
    let pattern = match &option.value {
        Value::String(pattern) => pattern.as_str(),
        Value::Null | Value::Bool(false) => "",
        _ => return front.lines().any(is_title),
    };
    if pattern.is_empty() {
        return false;
    }
    let found = RegexBuilder::new(pattern).case_insensitive(true).build();
    found.is_ok_and(|found| front.lines().any(|line| found.is_match(line)))
}

/// Whether a line reads `title:` or `title =`, the word in quotes or not.
fn is_title(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix('"').unwrap_or(line);
    let (Some(word), Some(rest)) = (line.get(..5), line.get(5..)) else {
        return false;
    };
    let rest = rest.strip_prefix('"').unwrap_or(rest).trim_start();
    word.eq_ignore_ascii_case("title") && rest.starts_with([':', '='])
}

/// Where the first block begins that is no comment; what is in containers does not come first.
pub(crate) fn first_content(lint: &Lint<'_>) -> Option<u32> {
    let outline = lint.outline();
    let html = outline.html.iter().find(|html| is_content(lint, html));
    let firsts = [
        first(&outline.headings),
        first(&outline.paragraphs),
        first(&outline.fences),
        first(&outline.tables),
        first(&outline.items),
        first(&outline.quotes),
        first(&outline.breaks),
        first(&outline.definitions),
        first(&outline.footnotes),
        html.map(|html| html.span.start),
    ];
    firsts.into_iter().flatten().min()
}

/// Whether a block of HTML is more than a comment.
pub(crate) fn is_content(lint: &Lint<'_>, html: &Html) -> bool {
    let text = html.span.of(lint.text);
    html.block && !(text.starts_with("<!--") && text.ends_with("-->"))
}

/// Whether a heading is nothing but a link to a tab of Docfx.
pub(crate) fn is_tab(lint: &Lint<'_>, heading: &Heading) -> bool {
    let links = within(&lint.outline().links, heading.text_span);
    let whole = links.first().filter(|link| link.span == heading.text_span);
    heading.atx
        && whole.is_some_and(|link| {
            link.kind == LinkKind::Inline && link.destination.starts_with("#tab/")
        })
}

/// How to put `count` blank lines at an offset where a line begins, in the quotes the line
/// `beside` stands in.
pub(crate) fn blank_lines(lint: &Lint<'_>, beside: &str, at: u32, count: usize) -> Fix {
    let prefix = container_prefix(beside);
    let quotes: String = prefix
        .chars()
        .map(|mark| if mark == '>' { '>' } else { ' ' })
        .collect();
    let line = format!("{}{}", quotes.trim(), lint.file.line_ending());
    Fix {
        title: if count == 1 {
            "Add a blank line".to_owned()
        } else {
            "Add blank lines".to_owned()
        },
        applicability: Applicability::Safe,
        edits: vec![lint.file.edit(Span::at(at as usize), line.repeat(count))],
    }
}

fn first<T: Spanned>(sorted: &[T]) -> Option<u32> {
    sorted.first().map(|one| one.span().start)
}

fn part(start: u32, end: u32) -> Span {
    Span {
        start,
        end: end.max(start),
    }
}
