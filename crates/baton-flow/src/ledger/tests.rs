//! What holds for every ledger, and what each does about entries that somebody changed.

use rusqlite::{Connection, params};
use tempfile::TempDir;

use super::memory::MemoryLedger;
use super::{Addition, Kept, Ledger, Row, SqliteLedger, Tip};
use crate::FlowError;
use crate::event::{Actor, ActorKind, Command, Event, What};

/// A ledger whose rows somebody can get at who should not.
trait Exposed: Ledger {
    fn rewrite(&mut self, project: &str, change: &dyn Fn(&mut Vec<Row>));
}

struct OnDisk {
    ledger: SqliteLedger,
    folder: TempDir,
}

impl OnDisk {
    fn new() -> OnDisk {
        let folder = tempfile::tempdir().unwrap();
        let ledger = SqliteLedger::open(&folder.path().join("ledger.db")).unwrap();
        OnDisk { ledger, folder }
    }

    fn connection(&self) -> Connection {
        Connection::open(self.folder.path().join("ledger.db")).unwrap()
    }
}

impl Ledger for OnDisk {
    fn place(&self) -> std::path::PathBuf {
        self.ledger.place()
    }
    fn entries_after(&self, project: &str, tip: &Tip) -> Result<Vec<super::Entry>, FlowError> {
        self.ledger.entries_after(project, tip)
    }
    fn add(&mut self, project: &str, new: Addition<'_>) -> Result<Option<super::Entry>, FlowError> {
        self.ledger.add(project, new)
    }
    fn adopt(&mut self, project: &str, entries: &[super::Entry]) -> Result<bool, FlowError> {
        self.ledger.adopt(project, entries)
    }
    fn kept(&self, project: &str) -> Result<Option<(Tip, Kept)>, FlowError> {
        self.ledger.kept(project)
    }
    fn projects(&self) -> Result<Vec<String>, FlowError> {
        self.ledger.projects()
    }
}

impl Exposed for OnDisk {
    fn rewrite(&mut self, project: &str, change: &dyn Fn(&mut Vec<Row>)) {
        let mut rows = self.ledger.rows(project, 0).unwrap();
        change(&mut rows);
        let connection = self.connection();
        let delete = "DELETE FROM entries WHERE project = ?1";
        connection.execute(delete, [project]).unwrap();
        for row in rows {
            let values = params![project, row.number, row.body, row.previous, row.hash];
            connection.execute(super::sqlite::INSERT, values).unwrap();
        }
    }
}

impl Exposed for MemoryLedger {
    fn rewrite(&mut self, project: &str, change: &dyn Fn(&mut Vec<Row>)) {
        change(self.rows.get_mut(project).unwrap());
    }
}

fn each(suite: impl Fn(&mut dyn Exposed)) {
    suite(&mut MemoryLedger::default());
    suite(&mut OnDisk::new());
}

fn event(text: &str) -> Event {
    Event {
        at: "2026-01-02T03:04:05Z".to_owned(),
        by: Actor {
            name: "ada".to_owned(),
            kind: ActorKind::Human,
        },
        what: What::Session(Command::AddFindings {
            texts: vec![text.to_owned()],
            repeat: false,
        }),
    }
}

fn filled(ledger: &mut dyn Exposed, count: i64) {
    for number in 0..count {
        let event = event(&format!("finding {number}"));
        let kept = Kept {
            state: format!("state {number}"),
            ..Kept::default()
        };
        let new = Addition {
            after: number,
            event: &event,
            kept: Some(&kept),
        };
        assert!(ledger.add("shop", new).unwrap().is_some());
    }
}

