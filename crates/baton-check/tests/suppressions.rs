//! What comments answer for, and what is said about comments that answer for nothing.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use baton_check::{Changed, CheckConfig, Scope, check, select};
use baton_repo::{Date, Memory, Options, Repo};
use baton_source::Diagnostic;

/// Judges files; gives what was suppressed and what is left, each as `slug:line`.
fn judge(files: &[(&str, &str)], rule: &str, scope: &Scope) -> [String; 2] {
    let options = Options {
        pack: Some("apex".to_owned()),
        ..Options::default()
    };
    let repo = Repo::open(Arc::new(Memory::new(files.to_vec())), &options).unwrap();
    let config = CheckConfig::new(
        select(&[rule.to_owned()], &[]).unwrap(),
        "2026-11-21".parse::<Date>().unwrap(),
    );
    let report = check(&repo, &config, scope).unwrap();
    let line = |finding: &Diagnostic| {
        let file = repo.by_id(finding.at.file).unwrap();
        let start = finding.at.span.unwrap_or_default().start;
        format!("{}:{}", finding.rule, file.lines().line_of(start) + 1)
    };
    let suppressed = report.suppressed.iter().map(|one| line(&one.finding));
    let left = report.findings.iter().map(line);
    [
        suppressed.collect::<Vec<_>>().join(" "),
        left.collect::<Vec<_>>().join(" "),
    ]
}

