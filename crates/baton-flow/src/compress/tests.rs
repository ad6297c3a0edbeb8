//! Tiers, golden texts, and what holds for every text.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::{ProptestConfig, any, proptest};
use serde_json::json;

use super::{Compressed, Reader, Tier, checkpoint, compress, used};

const TIERS: [Tier; 3] = [Tier::Full, Tier::Summarized, Tier::Minimal];

fn artifact(name: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/repos/june-clean");
    fs::read_to_string(root.join("agent-output/shop").join(name)).unwrap()
}

fn agent(name: &str, text: &str, tier: Tier) -> Compressed {
    compress(name, text, tier, Reader::Agent)
}

fn artifacts() -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/repos/june-clean");
    let entries = fs::read_dir(root.join("agent-output/shop")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|name| name.split('.').next_back() == Some("md"))
        .collect();
    names.sort();
    names
}

#[test]
fn scenario_51_the_used_part_of_the_context_decides_the_tier() {
    let cases = [
        (0.0, Tier::Full),
        (59.0, Tier::Full),
        (59.99, Tier::Full),
        (60.0, Tier::Summarized),
        (80.0, Tier::Summarized),
        (80.01, Tier::Minimal),
        (81.0, Tier::Minimal),
        (140.0, Tier::Minimal),
    ];
    for (percentage, expected) in cases {
        assert_eq!(Tier::of_used(percentage), expected, "{percentage}");
    }
}

#[test]
fn scenario_52_a_summarized_plan_keeps_its_tables_and_loses_its_code() {
    let code = "## 📦 Resource Inventory\n\n```bicep\nparam name string\n```\n\n    indented\n";
    let plan = artifact("04-implementation-plan.md");
    let plan = plan.replace("## 📦 Resource Inventory\n", code);
    let compressed = agent("04-implementation-plan.md", &plan, Tier::Summarized);
    for code in ["```", "param name", "indented"] {
        assert!(!compressed.text.contains(code), "{}", compressed.text);
    }
    for section in ["## 📦 Resource Inventory", "## 🚀 Deployment Phases"] {
        assert!(compressed.text.contains(section), "{section}");
    }
    for table in tables(&plan) {
        let is_kept = ["| Resource | Name |", "| Phase | Contains |"]
            .iter()
            .any(|header| table.starts_with(header));
        assert_eq!(compressed.text.contains(&table), is_kept, "{table}");
    }
}

/// Tables of a text as they are written.
fn tables(text: &str) -> Vec<String> {
    let outline = baton_syntax::markdown::parse(text, 0);
    let tables = outline.tables.iter();
    tables
        .map(|table| table.span.of(text).trim_end().to_owned())
        .collect()
}

#[test]
fn each_artifact_has_its_golden_texts() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/compression");
    for name in artifacts() {
        // What is read whole needs no copy.
        if name.starts_with("07-") {
            continue;
        }
        for tier in [Tier::Summarized, Tier::Minimal] {
            let Compressed { text, notes } = agent(&name, &artifact(&name), tier);
            let path = root.join(tier.as_str()).join(&name);
            let told = notes
                .iter()
                .fold(text, |told, note| told + "%% " + note + "\n");
            if std::env::var_os("BLESS").is_some() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, &told).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap();
            assert_eq!(told, expected, "{name}, {}", tier.as_str());
        }
    }
}

#[test]
fn compressing_again_changes_nothing() {
    for name in artifacts() {
        for tier in TIERS {
            let once = agent(&name, &artifact(&name), tier).text;
            assert_eq!(
                agent(&name, &once, tier).text,
                once,
                "{name}, {}",
                tier.as_str()
            );
        }
    }
}

#[test]
fn last_documents_are_read_whole_and_unknown_ones_by_the_general_rule() {
    let text = "# T\n\nLead.\n\n## One\n\nText.\n\n| a |\n| - |\n| 1 |\n\n## Two\n\nMore.\n";
    assert_eq!(agent("07-runbook.md", text, Tier::Minimal).text, text);
    assert_eq!(
        agent("notes.md", text, Tier::Summarized).text,
        "# T\n\nLead.\n\n## One\n\n| a |\n| - |\n| 1 |\n"
    );
    let minimal = agent("notes.md", text, Tier::Minimal);
    assert_eq!(minimal.text, "# T\n\nLead.\n");
    assert!(
        minimal.notes[0].contains("`notes.md`"),
        "{:?}",
        minimal.notes
    );
}

#[test]
fn headings_match_without_pictures_punctuation_and_case() {
    for heading in [
        "## 🎯 PROJECT OVERVIEW",
        "## Project overview:",
        "## The Project-Overview",
    ] {
        let text = format!("# T\n\n{heading}\n\nWhat.\n\n## Other\n\nNo.\n");
        let minimal = agent("01-requirements.md", &text, Tier::Minimal);
        assert_eq!(minimal.text, format!("# T\n\n{heading}\n\nWhat.\n"));
    }
}

#[test]
fn sections_that_are_not_there_are_named() {
    let minimal = agent("01-requirements.md", "# T\n\nLead.\n", Tier::Minimal);
    assert_eq!(
        minimal.notes,
        [
            "there is no section `Project Overview`",
            "there is no section `Key Decisions` or `Summary for Architecture Assessment`",
        ]
    );
}

