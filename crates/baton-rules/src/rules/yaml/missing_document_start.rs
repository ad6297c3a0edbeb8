//! A document begins with `---`, or none does, as configured.

use baton_syntax::yaml::tokens::{Token, TokenKind};

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "document-start") else {
        return;
    };
    let wanted = lint.flag("present", true);
    let mut open = false;
    for token in lint.tokens() {
        match token.kind {
            TokenKind::Directive => {}
            TokenKind::DocumentEnd => open = false,
            TokenKind::DocumentStart => {
                open = true;
                if !wanted {
                    report(&lint, token, "the configuration allows no `---` here", out);
                }
            }
            _ => {
                if wanted && !open {
                    report(&lint, token, "this document begins without `---`", out);
                }
                open = true;
            }
        }
    }
}

fn report(lint: &Lint<'_>, token: &Token, message: &str, out: &mut Findings) {
    if let Some(finding) = lint.report(out, token.span, message) {
        finding.help("Write what the configuration demands of every document.");
    }
}
