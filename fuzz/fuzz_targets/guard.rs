//! The guard: any text is judged in every shell, and what surrounds a forbidden command in a
//! list of commands never makes it pass.
#![no_main]

use baton_guard::{Decision, Policy, Shell, judge_command};
use baton_syntax::shell;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let policy = Policy::default();
    for language in [Shell::Posix, Shell::PowerShell, Shell::Cmd] {
        let _ = judge_command(text, language, &policy);
    }
    // A text that is whole by itself changes nothing of what follows it, unless it gives the
    // words of what follows another meaning, or takes them for a here-document.
    let (script, errors) = shell::parse(text);
    let taken = ["rm", "alias", "return", "exit", "exec", "<<"];
    let is_whole = errors.is_empty() && script.comments.is_empty() && !text.ends_with('\\');
    if is_whole && !taken.iter().any(|word| text.contains(word)) {
        let verdict = judge_command(&format!("{text}\nrm -rf /\n"), Shell::Posix, &policy);
        assert_ne!(verdict.decision, Decision::Allow);
    }
});
