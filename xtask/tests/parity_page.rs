//! The pages of differences name only examples that exist, and their figures are current.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use xtask::{fault_table, mutation};

/// The page and the pages below it.
fn pages(root: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut paths = vec![root.join(fault_table::PAGE)];
    for entry in fs::read_dir(root.join("docs/parity"))? {
        paths.push(entry?.path());
    }
    let read = |path: PathBuf| Ok((path.clone(), fs::read_to_string(path)?));
    paths.into_iter().map(read).collect()
}

#[test]
fn every_example_on_the_pages_exists() -> Result<()> {
    let root = xtask::root();
    let all = mutation::read_all(&root)?;
    let pages = pages(&root)?;
    let (mut named, mut unknown) = (0, Vec::new());
    for code in pages
        .iter()
        .flat_map(|(_, page)| page.lines())
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
    assert!(named > 150, "only {named} examples are named");
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    Ok(())
}

#[test]
fn every_page_and_rule_that_is_linked_exists() -> Result<()> {
    let root = xtask::root();
    let (mut linked, mut dead) = (0, Vec::new());
    for (path, page) in pages(&root)? {
        let folder = path.parent().unwrap_or(&root);
        for target in page.split("](").skip(1) {
            let Some((target, _)) = target.split_once(')') else {
                continue;
            };
            if target.starts_with("https://") {
                continue;
            }
            linked += 1;
            let (file, _) = target.split_once('#').unwrap_or((target, ""));
            if !folder.join(file).is_file() {
                dead.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(linked > 40, "only {linked} links");
    assert!(dead.is_empty(), "{}", dead.join("\n"));
    Ok(())
}

#[test]
fn every_page_is_linked() -> Result<()> {
    let root = xtask::root();
    let pages = pages(&root)?;
    let (first, others) = pages.split_first().unwrap();
    for (path, _) in others {
        let name = path.file_name().unwrap().to_string_lossy();
        assert!(first.1.contains(&format!("](parity/{name})")), "{name}");
    }
    Ok(())
}

#[test]
fn the_table_of_faults_is_current() -> Result<()> {
    let root = xtask::root();
    let page = fs::read_to_string(root.join(fault_table::PAGE))?;
    let current = fault_table::page(&root)?;
    assert!(page == current, "run `cargo xtask gen`");
    Ok(())
}