#[test]
fn what_does_not_fit_goes_from_the_end_and_tables_stay() {
    let table = "| Deny | Why |\n| --- | --- |\n| public access | leaks |";
    let long = "Words and words. ".repeat(120);
    let details = format!("<details>\n<summary>More</summary>\n\n{long}\n\n{table}\n\n</details>");
    let text = format!(
        "# T\n\nLead.\n\n## Deny Policies\n\nFirst.\n\n{details}\n\n{long}\n\n### Empty\n\n{long}\n\n{table}\n\n## Mandatory Tags\n\nLast.\n"
    );
    let Compressed { text, notes } = agent("04-governance-constraints.md", &text, Tier::Summarized);
    assert_eq!(text.matches(table).count(), 2, "{text}");
    assert!(!text.contains("details"), "{text}");
    assert!(text.contains("First."), "{text}");
    assert!(text.trim_end().ends_with("-->"), "{text}");
    assert!(text.chars().count() < 3200, "{}", text.chars().count());
    assert!(
        notes.iter().any(|note| note.contains("left out")),
        "{notes:?}"
    );
    let again = agent("04-governance-constraints.md", &text, Tier::Summarized);
    assert_eq!(again.text, text);
}

#[test]
fn tables_larger_than_the_limit_are_kept_and_said() {
    let rows = "| a name that is long | and a reason |\n".repeat(60);
    let text = format!("# T\n\n## Deny Policies\n\n| Name | Why |\n| --- | --- |\n{rows}");
    let minimal = agent("04-governance-constraints.md", &text, Tier::Minimal);
    assert_eq!(minimal.text, text);
    assert!(
        minimal.notes[0].contains("tables are never cut"),
        "{:?}",
        minimal.notes
    );
}

#[test]
fn reviewers_get_resources_and_at_the_least_what_was_decided() {
    let architecture = artifact("02-architecture-assessment.md");
    let decisions = json!({ "region": "swedencentral", "budget": "EUR 900" });
    let reader = Reader::Challenger {
        decisions: decisions.as_object(),
    };
    let name = "02-architecture-assessment.md";
    let summarized = compress(name, &architecture, Tier::Summarized, reader).text;
    assert!(
        summarized.contains("Resource SKU Recommendations"),
        "{summarized}"
    );
    assert!(!summarized.contains("## Decisions"), "{summarized}");
    let minimal = compress(name, &architecture, Tier::Minimal, reader).text;
    assert!(minimal.contains("## Decisions\n\n- region: swedencentral\n- budget: EUR 900\n"));
    assert_eq!(
        compress(name, &minimal, Tier::Minimal, reader).text,
        minimal
    );
}

#[test]
fn models_have_a_context_and_a_checkpoint() {
    let cases = [
        ("claude-opus-4.7", 800_000, Some(100.0), Some(160_000)),
        ("Claude Sonnet 4.6", 400_000, Some(50.0), Some(150_000)),
        ("gpt-5.5", 800_000, Some(50.0), Some(300_000)),
        ("GPT-5.3-Codex", 160_000, Some(10.0), Some(300_000)),
        ("another", 1, None, None),
    ];
    for (model, characters, part, tokens) in cases {
        assert_eq!(used(characters, model), part, "{model}");
        assert_eq!(checkpoint(model), tokens, "{model}");
    }
}

#[test]
fn front_matter_badges_and_line_endings_of_windows_do_no_harm() {
    let text = "---\ntitle: x\n---\r\n# T\r\n\r\n[![b](c)](d)\r\n\r\n> Quoted.\r\n\r\nLead.\r\n\r\n## Project Overview\r\n\r\nWhat.\r\n";
    let minimal = agent("01-requirements.md", text, Tier::Minimal).text;
    assert_eq!(minimal, "# T\n\nLead.\n\n## Project Overview\n\nWhat.\n");
}

const PIECES: [&str; 16] = [
    "# Title\n\n",
    "## Module Inventory\n\n",
    "## 🚀 Deployment Strategy\n\n",
    "## Other\n\n",
    "### Sub\n\n",
    "A paragraph\nof two lines.\n\n",
    "| a | b |\n| - | - |\n| 1 | 2 |\n\n",
    "```bash\nrun | it\n```\n\n",
    "- one\n- two\n\n  ```\n  code\n  ```\n\n",
    "<details>\n<summary>S</summary>\n\n",
    "</details>\n\n",
    "> quoted\n\n",
    "    indented code\n\n",
    "Monthly Total: 9\n",
    "<!-- a comment -->\n",
    "1. first\n   | x |\n   | - |\n   | y |\n\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_text_the_answer_is_stable(
        pieces in proptest::collection::vec(0_usize..PIECES.len(), 0..30),
        tail in any::<String>(),
        long in any::<bool>(),
    ) {
        let mut text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
        if long {
            text.push_str(&"Far too many words. \n\n".repeat(400));
        }
        text.push_str(&tail);
        for name in ["04-implementation-plan.md", "03-des-cost-estimate.md", "other.md"] {
            for tier in TIERS {
                let once = agent(name, &text, tier).text;
                let twice = agent(name, &once, tier).text;
                proptest::prop_assert_eq!(&twice, &once, "{} {}", name, tier.as_str());
            }
        }
    }

    #[test]
    fn tables_of_kept_sections_survive_byte_for_byte(
        before in proptest::collection::vec(0_usize..PIECES.len(), 0..8),
        rows in 1_usize..80,
    ) {
        let table = format!("| Module | Name |\n| --- | --- |\n{}", "| a | `b` |\n".repeat(rows));
        let text: String = before.iter().map(|piece| PIECES[*piece]).collect();
        // An unfinished part before it would swallow the section.
        let text = format!("{text}\n\n## Module Inventory\n\n{table}\n## End\n");
        let summarized = agent("04-implementation-plan.md", &text, Tier::Summarized).text;
        proptest::prop_assert!(summarized.contains(table.trim_end()), "{}", summarized);
    }
}
