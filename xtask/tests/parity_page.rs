//! The page of differences names only examples that exist.

use std::fs;

use anyhow::Result;
use xtask::mutation;

#[test]
fn every_example_on_the_page_exists() -> Result<()> {
    let root = xtask::root();
    let page = fs::read_to_string(root.join("docs/parity.md"))?;
    let all = mutation::read_all(&root)?;
    let (mut named, mut unknown) = (0, Vec::new());
    for code in page
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
    {
        let Some((file, name)) = code.split_once(": ") else {
            continue;
        };
        let Some(mutations) = all.get(&format!("{file}.toml")) else {
            continue;
        };
        named += 1;
        let short = format!("{name}:");
        let known = |it: &mutation::Mutation| it.name == name || it.name.starts_with(&short);
        if !mutations.mutation.iter().any(known) {
            unknown.push(code);
        }
    }
    assert!(named > 100, "only {named} examples are named");
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    Ok(())
}

#[test]
fn the_page_counts_what_there_is() -> Result<()> {
    let root = xtask::root();
    let page = fs::read_to_string(root.join("docs/parity.md"))?;
    let mut missing = Vec::new();
    for (file, mutations) in mutation::read_all(&root)? {
        let all = mutations.mutation.len();
        let differ = mutations.mutation.iter().filter(|it| it.why.is_some());
        let differ = differ.count();
        let same = all - differ;
        let check = &mutations.check;
        let row = format!("| `{file}` | `{check}` | {all} | {same} | {differ} |");
        if !page.contains(&row) {
            missing.push(row);
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    Ok(())
}
