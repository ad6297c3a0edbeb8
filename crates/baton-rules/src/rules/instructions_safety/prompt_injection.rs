//! No instruction tells agents to leave their instructions, or to send secrets away.

use baton_source::Span;

use crate::support::agent_text::{
    hidden_parts, is_forbidden, is_prose, is_quoted, tells_of_attacks,
};
use crate::support::injections::{Wish, wish};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let text = file.text();
    let mut from = 0;
    while let Some((wish, found)) = wish(Span::new(from, text.len()).of(text), false) {
        let at = found.shifted(from);
        from = at.end as usize;
        let start = at.start;
        let told =
            is_quoted(text, start) || is_forbidden(text, start) || tells_of_attacks(file, at);
        if told || !is_prose(file, start) {
            continue;
        }
        if hidden_parts(file).iter().any(|part| part.contains(start)) {
            continue;
        }
        let message = match wish {
            Wish::Send => "this tells agents to send secrets away",
            Wish::Disobey | Wish::Conceal => {
                "this tells agents to leave the instructions they have"
            }
        };
        out.report(file.at(&at), message)
            .help("Remove it; put what describes an attack in quotation marks or in code.");
    }
}
