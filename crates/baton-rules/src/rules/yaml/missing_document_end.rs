//! A document ends with `...`, or none does, as configured.

use baton_source::Span;
use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "document-end") else {
        return;
    };
    let wanted = lint.flag("present", true);
    let mut last = None;
    for token in lint.tokens() {
        let ended = matches!(
            last,
            None | Some(TokenKind::DocumentEnd | TokenKind::Directive)
        );
        if token.kind == TokenKind::DocumentStart && wanted && !ended {
            report(
                &lint,
                token.span,
                "the document before this one ends without `...`",
                out,
            );
        }
        if token.kind == TokenKind::DocumentEnd && !wanted {
            report(
                &lint,
                token.span,
                "the configuration allows no `...` here",
                out,
            );
        }
        last = Some(token.kind);
    }
    let is_whole = file.yaml_tokens().stopped.is_none();
    if wanted && is_whole && last.is_some_and(|last| last != TokenKind::DocumentEnd) {
        let lines = lint.text.matches('\n').count().max(1);
        let end = file.lines().start_of(lines - 1).unwrap_or(0) as usize;
        report(
            &lint,
            Span::at(end),
            "the last document ends without `...`",
            out,
        );
    }
}

fn report(lint: &Lint<'_>, span: Span, message: &str, out: &mut Findings) {
    if let Some(finding) = lint.report(out, span, message) {
        finding.help("Write what the configuration demands of every document.");
    }
}
