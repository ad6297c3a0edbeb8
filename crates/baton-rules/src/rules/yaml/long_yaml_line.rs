//! No line is longer than configured.

use baton_source::Span;
use baton_syntax::yaml::tokens::{TokenKind, tokens};

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "line-length") else {
        return;
    };
    let most = usize::try_from(lint.number("max", 80)).unwrap_or(0);
    let inline = lint.flag("allow-non-breakable-inline-mappings", false);
    let words = inline || lint.flag("allow-non-breakable-words", true);
    for span in lint.lines() {
        let line = span.of(lint.text);
        if line.len() <= most {
            continue;
        }
        let length = line.chars().count();
        let allowed = (words && is_one_word(line)) || (inline && is_inline_mapping(line));
        if length <= most || allowed {
            continue;
        }
        let message = format!("this line has {length} characters, {most} are allowed");
        let surplus = line.char_indices().nth(most).map_or(0, |(at, _)| at);
        let surplus = Span::new(span.start as usize + surplus, span.end as usize);
        if let Some(finding) = lint.report(out, surplus, message) {
            finding.help("Break the line, or fold the text with `>-`.");
        }
    }
}

/// Whether nothing but a mark stands before a word that cannot be broken.
fn is_one_word(line: &str) -> bool {
    let text = line.trim_start_matches(' ');
    let words = text.trim_start_matches('#');
    let marked = if words.len() < text.len() {
        words.get(1..)
    } else if text.starts_with('-') {
        text.get(2..)
    } else {
        Some(text)
    };
    !text.is_empty() && marked.is_none_or(|rest| !rest.contains(' '))
}

/// Whether the line is a key with a word that cannot be broken.
fn is_inline_mapping(line: &str) -> bool {
    let read = tokens(line).tokens;
    let mut rest = read.iter();
    let mapping = rest
        .by_ref()
        .find(|token| token.kind == TokenKind::MappingStart);
    if mapping.is_none() {
        return false;
    }
    while rest.by_ref().any(|token| token.kind == TokenKind::Value) {
        if let Some(value) = rest.next().filter(|value| value.kind.is_scalar()) {
            let value = line.get(value.span.start as usize..);
            return value.is_some_and(|value| !value.contains(' '));
        }
    }
    false
}