#[test]
fn events_come_back_in_their_order_and_by_project() {
    each(|ledger| {
        filled(ledger, 3);
        ledger.append("attic", 0, &event("other")).unwrap().unwrap();
        let entries = ledger.entries("shop").unwrap();
        let numbers: Vec<i64> = entries.iter().map(|entry| entry.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
        assert_eq!(entries[2].event, event("finding 2"));
        assert_eq!(entries[0].previous, "");
        assert_eq!(entries[1].previous, entries[0].hash);
        assert_eq!(ledger.projects().unwrap(), ["attic", "shop"]);
        assert!(ledger.entries("none").unwrap().is_empty());
    });
}

#[test]
fn only_what_is_new_is_read_after_a_tip() {
    each(|ledger| {
        filled(ledger, 3);
        let entries = ledger.entries("shop").unwrap();
        let tip = Tip::of(&entries[1]);
        assert_eq!(ledger.entries_after("shop", &tip).unwrap(), &entries[2..]);
        let end = Tip::of(&entries[2]);
        assert!(ledger.entries_after("shop", &end).unwrap().is_empty());
    });
}

#[test]
fn who_does_not_know_the_last_entry_writes_nothing() {
    each(|ledger| {
        filled(ledger, 2);
        for after in [0, 1, 3] {
            assert_eq!(ledger.append("shop", after, &event("late")).unwrap(), None);
        }
        assert_eq!(ledger.entries("shop").unwrap().len(), 2);
    });
}

#[test]
fn what_is_kept_belongs_to_the_entry_it_came_with() {
    each(|ledger| {
        assert_eq!(ledger.kept("shop").unwrap(), None);
        filled(ledger, 2);
        let last = Tip::of(&ledger.entries("shop").unwrap()[1]);
        let (tip, kept) = ledger.kept("shop").unwrap().unwrap();
        assert_eq!(tip, last);
        assert_eq!(kept.state, "state 1");
        ledger.append("shop", 2, &event("more")).unwrap().unwrap();
        assert_eq!(ledger.kept("shop").unwrap().unwrap().0, last);
    });
}

#[test]
fn entries_from_elsewhere_are_adopted_where_they_follow() {
    each(|ledger| {
        let mut other = MemoryLedger::default();
        filled(&mut other, 3);
        let entries = other.entries("shop").unwrap();
        assert!(!ledger.adopt("shop", &entries[1..]).unwrap());
        assert!(ledger.adopt("shop", &entries[..2]).unwrap());
        assert!(!ledger.adopt("shop", &entries).unwrap());
        assert!(ledger.adopt("shop", &entries[2..]).unwrap());
        assert_eq!(ledger.entries("shop").unwrap(), entries);
    });
}

#[test]
fn changed_entries_are_detected() {
    type Change = fn(&mut Vec<Row>);
    let cases: &[(&str, Change, i64)] = &[
        (
            "an edited body",
            |rows| rows[1].body = rows[1].body.replace("finding", "approval"),
            2,
        ),
        ("an edited hash", |rows| rows[1].hash = "0".repeat(64), 2),
        ("a deleted row", |rows| drop(rows.remove(1)), 3),
        ("a deleted first row", |rows| drop(rows.remove(0)), 2),
        ("deleted last rows", |rows| rows.truncate(2), 4),
        ("no rows any more", |rows| rows.clear(), 4),
        (
            "reordered bodies",
            |rows| {
                let body = rows[1].body.clone();
                rows[1].body = std::mem::replace(&mut rows[2].body, body);
            },
            2,
        ),
        (
            "reordered rows",
            |rows| {
                rows.swap(1, 2);
                rows[1].number = 2;
                rows[2].number = 3;
            },
            2,
        ),
    ];
    for (name, change, expected) in cases {
        each(|ledger| {
            filled(ledger, 4);
            ledger.rewrite("shop", change);
            match ledger.entries("shop") {
                Err(FlowError::Tampered { entry, .. }) => assert_eq!(entry, *expected, "{name}"),
                other => panic!("{name}: {other:?}"),
            }
        });
    }
}

#[test]
fn a_tip_that_is_gone_is_detected_without_reading_what_lies_before() {
    each(|ledger| {
        filled(ledger, 3);
        let tip = Tip::of(&ledger.entries("shop").unwrap()[2]);
        ledger.rewrite("shop", &|rows| rows.truncate(2));
        let read = ledger.entries_after("shop", &tip);
        assert!(matches!(read, Err(FlowError::Tampered { entry: 3, .. })));
    });
}

#[test]
fn a_kept_state_that_somebody_changed_is_not_believed() {
    let mut ledger = OnDisk::new();
    filled(&mut ledger, 2);
    let change = "UPDATE kept SET state = 'gates open'";
    ledger.connection().execute(change, []).unwrap();
    let (_, kept) = ledger.kept("shop").unwrap().unwrap();
    assert_eq!(kept.state, "");
}

#[test]
fn many_open_a_new_database_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| SqliteLedger::open(&path).unwrap().projects().unwrap());
        }
    });
}
