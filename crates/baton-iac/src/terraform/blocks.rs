//! A file with a syntax error: every block that can be read on its own is.

use baton_source::{Span, SyntaxError};

use super::scanner::{TokenKind, tokens};
use super::{Lowering, body, gaps, read};
use crate::model::{Expr, ExprKind, Language, ModuleCall, Resource, Symbol, SymbolKind, Template};

/// After so many errors the others are not told.
const MOST_ERRORS: usize = 100;
/// What blocks begin with: at the beginning of a line, another one cannot be open.
const KEYWORDS: [&str; 12] = [
    "resource",
    "data",
    "module",
    "variable",
    "output",
    "locals",
    "provider",
    "terraform",
    "moved",
    "import",
    "check",
    "removed",
];

/// Reads what can be read; `None` if nothing can.
pub(super) fn recovered(text: &str) -> Option<(Template, Vec<SyntaxError>)> {
    let mut template = Template::empty(Language::Terraform);
    let mut errors = Vec::new();
    let mut is_any_read = false;
    for chunk in chunks(text) {
        let start = chunk.start as usize;
        match read(chunk.of(text)) {
            Ok(found) => {
                let lowering = Lowering {
                    text,
                    offset: start + found.offset,
                    iterators: Vec::new(),
                };
                let lowered = body::template(lowering, &found.body);
                template.gaps.extend(gaps(&found.large, start));
                add(&mut template, lowered);
                is_any_read = true;
            }
            // What is left of the block before.
            Err(_) if !errors.is_empty() && !begins_with_name(chunk.of(text)) => {}
            Err((span, reason)) => {
                let message =
                    format!("cannot be read as Terraform: {reason}; this block was not judged");
                errors.push(SyntaxError::new(span.shifted(start), message));
                declare(&mut template, text, chunk);
            }
        }
    }
    errors.truncate(MOST_ERRORS);
    (is_any_read && !errors.is_empty()).then_some((template, errors))
}

fn begins_with_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn add(template: &mut Template, lowered: Template) {
    template.resources.extend(lowered.resources);
    template.modules.extend(lowered.modules);
    template.symbols.extend(lowered.symbols);
    template.assignments.extend(lowered.assignments);
    template.blocks.extend(lowered.blocks);
}

/// The blocks and attributes of a file, each with the lines it takes.
fn chunks(text: &str) -> Vec<Span> {
    let mut chunks: Vec<Span> = Vec::new();
    let mut depth = 0_usize;
    let mut current: Option<Span> = None;
    for token in tokens(text) {
        let word = token.span.of(text);
        if token.kind == TokenKind::Identifier && begins_block(text, token.span, word) {
            let until = Span::at(token.span.start as usize);
            chunks.extend(current.take().map(|known| known.to(until)));
            depth = 0;
        }
        match (token.kind, word) {
            (TokenKind::Newline | TokenKind::LineComment, _) if depth == 0 => {
                // With its line ending: without one, other things are wrong.
                chunks.extend(current.take().map(|known| known.to(token.span)));
                continue;
            }
            (TokenKind::Newline | TokenKind::LineComment | TokenKind::BlockComment, _) => continue,
            (TokenKind::Punctuation, "{" | "[" | "(") | (TokenKind::OpenTemplate, _) => depth += 1,
            (TokenKind::Punctuation, "}" | "]" | ")") | (TokenKind::CloseTemplate, _) => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        current = Some(current.map_or(token.span, |known| known.to(token.span)));
    }
    chunks.extend(current);
    chunks
}

/// Whether a word is at the beginning of a line, and the keyword of a block.
fn begins_block(text: &str, span: Span, word: &str) -> bool {
    let before = text.get(..span.start as usize).unwrap_or("");
    let behind = text.get(span.end as usize..).unwrap_or("");
    let is_first = before.is_empty() || before.ends_with('\n');
    is_first && KEYWORDS.contains(&word) && behind.trim_start_matches(' ').starts_with(['"', '{'])
}

/// Declares what a block that cannot be read would: what refers to it is not wrong.
fn declare(template: &mut Template, text: &str, chunk: Span) {
    let line = chunk.of(text).lines().next().unwrap_or("");
    let start = chunk.start as usize;
    let span = Span::new(start, start + line.trim_end().len());
    let mut words = line.split('"');
    let keyword = words.next().unwrap_or("").trim();
    let labels: Vec<&str> = words.step_by(2).collect();
    let unknown = Expr::new(span, ExprKind::Unknown);
    match (keyword, labels.as_slice()) {
        ("resource" | "data", &[kind, name, ..]) => {
            let existing = keyword == "data";
            let prefix = if existing { "data." } else { "" };
            template.resources.push(Resource {
                kind: kind.to_owned(),
                kind_span: span,
                version: None,
                name: name.to_owned(),
                address: format!("{prefix}{kind}.{name}"),
                span,
                existing,
                condition: None,
                looped: true,
                loops: Vec::new(),
                body: unknown,
                parent: None,
            });
        }
        ("module", &[name, ..]) => template.modules.push(ModuleCall {
            name: name.to_owned(),
            address: format!("module.{name}"),
            source: String::new(),
            source_span: span,
            version: None,
            span,
            condition: None,
            loops: Vec::new(),
            arguments: unknown,
        }),
        ("variable", &[name, ..]) => {
            template
                .symbols
                .push(symbol(span, name, (SymbolKind::Parameter, "var")));
        }
        ("output", &[name, ..]) => {
            template
                .symbols
                .push(symbol(span, name, (SymbolKind::Output, "output")));
        }
        _ => {}
    }
}

fn symbol(span: Span, name: &str, (kind, prefix): (SymbolKind, &str)) -> Symbol {
    Symbol {
        kind,
        name: name.to_owned(),
        address: format!("{prefix}.{name}"),
        name_span: span,
        span,
        value: None,
        secure: false,
        type_name: None,
        shape: None,
        description: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn check(text: &str, read: &[&str], wrong: &[&str]) {
        let (template, errors) = parse(text);
        let resources = template.resources.iter().map(|one| one.address.as_str());
        let symbols = template.symbols.iter().map(|one| one.address.as_str());
        let names: Vec<&str> = resources.chain(symbols).collect();
        assert_eq!(names, read, "{text}");
        let errors: Vec<&str> = errors.iter().map(|error| error.span.of(text)).collect();
        assert_eq!(errors, wrong, "{text}");
        for resource in &template.resources {
            assert!(resource.span.of(text).contains(&resource.name), "{text}");
        }
    }

    #[test]
    fn blocks_that_can_be_read_are() {
        check(
            "variable \"a\" {}\nresource \"x\" \"b\" {\n  c = = 1\n}\nresource \"x\" \"d\" {\n  e = 1 # f\n}\n",
            &["x.b", "x.d", "var.a"],
            &["="],
        );
        check(
            "resource \"x\" \"b\" {\n  c = {\n}\n\nresource \"x\" \"d\" {\n}\nvariable \"e\" {\n",
            &["x.b", "x.d", "var.e"],
            &["{", "{"],
        );
        check(
            "output \"a\" {\n  value = \"x\n}\nvariable \"b\" {}\n",
            &["output.a", "var.b"],
            &["\""],
        );
        check("a = 1 # b\nc = \n", &[], &["\n"]);
        check("a = \n", &[], &["\n"]);
    }

    #[test]
    fn words_inside_blocks_begin_none() {
        check(
            "module \"a\" {\ndata = {\n  b = 1\n}\nimport = \"x\"\n}\nvariable \"b\" {\n x x\n}\n",
            &["var.b"],
            &["\n"],
        );
    }
}
