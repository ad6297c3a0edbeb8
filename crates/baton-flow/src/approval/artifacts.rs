//! From the name of an artifact to files and their digests.
//!
//! A name is a file, a pattern, a folder, or a file with the anchor of one of its headings.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use baton_repo::sha256;
use baton_syntax::{glob, markdown};

use crate::FlowError;

/// Folders in which tools keep what nobody wrote.
const NOT_WRITTEN: &[&str] = &[".git", ".terraform", "node_modules"];

/// Digests by path from the root, with the anchor where one was asked for.
pub(super) fn digests(root: &Path, name: &str) -> Result<BTreeMap<String, String>, FlowError> {
    let (path, anchor) = match name.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (name, None),
    };
    let mut found = BTreeMap::new();
    // A graph that names what lies outside of the repository is not followed there.
    if path.starts_with('/') || path.split('/').any(|part| part == "..") {
        return Ok(found);
    }
    let trimmed = path.trim_end_matches('/');
    if let Some(anchor) = anchor {
        let text =
            bytes(&root.join(trimmed))?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let section = text.and_then(|text| section(&text, anchor));
        found.extend(section.map(|text| (name.to_owned(), sha256(text.as_bytes()))));
        return Ok(found);
    }
    let literal = glob::literal_prefix(trimmed);
    if literal == trimmed {
        walk(root, trimmed, &mut found)?;
        return Ok(found);
    }
    let folder = literal.rsplit_once('/').map_or("", |(folder, _)| folder);
    walk(root, folder, &mut found)?;
    found.retain(|path, _| glob::matches(trimmed, path).unwrap_or(false));
    Ok(found)
}

/// The digests of a file, or of all files below a folder.
fn walk(root: &Path, path: &str, found: &mut BTreeMap<String, String>) -> Result<(), FlowError> {
    let full = root.join(path);
    let Ok(data) = fs::symlink_metadata(&full) else {
        return Ok(());
    };
    if data.is_dir() {
        let names = names(&full)?.into_iter();
        for name in names.filter(|name| !NOT_WRITTEN.contains(&name.as_str())) {
            let below = format!("{path}/{name}");
            walk(root, below.trim_start_matches('/'), found)?;
        }
        return Ok(());
    }
    // A link to a folder leads elsewhere, perhaps back here: what counts is where it leads.
    let leads_to_folder = data.is_symlink() && full.is_dir();
    let digest = if leads_to_folder {
        let target = fs::read_link(&full).map_err(unread(&full))?;
        Some(sha256(target.as_os_str().as_encoded_bytes()))
    } else {
        bytes(&full)?.map(|bytes| sha256(&bytes))
    };
    found.extend(digest.map(|digest| (path.to_owned(), digest)));
    Ok(())
}

fn names(folder: &Path) -> Result<Vec<String>, FlowError> {
    let entries = fs::read_dir(folder).map_err(unread(folder))?;
    let names = entries.map(|entry| {
        let entry = entry.map_err(unread(folder))?;
        Ok(entry.file_name().to_string_lossy().into_owned())
    });
    let mut names: Vec<String> = names.collect::<Result<_, FlowError>>()?;
    names.sort_unstable();
    Ok(names)
}

fn bytes(path: &Path) -> Result<Option<Vec<u8>>, FlowError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unread(path)(error)),
    }
}

fn unread(path: &Path) -> impl FnOnce(std::io::Error) -> FlowError {
    let path: PathBuf = path.to_owned();
    move |source| FlowError::File {
        path,
        action: "read",
        source,
    }
}

/// The section of a Markdown text whose heading has an anchor, its heading included.
fn section(text: &str, anchor: &str) -> Option<String> {
    let outline = markdown::parse(text, 0);
    let anchors = markdown::anchors(&outline.headings);
    // Emoji before a heading leave a hyphen, which people leave out.
    let plain = |anchor: &str| {
        let kept = anchor
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        kept.collect::<String>().trim_matches('-').to_lowercase()
    };
    let at = anchors
        .iter()
        .position(|found| plain(found) == plain(anchor))?;
    let heading = outline.headings.get(at)?;
    let body = outline.section(heading);
    let whole = baton_source::Span {
        start: heading.span.start,
        end: body.end,
    };
    Some(whole.of(text).to_owned())
}
