//! `--suppressions-from` on real repositories: what a change brings along answers for nothing.

use std::fs;

use crate::clones::{BAD, Clone};
use crate::scratch::{code, err, out};
use serde_json::Value;

const MAIN: &str = "infra/terraform/shop/main.tf";
const COMMENT: &str = "  # baton-ignore outdated-tls: the old device leaves in March\n";

/// A storage account with a fault, and what stands above the fault.
fn account(name: &str, above: &str) -> String {
    format!(
        "resource \"azurerm_storage_account\" \"{name}\" {{\n  name = \"{name}\"\n{above}  \
         min_tls_version = \"TLS1_0\"\n}}\n"
    )
}

/// Rule and line of what is found and of what is set aside, judged from `base`.
fn judged(clone: &Clone, more: &[&str]) -> [Vec<String>; 2] {
    let select = ["check", "--select", "outdated-tls,suppressions"];
    let from = ["--suppressions-from", "main", "--output-format", "json"];
    let output = clone.baton(&[&select, more, &from].concat());
    assert!(code(&output) != Some(2), "{}", err(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    ["findings", "suppressed"].map(|list| {
        let list = report[list].as_array().unwrap();
        let one = |one: &Value| format!("{}:{}", one["rule"].as_str().unwrap(), one["line"]);
        list.iter().map(one).collect()
    })
}

/// A repository whose `main` holds a text, and a branch with another one.
fn changed(before: &str, after: &str) -> Clone {
    let clone = Clone::new();
    clone.put(MAIN, before);
    clone.commit("before");
    clone.git(&["checkout", "-q", "-b", "change"]);
    clone.put(MAIN, after);
    clone.commit("after");
    clone
}

fn check(before: &str, after: &str, expected: [&[&str]; 2]) {
    let found = judged(&changed(before, after), &[]);
    let found = found
        .each_ref()
        .map(|list| list.iter().map(String::as_str).collect::<Vec<_>>());
    let found = found.each_ref().map(Vec::as_slice);
    assert_eq!(found, expected, "{before}\n{after}");
}

#[test]
fn a_comment_of_the_change_answers_for_nothing() {
    check(
        &account("shop", ""),
        &account("shop", COMMENT),
        [&["unapproved-suppression:3", "outdated-tls:4"], &[]],
    );
    check(
        &account("shop", COMMENT),
        &account("shop", COMMENT),
        [&[], &["outdated-tls:4"]],
    );
    let file = format!(
        "# baton-ignore-file outdated-tls: all of it\n{}",
        account("shop", "")
    );
    check(
        &account("shop", COMMENT),
        &file,
        [&["unapproved-suppression:1", "outdated-tls:4"], &[]],
    );
    // What the whole file is excused for, a line is as well.
    check(&file, &account("shop", COMMENT), [&[], &["outdated-tls:4"]]);
}

#[test]
fn without_the_option_every_comment_counts() {
    let clone = changed(&account("shop", ""), &account("shop", COMMENT));
    let output = clone.baton(&["check", "--select", "outdated-tls"]);
    assert_eq!(code(&output), Some(0), "{}", out(&output));
}

#[test]
fn a_comment_is_known_again_where_its_surroundings_moved() {
    let both = |first: &str, second: &str| account("shop", first) + &account("desk", second);
    // Something above and below.
    check(
        &account("shop", COMMENT),
        &format!(
            "{}{}",
            account("desk", "  # TLS\n").replace("1_0", "1_2"),
            account("shop", COMMENT)
        ),
        [&[], &["outdated-tls:9"]],
    );
    // The line it answers for became another one.
    check(
        &account("shop", COMMENT),
        &account("shop", COMMENT).replace("TLS1_0", "TLS1_1"),
        [&[], &["outdated-tls:4"]],
    );
    // A copy for a second fault that looks the same.
    check(
        &both(COMMENT, ""),
        &both(COMMENT, COMMENT),
        [
            &["unapproved-suppression:8", "outdated-tls:9"],
            &["outdated-tls:4"],
        ],
    );
    // A second rule in a comment that was there.
    let wider = COMMENT.replace("outdated-tls", "plain-ftp, outdated-tls");
    check(
        &account("shop", COMMENT),
        &account("shop", &wider),
        [&[], &["outdated-tls:4"]],
    );
    let narrow = COMMENT.replace("outdated-tls", "plain-ftp");
    check(
        &account("shop", &narrow),
        &account("shop", &wider),
        [&["unapproved-suppression:3", "outdated-tls:4"], &[]],
    );
    // At the end of a line that changes.
    let trailing = |version: &str| {
        let line = format!("min_tls_version = \"{version}\" # baton-ignore outdated-tls: soon\n");
        account("shop", "").replace("min_tls_version = \"TLS1_0\"\n", &line)
    };
    check(
        &trailing("TLS1_0"),
        &trailing("TLS1_1"),
        [&[], &["outdated-tls:3"]],
    );
}

#[test]
fn a_date_that_is_moved_counts_as_it_was() {
    let until = |day: &str| COMMENT.replace("outdated-tls", &format!("outdated-tls until {day}"));
    check(
        &account("shop", &until("2020-01-01")),
        &account("shop", &until("2999-01-01")),
        [&["unapproved-suppression:3", "outdated-tls:4"], &[]],
    );
    check(
        &account("shop", &until("2998-01-01")),
        &account("shop", &until("2999-01-01")),
        [&[], &["outdated-tls:4"]],
    );
}

#[test]
fn a_renamed_file_keeps_its_comments() {
    let clone = changed(&account("shop", COMMENT), &account("shop", COMMENT));
    clone.git(&["mv", MAIN, "infra/terraform/shop/storage.tf"]);
    clone.put(
        "infra/terraform/shop/storage.tf",
        &(account("shop", COMMENT) + "# more\n"),
    );
    assert_eq!(
        judged(&clone, &[]),
        [vec![], vec!["outdated-tls:4".to_owned()]]
    );
    // One old file excuses one new one.
    clone.put("infra/terraform/shop/twin.tf", &account("shop", COMMENT));
    let [found, aside] = judged(&clone, &[]);
    assert_eq!((found.len(), aside.len()), (2, 1), "{found:?}");
}

#[test]
fn the_finding_and_the_comment_are_both_named() {
    let clone = changed(&account("shop", ""), &account("shop", COMMENT));
    let arguments = [
        "check",
        "--select",
        "outdated-tls",
        "--suppressions-from",
        "main",
    ];
    let output = clone.baton(&arguments);
    assert_eq!(code(&output), Some(1));
    let said = "this comment does not stand in `main`, so it does not count";
    assert!(out(&output).contains(said), "{}", out(&output));
    // The index and a range are judged the same way.
    clone.put(MAIN, &(account("shop", COMMENT) + "\n"));
    clone.git(&["add", "-A"]);
    for range in ["--staged", "--since=main", "--changed"] {
        let [found, _] = judged(&clone, &[range]);
        assert_eq!(
            found,
            ["unapproved-suppression:3", "outdated-tls:4"],
            "{range}"
        );
    }
}

#[test]
fn configuration_and_baseline_are_those_of_the_base() {
    let clone = changed(&account("shop", ""), &account("shop", ""));
    clone.put("baton.toml", "ignore = [\"outdated-tls\"]\n");
    let arguments = [
        "check",
        "--suppressions-from",
        "main",
        "--output-format",
        "concise",
    ];
    let output = clone.baton(&arguments);
    assert!(out(&output).contains("[outdated-tls]"), "{}", out(&output));
    let said = "notice: `baton.toml` is not what it is in `main`; what stands there counts";
    assert!(err(&output).contains(said), "{}", err(&output));

    let clone = changed(&account("shop", ""), &account("shop", ""));
    let recorded = ["baseline", "create", "--select", "outdated-tls"];
    assert_eq!(code(&clone.baton(&recorded)), Some(0));
    let arguments = ["--baseline", "baton-baseline.json"];
    let [found, aside] = judged(&clone, &arguments);
    assert_eq!(found, ["unapproved-suppression:4", "outdated-tls:3"]);
    assert!(aside.is_empty());
    // Once it is on main, it counts there; one more of the same kind does not.
    clone.commit("record");
    clone.git(&["branch", "-f", "main"]);
    assert_eq!(
        judged(&clone, &arguments),
        [vec![], vec!["outdated-tls:3".to_owned()]]
    );
    clone.put(MAIN, &(account("shop", "") + &account("desk", "")));
    assert_eq!(
        code(&clone.baton(&[&recorded[..], &["--force"]].concat())),
        Some(0)
    );
    let [found, aside] = judged(&clone, &arguments);
    assert_eq!((found.len(), aside.len()), (2, 1), "{found:?}");
    // What is mended and taken out is no matter.
    clone.put(MAIN, &account("shop", "").replace("1_0", "1_2"));
    fs::write(
        clone.at().join("baton-baseline.json"),
        "{ \"version\": 1, \"findings\": [] }\n",
    )
    .unwrap();
    assert_eq!(
        judged(&clone, &arguments),
        [const { Vec::<String>::new() }; 2]
    );
}

#[test]
fn an_unknown_base_is_exit_2() {
    let clone = Clone::new();
    clone.put(".github/agents/other.agent.md", BAD);
    let output = clone.baton(&["check", "--suppressions-from", "nowhere"]);
    assert_eq!(code(&output), Some(2));
    let said = "there is no commit `nowhere` here, from which suppressions are to be taken; fetch it first";
    assert!(err(&output).contains(said), "{}", err(&output));
    fs::remove_dir_all(clone.at().join(".git")).unwrap();
    let output = clone.baton(&["check", "--suppressions-from", "main"]);
    assert_eq!(code(&output), Some(2), "{}", err(&output));
}
