//! Keys of a mapping stand in the order of their letters.

use baton_syntax::yaml::tokens::TokenKind;
use regex::Regex;

use crate::support::yaml::Lint;
use crate::support::yaml_values::decoded;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// The keys read so far of a mapping that is open; none for a list.
type Keys = Option<String>;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "key-ordering") else {
        return;
    };
    let ignored = lint.words("ignored-keys").unwrap_or_default();
    let ignored = ignored.iter().filter_map(|one| Regex::new(one).ok());
    let ignored: Vec<Regex> = ignored.collect();
    let mut open: Vec<Keys> = Vec::new();
    for (number, token) in lint.tokens().iter().enumerate() {
        match token.kind {
            TokenKind::MappingStart
            | TokenKind::FlowMappingStart
            | TokenKind::SequenceStart
            | TokenKind::FlowSequenceStart => open.push(None),
            TokenKind::BlockEnd | TokenKind::FlowMappingEnd | TokenKind::FlowSequenceEnd => {
                open.pop();
            }
            TokenKind::Key => {}
            _ => continue,
        }
        let next = lint.tokens().get(number + 1);
        let next = next.filter(|next| token.kind == TokenKind::Key && next.kind.is_scalar());
        let (Some(key), Some(last)) = (next, open.last_mut()) else {
            continue;
        };
        let name = decoded(lint.text_of(key), key.kind);
        if ignored.iter().any(|one| one.is_match(&name)) {
            continue;
        }
        if last.as_ref().is_none_or(|last| *last <= name) {
            *last = Some(name);
            continue;
        }
        let message = format!("the key `{name}` belongs further up");
        if let Some(finding) = lint.report(out, key.span, message) {
            finding.help("Sort the keys; the option `ignored-keys` leaves some out.");
        }
    }
}
