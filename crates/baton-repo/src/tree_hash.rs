//! The digest of a folder of infrastructure code, as handoffs write it down.
//!
//! One SHA-256 over all files, sorted by path as UTF-16: for each the path from the folder, a
//! zero byte, the SHA-256 of its bytes in hexadecimal digits, and a zero byte.

use std::collections::BTreeSet;

use crate::{File, FileMode, Repo, digest};

/// What a folder of code holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// There is no such folder.
    Missing,
    /// A file that counts could not be read.
    Unread(String),
    /// All its files.
    Hashed {
        /// Their digest.
        value: String,
        /// How many there are.
        files: usize,
    },
}

/// What a folder of code holds now; its path goes from the root of the repository.
pub fn tree(repo: &Repo, root: &str) -> Tree {
    let Some(folder) = folder(root) else {
        return Tree::Missing;
    };
    let files = repo.files();
    let from = files.partition_point(|file| file.path.as_str() < folder.as_str());
    let below = files
        .iter()
        .skip(from)
        .map(|file| (file, relative(file.path.as_str(), &folder)));
    let below = below.map_while(|(file, path)| Some((file, path?)));
    let below: Vec<(&File, &str)> = below.collect();
    let excluded = repo.excluded().iter();
    let excluded = excluded.filter_map(|path| relative(path.as_str(), &folder));
    let excluded: Vec<&str> = excluded.collect();
    if below.is_empty() && excluded.is_empty() {
        return Tree::Missing;
    }
    let names = below
        .iter()
        .map(|(_, path)| *path)
        .chain(excluded.iter().copied());
    let sources: BTreeSet<&str> = names
        .filter_map(|path| path.strip_suffix(".bicep"))
        .collect();
    if let Some(path) = excluded.iter().find(|path| counts(path, &sources)) {
        return Tree::Unread(format!("{folder}{path}"));
    }
    hashed(below.into_iter().filter(|(_, path)| counts(path, &sources)))
}

fn hashed<'r>(files: impl Iterator<Item = (&'r File, &'r str)>) -> Tree {
    let files = files.filter(|(file, _)| file.mode() != Some(FileMode::Symlink));
    let mut files: Vec<(&File, &str)> = files.collect();
    files.sort_by(|(_, left), (_, right)| left.encode_utf16().cmp(right.encode_utf16()));
    let mut parts = Vec::new();
    for (file, path) in &files {
        let Some(digest) = file.sha256() else {
            return Tree::Unread(file.path.as_str().to_owned());
        };
        parts.push(format!("{path}\0{digest}\0"));
    }
    Tree::Hashed {
        value: digest::sha256_of_all(parts.iter().map(String::as_bytes)),
        files: files.len(),
    }
}

/// A folder with a slash at the end, or nothing for the root of the repository; `None` when it
/// lies outside.
fn folder(root: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in root.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    let path = parts.join("/");
    Some(if path.is_empty() { path } else { path + "/" })
}

fn relative<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder)
}

/// Whether a file is part of the digest: state, plans, what tools download and what Bicep
/// compiled beside its source are not.
fn counts(path: &str, sources: &BTreeSet<&str>) -> bool {
    const FOLDERS: [&str; 3] = [".terraform", "node_modules", ".git"];
    const ENDINGS: [&str; 3] = [".tfstate", ".tfstate.backup", ".tfplan"];
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_downloaded = folders.split('/').any(|folder| FOLDERS.contains(&folder));
    let is_made = name == "tfplan" || ENDINGS.iter().any(|ending| name.ends_with(ending));
    let compiled = path
        .strip_suffix(".json")
        .is_some_and(|stem| sources.contains(stem));
    !(is_downloaded || is_made || compiled)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Tree, tree};
    use crate::{Memory, Options, Repo, digest};

    fn of(paths: &[&str], root: &str) -> Tree {
        let source = Memory::new(paths.iter().map(|path| (*path, *path)));
        let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
        tree(&repo, root)
    }

    #[test]
    fn what_tools_make_does_not_count() {
        let all = [
            "infra/a/.terraform.lock.hcl",
            "infra/a/.terraform/modules/modules.json",
            "infra/a/main.bicep",
            "infra/a/main.json",
            "infra/a/other.json",
            "infra/a/out.tfplan",
            "infra/a/terraform.tfstate",
            "infra/a/terraform.tfstate.backup",
            "infra/a/tfplan",
            "infra/b/main.bicep",
        ];
        let kept = [
            "infra/a/.terraform.lock.hcl",
            "infra/a/main.bicep",
            "infra/a/other.json",
        ];
        assert_eq!(of(&all, "infra/a"), of(&kept, "./infra/a/"));
        let line = |name: &str| {
            format!(
                "{name}\0{}\0",
                digest::sha256(format!("infra/a/{name}").as_bytes())
            )
        };
        let text = [".terraform.lock.hcl", "main.bicep", "other.json"]
            .map(line)
            .concat();
        let value = digest::sha256(text.as_bytes());
        assert_eq!(of(&all, "infra/a"), Tree::Hashed { value, files: 3 });
    }

    #[test]
    fn the_order_is_that_of_utf16() {
        // U+FF5E comes before U+1F600 as UTF-8, and after its first half as UTF-16.
        let (low, high) = ("i/\u{1f600}", "i/\u{ff5e}");
        let line = |name: &str| {
            format!(
                "{name}\0{}\0",
                digest::sha256(format!("i/{name}").as_bytes())
            )
        };
        let text = ["\u{1f600}", "\u{ff5e}"].map(line).concat();
        let value = digest::sha256(text.as_bytes());
        assert_eq!(of(&[low, high], "i"), Tree::Hashed { value, files: 2 });
    }

    #[test]
    fn a_folder_may_be_missing() {
        assert_eq!(of(&["infra/ab/x"], "infra/a"), Tree::Missing);
        assert_eq!(of(&["infra/ab/x"], "../infra"), Tree::Missing);
    }
}
