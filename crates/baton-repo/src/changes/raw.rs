//! The raw format in which the `git` program writes differences.

use super::{Changes, Fate};
use crate::git::records;
use crate::source::escape;

/// Options that make `git` write it.
pub(super) const OPTIONS: &[&str] = &[
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-relative",
];

const SYMLINK: &str = "120000";

/// Reads `:<old mode> <new mode> <old id> <new id> <status>`, zero byte, path, zero byte.
pub(super) fn parse(listed: &[u8], prefix: &[u8]) -> Changes {
    let mut changes = Changes::default();
    let mut records = records(listed);
    while let Some(record) = records.next() {
        let header = record.strip_prefix(b":");
        let (Some(header), Some(path)) = (header, records.next()) else {
            continue;
        };
        let Some(path) = path.strip_prefix(prefix) else {
            continue;
        };
        match fate(&String::from_utf8_lossy(header)) {
            Fate::Same => {}
            Fate::Present => {
                changes.present.insert(escape(path).path);
            }
            Fate::New => changes.add(escape(path).path),
            Fate::Gone => {
                changes.gone.insert(escape(path).path);
            }
        }
    }
    changes
}

/// Adds untracked files; folders that are repositories of their own are left out.
pub(super) fn add_others(changes: &mut Changes, listed: &[u8], prefix: &[u8]) {
    let paths = records(listed).filter(|path| !path.ends_with(b"/"));
    let paths = paths.filter_map(|path| path.strip_prefix(prefix));
    paths.for_each(|path| changes.add(escape(path).path));
    let back: Vec<_> = changes
        .gone
        .intersection(&changes.present)
        .cloned()
        .collect();
    for path in back {
        changes.gone.remove(&path);
        changes.new.remove(&path);
    }
}

fn fate(header: &str) -> Fate {
    let mut fields = header.split(' ');
    let mut field = || fields.next().unwrap_or("");
    let (old_mode, new_mode, old, new, status) = (field(), field(), field(), field(), field());
    let has_text = |mode: &str| mode != "000000" && mode != "160000";
    let same_type = (old_mode == SYMLINK) == (new_mode == SYMLINK);
    match (has_text(old_mode), has_text(new_mode)) {
        _ if status == "U" => Fate::Same,
        (true, true) if old == new && same_type => Fate::Same,
        (true, true) => Fate::Present,
        (false, true) => Fate::New,
        (true, false) => Fate::Gone,
        (false, false) => Fate::Same,
    }
}