/// The property that is wrong stands after `before`, and `after` on its line.
fn in_bicep(before: &str, after: &str, expected: [&str; 2]) {
    let start =
        "resource app 'Microsoft.Web/sites@2023-12-01' = {\n  properties: {\n    siteConfig: {\n";
    let text = format!("{start}{before}ftpsState: 'AllAllowed'{after}\n}}\n}}\n}}\n");
    for text in [text.replace('\n', "\r\n"), text] {
        let found = judge(
            &[("infra/bicep/shop/main.bicep", &text)],
            "plain-ftp",
            &Scope::All,
        );
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_comment_answers_for_its_line_or_for_the_next_one() {
    in_bicep("", "", ["", "plain-ftp:4"]);
    in_bicep(
        "",
        " // baton-ignore plain-ftp: legacy",
        ["plain-ftp:4", ""],
    );
    in_bicep(
        "// baton-ignore plain-ftp: legacy\n",
        "",
        ["plain-ftp:5", ""],
    );
    in_bicep(
        "// baton-ignore plain-ftp: legacy\n\n",
        "",
        ["plain-ftp:6", ""],
    );
    in_bicep(
        "/* baton-ignore plain-ftp: legacy\n   of old */\n",
        "",
        ["plain-ftp:6", ""],
    );
    in_bicep(
        "/* baton-ignore plain-ftp: legacy */ ",
        "",
        ["plain-ftp:4", ""],
    );
    in_bicep(
        "// baton-ignore plain-ftp: legacy\nhttp20Enabled: true\n",
        "",
        ["", "unused-suppression:4 plain-ftp:6"],
    );
}

#[test]
fn comments_below_each_other_answer_for_the_same_line() {
    in_bicep(
        "// baton-ignore plain-ftp: legacy\n// baton-ignore-file disabled-http2: legacy\n// baton-ignore remote-debugging: legacy\n",
        "",
        ["plain-ftp:7", ""],
    );
    in_bicep(
        "// baton-ignore plain-ftp: legacy\n// The old client needs it.\n",
        "",
        ["", "unused-suppression:4 plain-ftp:6"],
    );
}

#[test]
fn names_and_reasons() {
    for (words, expected) in [
        ("plain-ftp:legacy: really", ["plain-ftp:4", ""]),
        ("plain-ftp : legacy", ["plain-ftp:4", ""]),
        ("disabled-http2, plain-ftp: legacy", ["plain-ftp:4", ""]),
        ("disabled-http2 iac/ftps-state: legacy", ["plain-ftp:4", ""]),
        ("plain-ftp", ["", "plain-ftp:4 unreasoned-suppression:4"]),
        ("plain-ftp:", ["", "plain-ftp:4 unreasoned-suppression:4"]),
        (": legacy", ["", "plain-ftp:4 unknown-suppression:4"]),
        (
            "plain-fpt: legacy",
            ["", "plain-ftp:4 unknown-suppression:4"],
        ),
        ("disabled-http2: legacy", ["", "plain-ftp:4"]),
    ] {
        in_bicep("", &format!(" // baton-ignore {words}"), expected);
    }
    in_bicep(
        "",
        " // baton-ignored plain-ftp: legacy",
        ["", "plain-ftp:4"],
    );
    in_bicep(
        "// baton-ignore-file plain-ftp: legacy\n",
        "",
        ["plain-ftp:5", ""],
    );
}

#[test]
fn an_alias_names_every_rule_that_has_it() {
    let (alias, path) = ("agent-user-invocable", ".github/agents/planner.agent.md");
    for (value, rule) in [
        ("false", "hidden-main-agent"),
        ("maybe", "mistyped-agent-key"),
    ] {
        let text =
            format!("---\nuser-invocable: {value} # baton-ignore {alias}: on purpose\n---\n");
        let found = judge(&[(path, &text)], alias, &Scope::All);
        assert_eq!(found, [format!("{rule}:2"), String::new()]);
    }
}

#[test]
fn a_comment_counts_also_in_a_file_that_no_rule_read() {
    let skill = "<!-- baton-ignore-file missing-markdown-standards: kept elsewhere -->\n# Skill\n";
    let files = [(".github/skills/azure-artifacts/SKILL.md", skill)];
    let gone = ".github/instructions/markdown.instructions.md";
    for scope in [
        Scope::All,
        Scope::Changed(Changed::unknown(vec![gone.into()])),
    ] {
        let found = judge(&files, "missing-markdown-standards", &scope);
        assert_eq!(found, ["missing-markdown-standards:1", ""], "{scope:?}");
    }
}

#[test]
fn a_rule_that_had_no_say_leaves_no_comment_unused() {
    let skill = "<!-- baton-ignore-file missing-markdown-standards: kept elsewhere -->\n# Skill\n";
    let path = ".github/skills/azure-artifacts/notes.md";
    let scope = Scope::Changed(Changed::unknown(vec![path.into()]));
    let found = judge(&[(path, skill)], "missing-markdown-standards", &scope);
    assert_eq!(found, ["", ""]);
}

#[test]
fn a_comment_above_a_resource_answers_for_all_of_it() {
    let judge = |text: &str| {
        judge(
            &[("infra/bicep/shop/main.bicep", text)],
            "plain-ftp",
            &Scope::All,
        )
    };
    let resource = "resource app 'Microsoft.Web/sites@2023-12-01' = {\n  properties: {\n    siteConfig: {\n      ftpsState: 'AllAllowed'\n    }\n  }\n}\n";
    let above = "// baton-ignore plain-ftp: legacy\n";
    assert_eq!(judge(&format!("{above}{resource}")), ["plain-ftp:5", ""]);
    let decorated = format!("{above}@description('x')\n{resource}");
    assert_eq!(judge(&decorated), ["plain-ftp:6", ""]);
    let twice = format!("{above}{resource}{}", resource.replace("app", "other"));
    assert_eq!(judge(&twice), ["plain-ftp:5", "plain-ftp:12"]);
}

#[test]
fn comments_for_checkov_answer_for_the_resource_around_them() {
    let judge = |comment: &str| {
        let text = format!(
            "resource \"azurerm_storage_account\" \"a\" {{\n  {comment}\n  min_tls_version = \"TLS1_0\"\n}}\n"
        );
        judge(
            &[("infra/terraform/shop/main.tf", &text)],
            "outdated-tls",
            &Scope::All,
        )
    };
    let told = "outdated-tls:3";
    assert_eq!(judge("# a comment")[1], told);
    assert_eq!(judge("#checkov:skip=CKV_AZURE_44:an old device")[0], told);
    assert_eq!(
        judge("# checkov:skip=CKV_AZURE_33, CKV_AZURE_44: old")[0],
        told
    );
    assert_eq!(judge("#checkov:skip=CKV_AZURE_33:not ours")[1], told);
}
