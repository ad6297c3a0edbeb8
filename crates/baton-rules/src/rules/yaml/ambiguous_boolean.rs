//! No value is written so that some read it as true or false and others as text.

use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::{Lint, is_bare};
use crate::support::yaml_values::is_truthy;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "truthy") else {
        return;
    };
    let allowed = lint.words("allowed-values");
    let allowed = allowed.unwrap_or_else(|| vec!["true", "false"]);
    let keys = lint.flag("check-keys", true);
    let mut is_new = false;
    for (number, token) in lint.tokens().iter().enumerate() {
        match token.kind {
            TokenKind::Directive => {
                is_new = lint.text_of(token).split_whitespace().eq(["%YAML", "1.2"]);
            }
            TokenKind::DocumentEnd => is_new = false,
            _ => {}
        }
        if !is_bare(lint.tokens(), number) {
            continue;
        }
        let before = number.checked_sub(1);
        let before = before.and_then(|before| lint.tokens().get(before));
        let is_key = before.is_some_and(|before| before.kind == TokenKind::Key);
        let text = lint.text_of(token);
        if (is_key && !keys) || !is_truthy(text, is_new) || allowed.contains(&text) {
            continue;
        }
        let message = format!("some read `{text}` as true or false, some as text");
        if let Some(finding) = lint.report(out, token.span, message) {
            finding.help(format!(
                "Write one of {}, or put it in quotes.",
                allowed
                    .iter()
                    .map(|one| format!("`{one}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ));
        }
    }
}
