//! Our own schemas: they compile, take what they should, and say where the rest is wrong.
//!
//! `fixtures/schemas/<kind>/good-*.json` are taken, `bad-*.json` are not; `expected.txt` beside
//! the folders says at which place of a bad one. `BLESS=1` rewrites it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use baton_repo::Schema;
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;

#[test]
fn every_schema_of_a_document_takes_and_refuses() {
    let mut told = String::new();
    for folder in entries(&root("fixtures/schemas")) {
        if !folder.is_dir() {
            continue;
        }
        let kind = name(&folder);
        let schema = read(&root("schemas").join(format!("{kind}.schema.json")));
        let schema = Schema::compile(&schema).unwrap_or_else(|error| panic!("{kind}: {error:?}"));
        let files = entries(&folder);
        let has = |start: &str| files.iter().any(|file| name(file).starts_with(start));
        assert!(has("good-") && has("bad-"), "{kind} needs good and bad");
        for file in &files {
            let found = schema.validate(&read(file));
            let is_good = name(file).starts_with("good-");
            assert_eq!(
                found.is_empty(),
                is_good,
                "{kind}/{}: {found:?}",
                name(file)
            );
            for error in found {
                let (name, pointer) = (name(file), &error.pointer);
                writeln!(told, "{kind}/{name} {pointer}: {}", error.message).unwrap();
            }
        }
    }
    let path = root("fixtures/schemas/expected.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &told).unwrap();
    }
    assert_eq!(told, fs::read_to_string(&path).unwrap());
}

#[test]
fn every_schema_has_an_address_of_its_own() {
    let mut addresses = BTreeSet::new();
    for file in entries(&root("schemas")) {
        let schema = read(&file);
        Schema::compile(&schema).unwrap_or_else(|error| panic!("{}: {error:?}", name(&file)));
        let address = schema.get("$id").and_then(Node::as_str).map(str::to_owned);
        assert!(
            addresses.insert(address.clone()),
            "{address:?} stands twice"
        );
        assert!(schema.get("title").is_some() && schema.get("description").is_some());
    }
}

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(folder)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Node {
    let text = fs::read_to_string(path).unwrap();
    json::parse(&text, Dialect::Strict).root.unwrap()
}
