//! Failures in a row, and what is left of an error.

use std::collections::BTreeMap;

use super::{failed, finding, normalised, previewed, succeeded};
use crate::event::FailureCategory::{self, *};
use crate::state::Breaker;

#[test]
fn what_varies_is_taken_out_of_errors() {
    for (error, expected) in [
        ("  a\n\tb  ", "a b"),
        ("\u{1b}[31mred\u{1b}[0m", "red"),
        ("at 2026-06-01T10:11:12.345Z it", "at <time> it"),
        ("at 10:11:12 it", "at <time> it"),
        ("on 2026-06-01 it", "on <date> it"),
        (
            "id 7b0e0d1c-1a2b-4c3d-8e9f-001122334455 gone",
            "id <uuid> gone",
        ),
        ("sha 0x1f and deadbeef0123", "sha <id> and <id>"),
        ("facade is no identifier", "facade is no identifier"),
        ("in /home/a/b.bicep:12:3 wrong", "in <path><at> wrong"),
        (r"in C:\a\b.tf(12,3) wrong", "in <path><at> wrong"),
        ("took 12.5 s", "took <duration>"),
        ("took 300ms", "took <duration>"),
        ("main.bicep:3:14 wrong", "main.bicep<at> wrong"),
        ("line 3, column 4", "<at>"),
        ("status 403 of 2 calls", "status 403 of 2 calls"),
    ] {
        assert_eq!(normalised(error), expected);
    }
    assert_eq!(normalised(&"ä ".repeat(5000)).chars().count(), 2000);
}

fn histories(history: &[(FailureCategory, &str)]) -> Vec<Option<(String, u32)>> {
    let mut breaker = Breaker::default();
    let mut seen = Vec::new();
    for (category, error) in history {
        if error.is_empty() {
            succeeded(&mut breaker);
            seen.push(None);
            continue;
        }
        let trip = failed(&mut breaker, *category, error, "t");
        seen.push(trip.map(|trip| (trip.pattern, trip.count)));
    }
    seen
}

#[test]
fn failures_in_a_row_trip() {
    let yes = |pattern: &str, count| Some((pattern.to_owned(), count));
    for (history, expected) in [
        (
            vec![
                (BuildError, "a at 10:00:01"),
                (BuildError, "a at 10:00:02"),
                (BuildError, "a at 10:00:03"),
            ],
            vec![None, None, yes("error-repetition", 3)],
        ),
        (
            vec![(BuildError, "a"), (ValidationError, "a"), (BuildError, "a")],
            vec![None, None, yes("error-repetition", 3)],
        ),
        (
            vec![(BuildError, "a"), (BuildError, "b"), (BuildError, "c")],
            vec![None, None, yes("category-repetition", 3)],
        ),
        (
            vec![(AuthExpired, "a"), (AuthExpired, "b")],
            vec![None, yes("auth-failure-loop", 2)],
        ),
        (
            vec![(Timeout, "a"), (Timeout, "a"), (Timeout, "a")],
            vec![None, None, yes("timeout-cascade", 3)],
        ),
        (
            vec![
                (EmptyResponse, "a"),
                (EmptyResponse, "b"),
                (EmptyResponse, "c"),
            ],
            vec![None, None, yes("empty-response-loop", 3)],
        ),
        (
            vec![(BudgetExceeded, "a")],
            vec![yes("category-repetition", 1)],
        ),
        (vec![(Interrupted, "a"); 4], vec![None; 4]),
        (
            vec![
                (BuildError, "a"),
                (Timeout, "b"),
                (BuildError, "c"),
                (Timeout, "d"),
            ],
            vec![None; 4],
        ),
    ] {
        assert_eq!(histories(&history), expected, "{history:?}");
    }
}

#[test]
fn scenario_47_the_same_error_three_times_blocks() {
    let error = |second| format!("deploy failed at 2026-06-01T10:00:0{second}Z");
    let mut breaker = Breaker::default();
    assert_eq!(failed(&mut breaker, DeploymentError, &error(1), "t1"), None);
    assert_eq!(failed(&mut breaker, DeploymentError, &error(2), "t2"), None);
    let trip = failed(&mut breaker, DeploymentError, &error(3), "t3").unwrap();
    assert_eq!(
        finding(&trip),
        "circuit_breaker: deployment_error - deploy failed at 2026-06-01T10:00:03Z (3 consecutive failures)"
    );
}

#[test]
fn scenario_48_two_logins_block_and_two_timeouts_do_not() {
    assert!(histories(&[(AuthExpired, "401"), (AuthExpired, "403")])[1].is_some());
    assert_eq!(histories(&[(Timeout, "a"), (Timeout, "b")]), [None, None]);
}

#[test]
fn scenario_49_a_resource_that_goes_back_and_forth_blocks() {
    let mut breaker = Breaker::default();
    let mut says = |change: &str| {
        let changes = BTreeMap::from([("vnet".to_owned(), change.to_owned())]);
        previewed(&mut breaker, &changes, "t").map(|trip| trip.pattern)
    };
    let previews = ["add", "delete", "change", "add", "delete", "add", "delete"];
    let seen: Vec<_> = previews.iter().map(|change| says(change)).collect();
    assert!(seen[..6].iter().all(Option::is_none), "{seen:?}");
    assert_eq!(seen[6].as_deref(), Some("what-if-oscillation"));
}

#[test]
fn scenario_50_a_success_between_failures_clears_them() {
    let history = [
        (BuildError, "a"),
        (BuildError, "a"),
        (BuildError, ""),
        (BuildError, "a"),
    ];
    assert_eq!(histories(&history), [None, None, None, None]);
}

#[test]
fn after_a_reset_one_failure_trips() {
    let mut breaker = Breaker {
        half_open: true,
        ..Breaker::default()
    };
    let trip = failed(&mut breaker, BuildError, "a", "t");
    assert_eq!(trip.unwrap().pattern, "half-open");
    breaker.tripped = None;
    breaker.half_open = true;
    succeeded(&mut breaker);
    assert_eq!(failed(&mut breaker, BuildError, "a", "t"), None);
}
