//! A document begins with its title.

use baton_source::{Span, Spanned};
use baton_syntax::markdown::Html;

use crate::support::markdown::Lint;
use crate::support::markdown_containers::Containers;
use crate::support::markdown_headings::{
    first_content, front_matter_has_title, is_content, title_level,
};
use crate::support::markdown_html::{Inner, element};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD041") else {
        return;
    };
    let Some(first) = first_content(&lint) else {
        return;
    };
    if front_matter_has_title(&lint) {
        return;
    }
    let level = title_level(&lint);
    let title = first_title(&lint);
    let preamble = lint.flag("allow_preamble", false);
    let (at, message) = match title {
        Some((span, own)) if preamble || span.start == first => {
            if own == level {
                return;
            }
            let message = format!("the first heading is of level {own}, not {level}");
            (span, message)
        }
        _ if preamble => return,
        _ => {
            let message = "this document does not begin with its title".to_owned();
            (Span::at(first as usize), message)
        }
    };
    let line = lint.all_lines().at(at.start).map_or(at, |line| Span {
        start: at.start,
        end: line.span.end,
    });
    if let Some(finding) = lint.report(out, line, message) {
        let hashes = "#".repeat(level);
        finding.help(format!("Begin with `{hashes}` and the title."));
    }
}

/// The first heading outside containers, in Markdown or in HTML, and its level.
fn first_title(lint: &Lint<'_>) -> Option<(Span, usize)> {
    let outline = lint.outline();
    let heading = outline.headings.iter().find(|heading| heading.top_level);
    let heading = heading.map(|heading| (heading.span, usize::from(heading.level)));
    let mut containers = Containers::new(lint);
    for html in outline.html.iter().filter(|html| is_content(lint, html)) {
        if heading.is_some_and(|(span, _)| span.start < html.span.start) {
            break;
        }
        containers.indentation(html);
        if containers.is_inside() {
            continue;
        }
        if let Some(level) = html_level(lint, html) {
            return Some((html.span(), level));
        }
    }
    heading
}

/// The level of the heading that a block of HTML begins with.
fn html_level(lint: &Lint<'_>, html: &Html) -> Option<usize> {
    let inner = Inner::of(lint, html);
    let tag = inner.outline.html.first()?;
    let (name, _) = element(tag.span.of(&inner.text))?;
    let level = name.strip_prefix(['h', 'H'])?.parse().ok()?;
    (name.len() == 2 && (1..=6).contains(&level)).then_some(level)
}
