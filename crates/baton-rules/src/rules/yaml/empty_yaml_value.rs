//! Nothing is left empty that will be `null`.

use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "empty-values") else {
        return;
    };
    let flag = |name| lint.flag(name, true);
    let in_blocks = flag("forbid-in-block-mappings");
    let in_flows = flag("forbid-in-flow-mappings");
    let in_lists = flag("forbid-in-block-sequences");
    for pair in lint.tokens().windows(2) {
        let [token, next] = pair else { continue };
        use TokenKind::{BlockEnd, Comma, Entry, FlowMappingEnd, Key, Value};
        let what = match (token.kind, next.kind) {
            (Value, Key | BlockEnd) if in_blocks => "this key has no value",
            (Value, Comma | FlowMappingEnd) if in_flows => "this key has no value",
            (Entry, Entry | Key | BlockEnd) if in_lists => "this list item is empty",
            _ => continue,
        };
        if let Some(finding) = lint.report(out, token.span, what) {
            finding.help("Write `null` when nothing is meant.");
        }
    }
}
