//! One change to a sound state file gives the findings it ought to give, and no others.

use std::path::Path;
use std::sync::Arc;

use baton_check::{CheckConfig, Scope, check, select};
use baton_repo::{Date, Options, Overlay, Repo, Worktree};
use baton_source::RepoPath;

const ROOT: &str = "../../fixtures/repos/june-clean";
const PATH: &str = "agent-output/shop/00-session-state.json";

/// What is replaced (its first occurrence), by what, and the findings as `slug line:column`.
type Mutation = (&'static str, &'static str, &'static [&'static str]);

const MUTATIONS: &[Mutation] = &[
    ("", "", &[]),
    (
        "  \"branch\": \"shop/main\",\n",
        "",
        &["missing-session-field 1:1"],
    ),
    ("\"3.0\"", "\"2.5\"", &["unknown-session-version 2:21"]),
    ("\"3.0\"", "3.0", &["unknown-session-version 2:21"]),
    (
        "\"project\": \"shop\"",
        "\"project\": \"store\"",
        &["misnamed-session-project 3:14"],
    ),
    (
        "\"project\": \"shop\"",
        "\"project\": \"\"",
        &["misshapen-session-state 3:14"],
    ),
    (
        "\"iac_tool\": \"Bicep\"",
        "\"iac_tool\": \"bicep\"",
        &["unknown-iac-tool 4:15"],
    ),
    (
        "\"iac_tool\": \"Bicep\"",
        "\"iac_tool\": \"Terraform\"",
        &["conflicting-iac-tools 17:17"],
    ),
    (
        "2026-06-09T15:42:10Z",
        "lately",
        &["unreadable-session-time 7:14"],
    ),
    ("\"current_step\": 7", "\"current_step\": 7.0", &[]),
    (
        "\"current_step\": 7",
        "\"current_step\": 8",
        &["current-step-out-of-range 8:19"],
    ),
    (
        "\"current_step\": 7",
        "\"current_step\": \"7\"",
        &["current-step-out-of-range 8:19"],
    ),
    (
        "\"current_step\": 7",
        "\"current_step\": 3.0",
        &["current-step-mismatch 8:19"],
    ),
    (
        "    \"compliance\": \"GDPR\",\n",
        "",
        &["missing-session-decision 9:3"],
    ),
    (
        "\"complexity\": \"standard\"",
        "\"complexity\": \"huge\"",
        &["unknown-complexity 15:19"],
    ),
    (
        "\"review_depth\": \"default\"",
        "\"review_depth\": \"\"",
        &["unknown-review-depth 16:21"],
    ),
    (
        "\"review_depth\": \"default\"",
        "\"review_depth\": \"standard\"",
        &[],
    ),
    (
        "\"deployed\"",
        "\"done\"",
        &["unknown-decision-value 18:28"],
    ),
    (
        "\"sku_manifest_revision\": 3",
        "\"sku_manifest_revision\": -3",
        &["misshapen-session-state 19:30"],
    ),
    (
        "\"governance_trace\"",
        "\"governance_tracks\"",
        &[
            "unregistered-decision-key 20:5",
            "missing-governance-trace 200:17",
        ],
    ),
    (
        "\"open_findings\": []",
        "\"open_findings\": {}",
        &["open-findings-not-list 28:20"],
    ),
    ("\"D001\"", "\"1\"", &["misshapen-decision-log 31:13"]),
    (
        "      \"choice\": \"Bicep\",\n",
        "",
        &["misshapen-decision-log 31:13"],
    ),
    ("\"step\": 1", "\"step\": \"3_5\"", &[]),
    (
        "\"step\": 1",
        "\"step\": 0",
        &["misshapen-decision-log 32:15"],
    ),
    (
        "\"2026-06-02T09:10:00Z\"",
        "\"soon\"",
        &["misshapen-decision-log 37:20"],
    ),
    (
        "\"2026-06-02T09:10:00Z\"",
        "null",
        &["undated-decision 37:20"],
    ),
    (
        "[\"Terraform\"]",
        "\"Terraform\"",
        &["misshapen-decision-log 38:23"],
    ),
    (
        "\"passes_planned\": 1",
        "\"passes_planned\": -1",
        &["misshapen-review-audit 63:25"],
    ),
    (
        "\"step_1\"",
        "\"step_9\"",
        &["unknown-review-audit-step 61:5"],
    ),
    (
        "\"name\": \"Requirements\"",
        "\"name\": \"Wishes\"",
        &["misnamed-session-step 112:15"],
    ),
    (
        "\"status\": \"complete\"",
        "\"status\": \"done\"",
        &["unknown-step-status 114:17"],
    ),
    (
        "\"status\": \"complete\"",
        "\"status\": \"pending\"",
        &["step-out-of-order 114:17"],
    ),
    (
        "      \"sub_step\": null,\n",
        "",
        &["missing-step-field 111:5"],
    ),
    (
        "\"2026-06-02T08:30:00Z\"",
        "\"2026-06-03T08:30:00Z\"",
        &["step-ends-before-start 117:20"],
    ),
    ("\"2026-06-02T10:05:00Z\"", "null", &["undated-step 117:20"]),
    (
        "\"01-requirements.md\", ",
        "\"01-wishes.md\", ",
        &["missing-listed-artifact 118:21"],
    ),
    (
        "\"01-requirements.md\", ",
        "7, ",
        &["misshapen-step-list 118:21"],
    ),
    (
        "\"context_files_used\": []",
        "\"context_files_used\": null",
        &["misshapen-step-list 119:29"],
    ),
    (
        "\"cache_hits\"",
        "\"cash_hits\"",
        &["misshapen-session-state 194:9"],
    ),
    (
        "  \"open_findings\": [],\n",
        "  \"open_findings\": [],\n  \"lock\": {},\n",
        &["leftover-session-lock 29:3"],
    ),
    (
        "  \"open_findings\": [],\n",
        "  \"open_findings\": [],\n  \"open_findings\": [],\n",
        &["repeated-session-key 29:3"],
    ),
    (
        "  \"open_findings\": [],\n",
        "  \"open_findings\": [,],\n",
        &["unparsable-session-state 28:21"],
    ),
];

