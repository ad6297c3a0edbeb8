//! The scenarios about commands, and what the reference got wrong.

use serde_json::{Value, json};

use super::{judge, judge_command};
use crate::call::{ToolCall, ToolClass};
use crate::command::Shell;
use crate::policy::{AllowEntry, Mode, Policy};
use crate::verdict::{Decision, Severity};

fn decision(text: &str) -> Decision {
    judge_command(text, Shell::Posix, &Policy::default()).decision
}

fn call(name: &str, class: ToolClass, arguments: Value) -> ToolCall {
    ToolCall {
        name: name.to_owned(),
        class,
        arguments,
        cwd: None,
    }
}

#[test]
fn scenario_54_options_in_any_order_are_denied_and_careful_commands_pass() {
    for text in [
        "rm -rf /",
        "rm -fr /",
        "rm -r -f ~",
        "git push origin main --force",
    ] {
        assert_eq!(decision(text), Decision::Deny, "{text}");
    }
    for text in [
        "git push --force-with-lease origin main",
        "rm -rf ./dist",
        "truncate -s 0 x",
    ] {
        assert_eq!(decision(text), Decision::Allow, "{text}");
    }
}

#[test]
fn scenario_55_every_way_to_edit_a_hook_is_denied() {
    for (name, class, arguments) in [
        (
            "multi_replace_string_in_file",
            ToolClass::Edit,
            json!({"replacements": [{"filePath": "/r/.github/hooks/x.json", "oldString": "a", "newString": "b"}]}),
        ),
        (
            "editFiles",
            ToolClass::Edit,
            json!({"files": ["src/a.rs", ".github/hooks/x.json"]}),
        ),
        (
            "apply_patch",
            ToolClass::Edit,
            json!({"input": "*** Begin Patch\n*** Update File: .github/hooks/x.json\n@@\n-a\n+b\n*** End Patch"}),
        ),
        (
            "run_in_terminal",
            ToolClass::Shell,
            json!({"command": "echo x > .github/hooks/x.json"}),
        ),
        (
            "mcp_files_write",
            ToolClass::Unknown,
            json!({"path": ".github/hooks/x.json", "content": "x"}),
        ),
    ] {
        let verdict = judge(&call(name, class, arguments), &Policy::default());
        assert_eq!(verdict.decision, Decision::Deny, "{name}");
    }
}

#[test]
fn scenario_56_the_mode_that_warns_tells_and_lets_pass() {
    let policy = Policy {
        mode: Mode::Warn,
        ..Policy::default()
    };
    let verdict = judge_command("rm -rf /", Shell::Posix, &policy);
    assert_eq!(verdict.decision, Decision::Allow);
    assert!(!verdict.threats.is_empty());
}

#[test]
fn scenario_57_an_entry_of_the_allow_list_lets_its_command_pass_and_nothing_else() {
    let policy = Policy {
        allow: vec![AllowEntry::parse("terraform destroy").unwrap()],
        ..Policy::default()
    };
    for (text, expected) in [
        ("terraform destroy", Decision::Allow),
        ("sudo terraform destroy -auto-approve", Decision::Allow),
        ("terraform destroy && rm -rf /", Decision::Deny),
        ("echo terraform destroy; rm -rf /", Decision::Deny),
        ("terraform destroy > .github/hooks/x.json", Decision::Deny),
        ("terraform destroy $(rm -rf /)", Decision::Deny),
    ] {
        let verdict = judge_command(text, Shell::Posix, &policy);
        assert_eq!(verdict.decision, expected, "{text}");
    }
    let verdict = judge_command("terraform destroy", Shell::Posix, &policy);
    assert_eq!(verdict.allowed_by.as_deref(), Some("terraform destroy"));
}

#[test]
fn what_is_less_severe_than_the_threshold_decides_nothing() {
    let policy = Policy {
        threshold: Severity::Critical,
        ..Policy::default()
    };
    let verdict = judge_command("git reset --hard", Shell::Posix, &policy);
    assert_eq!(
        (verdict.decision, verdict.threats.len()),
        (Decision::Allow, 1)
    );
}

#[test]
fn tools_that_only_read_are_not_looked_at() {
    let arguments = json!({"query": "rm -rf /"});
    let verdict = judge(
        &call("semantic_search", ToolClass::ReadOnly, arguments),
        &Policy::default(),
    );
    assert_eq!(verdict.decision, Decision::Allow);
}
