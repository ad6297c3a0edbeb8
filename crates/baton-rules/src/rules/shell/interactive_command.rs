//! `mv`, `cp` and `rm` do not ask before they act.

use baton_syntax::shell::Word;

use crate::support::shell::{blocks, runs};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for run in blocks(ctx, file).iter().flat_map(runs) {
        let program = run.program().unwrap_or_default();
        if !matches!(program.as_str(), "mv" | "cp" | "rm") || run.is_answered() {
            continue;
        }
        let Some(option) = asking(run.words) else {
            continue;
        };
        let written = option.span.of(file.text());
        let message = format!("`{program} {written}` waits for an answer that nobody gives");
        out.report(file.at(option), message)
            .help("Leave the option out, write `-f`, or let a file tool do it.");
    }
}

/// The option that makes a command ask, unless a later one takes it back.
fn asking(words: &[Word]) -> Option<&Word> {
    let mut asking = None;
    for word in words.iter().skip(1) {
        let text = word.static_text().unwrap_or_default();
        if text == "--" {
            break;
        }
        if let Some(long) = text.strip_prefix("--") {
            match long {
                "interactive" | "interactive=always" => asking = Some(word),
                "force" | "no-clobber" | "interactive=never" => asking = None,
                _ => {}
            }
            continue;
        }
        let flags = text.strip_prefix('-').unwrap_or("");
        if let Some(last) = flags.rfind(['i', 'f', 'n']) {
            asking = flags
                .get(last..)
                .is_some_and(|rest| rest.starts_with('i'))
                .then_some(word);
        }
    }
    asking
}
