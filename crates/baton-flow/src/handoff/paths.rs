//! Paths as a short list: one by one while there is room, else as patterns.

use std::collections::{BTreeMap, BTreeSet};

/// How coarse patterns are, from none to one per folder.
const COARSEST: u32 = 3;

/// The paths, or patterns with the number of files behind each, in at most `room` lines. Files
/// come together where that saves most lines, and no more of them than must.
pub(super) fn grouped(paths: &[&str], room: usize) -> Vec<String> {
    let mut entries: Vec<(&str, u32)> = paths.iter().map(|path| (*path, 0)).collect();
    for coarseness in 1..=COARSEST {
        while shown(&entries).len() > room {
            let Some(pattern) = heaviest(&entries, coarseness) else {
                break;
            };
            let behind = |path: &str| self::pattern(path, coarseness) == pattern;
            let joined = entries.iter_mut().filter(|(path, _)| behind(path));
            joined.for_each(|(_, level)| *level = coarseness);
        }
    }
    let mut lines = shown(&entries);
    lines.truncate(room);
    lines
}

/// The pattern behind which most lines would disappear.
fn heaviest(entries: &[(&str, u32)], coarseness: u32) -> Option<String> {
    let mut lines: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, level) in entries {
        let behind = lines.entry(pattern(path, coarseness)).or_default();
        behind.insert(pattern(path, *level));
    }
    let mut best: Option<(usize, String)> = None;
    for (pattern, behind) in lines {
        if behind.len() > best.as_ref().map_or(1, |(count, _)| *count) {
            best = Some((behind.len(), pattern));
        }
    }
    best.map(|(_, pattern)| pattern)
}

fn shown(entries: &[(&str, u32)]) -> Vec<String> {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, level) in entries {
        groups.entry(pattern(path, *level)).or_default().push(path);
    }
    let lines = groups
        .iter()
        .map(|(pattern, paths)| match paths.as_slice() {
            [path] => code(path),
            paths => format!("{} ({} files)", code(pattern), paths.len()),
        });
    lines.collect()
}

/// What a path is grouped by.
fn pattern(path: &str, coarseness: u32) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let slash = if folder.is_empty() { "" } else { "/" };
    // `07-ab-cost.md` belongs to step 07, `challenge-findings-plan.json` to no step.
    let prefix = name.split_once('-').map_or(name, |(prefix, _)| prefix);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match coarseness {
        0 => path.to_owned(),
        1 => format!("{folder}{slash}{prefix}-*.{ending}"),
        2 => format!("{folder}{slash}*.{ending}"),
        _ => {
            let top: Vec<&str> = folder.split('/').take(2).collect();
            format!("{}{slash}**", top.join("/"))
        }
    }
}

/// Text as Markdown shows code.
pub(super) fn code(text: &str) -> String {
    if text.contains('`') {
        return format!("`` {text} ``");
    }
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn patterns_stand_in_only_where_room_is_short() {
        let paths = [
            "agent-output/shop/03-a.md",
            "agent-output/shop/07-a.md",
            "agent-output/shop/07-b.md",
            "agent-output/shop/07-c.png",
            "infra/bicep/shop/main.bicep",
        ];
        let cases: [(usize, &[&str]); 4] = [
            (
                5,
                &[
                    "`agent-output/shop/03-a.md`",
                    "`agent-output/shop/07-a.md`",
                    "`agent-output/shop/07-b.md`",
                    "`agent-output/shop/07-c.png`",
                    "`infra/bicep/shop/main.bicep`",
                ],
            ),
            (
                4,
                &[
                    "`agent-output/shop/03-a.md`",
                    "`agent-output/shop/07-*.md` (2 files)",
                    "`agent-output/shop/07-c.png`",
                    "`infra/bicep/shop/main.bicep`",
                ],
            ),
            (
                3,
                &[
                    "`agent-output/shop/*.md` (3 files)",
                    "`agent-output/shop/07-c.png`",
                    "`infra/bicep/shop/main.bicep`",
                ],
            ),
            (
                2,
                &[
                    "`agent-output/shop/**` (4 files)",
                    "`infra/bicep/shop/main.bicep`",
                ],
            ),
        ];
        for (room, expected) in cases {
            assert_eq!(grouped(&paths, room), expected, "{room}");
        }
    }
}
