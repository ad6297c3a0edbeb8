//! Any text is judged, and what is forbidden stays forbidden however it is written.

use baton_guard::{Decision, Policy, Shell, ToolCall, ToolClass, judge, judge_command};
use proptest::prelude::*;
use serde_json::json;

/// Commands that must not pass, as words.
const FORBIDDEN: [&[&str]; 8] = [
    &["rm", "-rf", "/"],
    &["rm", "-r", "-f", "~"],
    &["git", "push", "--force", "origin", "main"],
    &["git", "reset", "--hard"],
    &["git", "commit", "--no-verify", "-m", "x"],
    &["terraform", "destroy"],
    &["az", "group", "delete", "-n", "x"],
    &["chmod", "-R", "777", "x"],
];

/// A word in one of the ways that mean the same to a shell. A tilde keeps its meaning only
/// where it is not quoted.
fn written(word: &str, way: u8) -> String {
    let plain = word.starts_with('~');
    match way % 5 {
        _ if plain => word.to_owned(),
        0 => word.to_owned(),
        1 => format!("'{word}'"),
        2 => format!("\"{word}\""),
        3 => word.chars().flat_map(|sign| ['\\', sign]).collect(),
        _ => {
            let octal = |byte: u8| {
                let digit = |shift: u32| char::from(b'0' + (byte >> shift & 7));
                ['\\', digit(6), digit(3), digit(0)]
            };
            let signs: String = word.bytes().flat_map(octal).collect();
            format!("$'{signs}'")
        }
    }
}

/// A command inside of another that runs it.
fn wrapped(command: &str, way: u8) -> String {
    let quoted = command.replace('\'', "'\\''");
    match way % 12 {
        0 => format!("sudo {command}"),
        1 => format!("env A=1 {command}"),
        2 => format!("timeout 5 {command}"),
        3 => format!("nice -n 5 {command}"),
        4 => format!("bash -c '{quoted}'"),
        5 => format!("eval '{quoted}'"),
        6 => format!("true && {command}"),
        7 => format!("if true; then {command}; fi"),
        8 => format!("echo $( {command} )"),
        9 => format!("( {command} )"),
        10 => format!("f() {{ {command}; }}; f"),
        _ => format!("bash <<'END'\n{command}\nEND\n"),
    }
}

proptest! {
    #[test]
    fn any_text_is_judged(text in "[-a-z0-9$@(){}'\"`|;&<>#%:=*?~/\\\\ \\n\u{201c}é]{0,80}") {
        for shell in [Shell::Posix, Shell::PowerShell, Shell::Cmd] {
            let _ = judge_command(&text, shell, &Policy::default());
        }
        let call = ToolCall {
            name: "anything".to_owned(),
            class: ToolClass::Unknown,
            arguments: json!({"a": text, "b": [text, {"command": text}]}),
            cwd: None,
        };
        let _ = judge(&call, &Policy::default());
    }

    #[test]
    fn quoting_and_wrapping_change_nothing(
        command in 0..FORBIDDEN.len(),
        quoting in prop::collection::vec(any::<u8>(), 8),
        wrapping in prop::collection::vec(any::<u8>(), 0..4),
    ) {
        let words = FORBIDDEN[command].iter().zip(&quoting);
        let words: Vec<String> = words.map(|(word, way)| written(word, *way)).collect();
        let mut text = words.join(" ");
        for way in wrapping {
            // What spans lines is not wrapped again in what ends with its line.
            if !text.contains('\n') {
                text = wrapped(&text, way);
            }
        }
        let verdict = judge_command(&text, Shell::Posix, &Policy::default());
        prop_assert_eq!(verdict.decision, Decision::Deny, "{}", text);
    }
}

#[test]
fn deep_nesting_is_asked_about() {
    let mut text = "ls".to_owned();
    for _ in 0..20 {
        text = format!("sudo {text}");
    }
    let verdict = judge_command(&text, Shell::Posix, &Policy::default());
    assert_eq!(verdict.decision, Decision::Ask);
    let deep = "$(".repeat(300);
    assert_ne!(
        judge_command(&deep, Shell::Posix, &Policy::default()).decision,
        Decision::Allow
    );
}

#[test]
fn long_input_ends_soon() {
    let loops = "for a in 1 2 3 4 5 6 7 8; do ".repeat(8);
    let done = "; done".repeat(8);
    for text in [
        "a ".repeat(60_000),
        "$x".repeat(20_000),
        "{a,b}".repeat(2_000),
        "'".repeat(50_000),
        "ls;".repeat(30_000),
        format!("{loops} ls {done}"),
    ] {
        let start = std::time::Instant::now();
        let _ = judge_command(&text, Shell::Posix, &Policy::default());
        assert!(
            start.elapsed().as_secs() < 20,
            "{}",
            text.get(..20).unwrap_or("")
        );
    }
}
