//! No HTML stands in Markdown but the elements that are allowed.

use std::collections::BTreeSet;

use baton_source::Span;
use baton_syntax::markdown::lines::Line;

use crate::support::markdown::Lint;
use crate::support::markdown_headings::is_content;
use crate::support::markdown_html::{Inner, element};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD033") else {
        return;
    };
    let allowed = names(&lint, "allowed_elements");
    let in_tables = match lint.option("table_allowed_elements") {
        Some(_) => names(&lint, "table_allowed_elements"),
        None => allowed.clone(),
    };
    let mut judge = |tag: Span, in_table: bool| {
        let text = tag.of(lint.text);
        let Some((name, false)) = element(text) else {
            return;
        };
        let allowed = if in_table { &in_tables } else { &allowed };
        if allowed.contains(&name.to_lowercase()) {
            return;
        }
        let first = text.split(['\n', '\r']).next().unwrap_or(text).len();
        let start = tag.start as usize;
        let message = format!("HTML, the element `{name}`");
        if let Some(finding) = lint.report(out, Span::new(start, start + first), message) {
            finding.help("Say it in Markdown, or allow the element.");
        }
    };
    for html in &lint.outline().html {
        if !html.block {
            let line = lint.all_lines().at(html.span.start);
            judge(html.span, line.is_some_and(Line::is_table));
        } else if is_content(&lint, html) {
            let inner = Inner::of(&lint, html);
            let tables = &inner.outline.tables;
            for tag in &inner.outline.html {
                let mut around = tables.iter();
                let in_table = around.any(|table| table.span.contains(tag.span.start));
                judge(inner.place(tag.span), in_table);
            }
        }
    }
}

/// The elements an option names, in small letters.
fn names(lint: &Lint<'_>, option: &str) -> BTreeSet<String> {
    let names = lint.words(option).into_iter();
    names.map(str::to_lowercase).collect()
}