/// The findings of the check after one change, as `slug line:column`.
fn findings(text: String) -> Option<Vec<String>> {
    let mut source = Overlay::new(Arc::new(Worktree::new(Path::new(ROOT), 2)));
    source.set(RepoPath::new(PATH), text.into_bytes());
    let repo = Repo::open(Arc::new(source), &Options::default()).ok()?;
    let config = CheckConfig::new(
        select(&["validate:session-state".to_owned()], &[]).ok()?,
        "2026-11-21".parse::<Date>().ok()?,
    );
    let report = check(&repo, &config, &Scope::All).ok()?;
    let found = report.findings.iter().map(|finding| {
        let file = repo.by_id(finding.at.file)?;
        let at = file.lines().locate(file.text(), finding.at.span?.start);
        Some(format!("{} {}:{}", finding.rule, at.line, at.column))
    });
    found.collect()
}

#[test]
fn one_change_gives_its_findings_and_no_others() {
    let sound = std::fs::read_to_string(Path::new(ROOT).join(PATH)).expect("the example is there");
    let mut wrong = Vec::new();
    for (from, to, expected) in MUTATIONS {
        assert!(sound.contains(from), "{from} is not in the example");
        let found = findings(sound.replacen(from, to, 1)).expect("the check runs");
        if found != *expected {
            wrong.push(format!("{from} -> {to}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let sound = std::fs::read_to_string(Path::new(ROOT).join(PATH)).expect("the example is there");
    let windows = format!("\u{feff}{}", sound.replace('\n', "\r\n"));
    assert_eq!(findings(windows), Some(Vec::new()));
}
