//! No paragraph is emphasised as a whole in place of a heading.

use baton_source::{Span, Spanned};
use baton_syntax::markdown::{Emphasis, Markdown, within};

use crate::support::markdown::Lint;
use crate::support::markdown_addresses::holds_address;
use crate::support::markdown_containers::{Containers, directives};
use crate::support::markdown_headings::is_content;
use crate::support::markdown_html::{Inner, is_joiner};
use crate::support::markdown_names::is_directive;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Marks that end a sentence, in the width of either script.
const MARKS: &str = ".,;:!?。，；：！？";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD036") else {
        return;
    };
    let marks = lint.word("punctuation", MARKS);
    let outline = lint.outline();
    let directives = directives(&lint);
    let held = |span: Span| directives.iter().any(|one| one.contains(span.start));
    let mut containers = Containers::new(&lint);
    for paragraph in &outline.paragraphs {
        let Some(emphasis) = alone((lint.text, outline), *paragraph, marks) else {
            continue;
        };
        containers.indentation(paragraph);
        if !containers.is_inside() && !held(emphasis) {
            report(&lint, out, emphasis);
        }
    }
    let mut containers = Containers::new(&lint);
    for html in outline.html.iter().filter(|html| is_content(&lint, html)) {
        containers.indentation(html);
        if containers.is_inside()
            || held(html.span)
            || !html.span.of(lint.text).contains(['*', '_'])
        {
            continue;
        }
        let inner = Inner::of(&lint, html);
        for paragraph in &inner.outline.paragraphs {
            let found = alone((&inner.text, &inner.outline), *paragraph, marks);
            let Some(emphasis) = found.filter(|_| !is_held(&inner.outline, *paragraph)) else {
                continue;
            };
            report(&lint, out, inner.place(emphasis));
        }
    }
}

fn report(lint: &Lint<'_>, out: &mut Findings, emphasis: Span) {
    let message = "this paragraph is emphasised as if it were a heading";
    if let Some(finding) = lint.report(out, emphasis, message) {
        finding.help("Make it a heading, or end the sentence with a mark.");
    }
}

/// Whether a list item or a quote holds a paragraph.
fn is_held(outline: &Markdown, paragraph: Span) -> bool {
    let mut items = outline.items.iter().map(Spanned::span);
    let mut quotes = outline.quotes.iter().copied();
    let holds = |one: Span| one.contains(paragraph.start);
    items.any(holds) || quotes.any(holds)
}

/// The emphasis that is all of a paragraph of one line, tags of HTML aside.
fn alone((text, outline): (&str, &Markdown), paragraph: Span, marks: &str) -> Option<Span> {
    let emphasis = within(&outline.emphases, paragraph).first()?;
    let source = paragraph.of(text);
    if source.contains('\n') || source.ends_with([' ', '\t']) {
        return None;
    }
    let tags = within(&outline.html, paragraph).iter().map(Spanned::span);
    let mut covers: Vec<Span> = tags.chain([emphasis.span]).collect();
    covers.sort_unstable();
    let mut from = paragraph.start;
    for cover in covers.iter().chain([&Span::at(paragraph.end as usize)]) {
        let between = Span {
            start: from,
            end: cover.start.max(from),
        };
        let mut rest = between.of(text).chars();
        if rest.any(|mark| !mark.is_whitespace() && !is_joiner(mark)) {
            return None;
        }
        from = from.max(cover.end);
    }
    let inner = inside(emphasis);
    let said = inner.of(text);
    let plain = is_plain((text, outline), inner) && !said.ends_with(|mark| marks.contains(mark));
    plain.then_some(emphasis.span)
}

/// What stands between the markers.
fn inside(emphasis: &Emphasis) -> Span {
    let width = if emphasis.strong { 2 } else { 1 };
    let (start, end) = (emphasis.span.start + width, emphasis.span.end);
    Span {
        start,
        end: end.saturating_sub(width).max(start),
    }
}

/// Whether a text is nothing but words.
fn is_plain((text, outline): (&str, &Markdown), span: Span) -> bool {
    let none = |found: usize| found == 0;
    let source = span.of(text);
    none(within(&outline.emphases, span).len())
        && none(within(&outline.codes, span).len())
        && none(within(&outline.html, span).len())
        && none(within(&outline.links, span).len())
        && !holds_address(source)
        && source.matches('$').count() < 2
        && !has_code(source)
}

/// Whether a bracket, an escape, an entity or a directive such as `:name` stands in a text.
fn has_code(text: &str) -> bool {
    let mut before = None;
    let mut marks = text.char_indices().peekable();
    while let Some((at, mark)) = marks.next() {
        let next = marks.peek().map(|(_, next)| *next);
        let found = match mark {
            // An open bracket counts as something of its own.
            '[' => true,
            '\\' => next.is_some_and(|next| next.is_ascii_punctuation()),
            ':' => before != Some(':') && is_directive(text.get(at + 1..).unwrap_or("")),
            '&' => {
                let name = text.get(at + 1..).unwrap_or("");
                let end = name.find(|mark: char| !mark.is_ascii_alphanumeric() && mark != '#');
                end.is_some_and(|end| {
                    end > 0 && name.get(end..).is_some_and(|rest| rest.starts_with(';'))
                })
            }
            _ => false,
        };
        if found {
            return true;
        }
        before = Some(mark);
    }
    false
}
