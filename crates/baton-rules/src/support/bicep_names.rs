//! What can stand as a name in Bicep.

use baton_iac::bicep::{TokenKind, lex};

/// Whether a text can stand as a name without quotes.
pub(crate) fn is_name(text: &str) -> bool {
    matches!(lex(text).as_slice(), [only] if only.kind == TokenKind::Identifier)
}
