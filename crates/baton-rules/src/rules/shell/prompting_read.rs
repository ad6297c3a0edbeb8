//! `read` does not ask with a prompt.

use baton_syntax::shell::Word;

use crate::support::shell::{blocks, runs};
use crate::{Check, Ctx, File, Findings};

/// Options of `read` that take a value.
const VALUES: &str = "adinNptu";

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for run in blocks(ctx, file).iter().flat_map(runs) {
        if run.name().as_deref() != Some("read") || run.is_answered() {
            continue;
        }
        let Some(option) = prompt(run.words) else {
            continue;
        };
        let written = option.span.of(file.text());
        let message = format!("`read {written}` waits for an answer that nobody gives");
        out.report(file.at(option), message).help(
            "Ask with the tool the agent has for questions, or take the value as a parameter.",
        );
    }
}

/// The option that gives `read` a prompt.
fn prompt(words: &[Word]) -> Option<&Word> {
    let mut words = words.iter().skip(1);
    while let Some(word) = words.next() {
        let text = word.known_text();
        if text == "--prompt" || text.starts_with("--prompt=") {
            return Some(word);
        }
        let flags = text.strip_prefix('-').filter(|flags| *flags != "-")?;
        if let Some(at) = flags.find(|flag| VALUES.contains(flag)) {
            let value = flags.get(at..).unwrap_or("");
            if value.starts_with('p') {
                return Some(word);
            }
            if value.len() == 1 {
                words.next();
            }
        }
    }
    None
}
