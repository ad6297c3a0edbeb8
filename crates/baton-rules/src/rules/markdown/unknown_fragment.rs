//! Every fragment a link names exists in the file.

use std::collections::BTreeMap;

use baton_source::{Applicability, Fix, Span};
use baton_syntax::markdown::LinkKind;
use regex::Regex;

use crate::support::markdown::Lint;
use crate::support::markdown_fragments::{encoded, fragments};
use crate::support::markdown_references::repeated;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// A link or a definition, and the fragment it names.
struct Use {
    span: Span,
    destination: Span,
    fragment: String,
}

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD051") else {
        return;
    };
    let uses = uses(&lint);
    if uses.is_empty() {
        return;
    }
    let ignored = Some(lint.word("ignored_pattern", "")).filter(|pattern| !pattern.is_empty());
    let ignored = ignored.and_then(|pattern| Regex::new(pattern).ok());
    let any_case = lint.flag("ignore_case", false);
    let known = fragments(&lint);
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for fragment in known.keys() {
        folded.entry(fragment.to_lowercase()).or_insert(fragment);
    }
    for one in uses {
        let name = one.fragment.get(1..).unwrap_or("");
        let address = format!("#{}", encoded(name));
        let left_out = ignored
            .as_ref()
            .is_some_and(|ignored| ignored.is_match(name));
        if known.contains_key(&address) || is_line(&address) || left_out {
            continue;
        }
        let near = folded.get(&one.fragment.to_lowercase());
        if near.is_some_and(|near| any_case || *near == one.fragment) {
            continue;
        }
        let message = format!("`{}` is no heading or anchor of this file", one.fragment);
        let Some(finding) = lint.report(out, one.span, message) else {
            continue;
        };
        let Some(near) = near else {
            finding
                .help("Name a heading as its anchor is written: lower case, hyphens for blanks.");
            continue;
        };
        finding.help(format!("Write `{near}`.")).fix(Fix {
            title: format!("Write `{near}`"),
            applicability: Applicability::Safe,
            edits: vec![file.edit(one.destination, *near)],
        });
    }
}

/// The fragments that links and definitions name.
fn uses(lint: &Lint<'_>) -> Vec<Use> {
    let outline = lint.outline();
    let links = lint.texted_links();
    let links = links
        .filter(|link| link.kind == LinkKind::Inline)
        .map(|link| (link.span, link.destination_span));
    let definitions = outline.definitions.iter();
    let definitions = definitions.map(|one| (one.span, one.destination_span));
    let again = repeated(lint).into_iter().filter_map(|(span, _)| {
        let source = span.of(lint.text);
        let (_, rest) = source.split_once("]:")?;
        let destination = rest.split_whitespace().next()?;
        let blanks = rest.len() - rest.trim_start().len();
        let start = span.start as usize + source.len() - rest.len() + blanks;
        Some((span, Span::new(start, start + destination.len())))
    });
    let tabs = |span: Span, destination: &str| {
        let mut headings = outline.headings.iter();
        destination.starts_with("#tab/") && headings.any(|heading| heading.text_span == span)
    };
    let all = links.chain(definitions).chain(again);
    let all = all.filter_map(|(span, destination)| {
        let written = destination.of(lint.text);
        let named = written.len() > 1 && written.starts_with('#') && !tabs(span, written);
        named.then(|| Use {
            span,
            destination,
            fragment: unescaped(written),
        })
    });
    all.collect()
}

/// A destination without backslashes before punctuation.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut marks = text.chars().peekable();
    while let Some(mark) = marks.next() {
        let escapes = mark == '\\' && marks.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            plain.push(mark);
        } else if let Some(next) = marks.next() {
            plain.push(next);
        }
    }
    plain
}

/// Whether a fragment names lines of code, such as `#L4` or `#L4-L7`.
fn is_line(fragment: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let place = |text: &str, columns: bool| {
        let Some(text) = text.strip_prefix('L') else {
            return false;
        };
        match text.split_once('C').filter(|_| columns) {
            Some((line, column)) => number(line) && number(column),
            None => number(text),
        }
    };
    let text = fragment.strip_prefix('#').unwrap_or(fragment);
    match text.split_once('-') {
        Some((from, to)) => place(from, true) && place(to, true),
        None => place(text, false),
    }
}
