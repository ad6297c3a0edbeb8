//! Paths in commands: what they lead to, and the named sets that rules speak of.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::leaf::UNKNOWN;

const TEXT: &str = include_str!("../../../../rules/guard/paths.toml");

/// Named sets of paths.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sets {
    sets: BTreeMap<String, Set>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    paths: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

static SETS: LazyLock<Sets> = LazyLock::new(|| {
    toml::from_str(TEXT).unwrap_or_else(|_| Sets {
        sets: BTreeMap::new(),
    })
});

impl Sets {
    /// The sets of the table.
    pub(crate) fn known() -> &'static Sets {
        &SETS
    }

    /// Whether there is a set of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.sets.contains_key(name)
    }

    /// Whether a path, in its normal form, is in a set.
    pub(crate) fn contain(&self, name: &str, path: &str) -> bool {
        let Some(set) = self.sets.get(name) else {
            return false;
        };
        let matches = |pattern: &String| path_like(pattern, path);
        set.paths.iter().any(matches) && !set.except.iter().any(matches)
    }
}

/// Whether a path matches a pattern. A pattern with a slash is about the end of a path, whole
/// names compared; one that begins with `/`, `~` or a drive is about the whole.
pub(crate) fn path_like(pattern: &str, path: &str) -> bool {
    if pattern.starts_with(['/', '~', '.']) && anchored(pattern) || pattern.get(1..2) == Some(":") {
        return like(pattern, path);
    }
    if like(pattern, path) {
        return true;
    }
    let starts = path.match_indices('/').map(|(at, _)| at + 1);
    starts
        .filter_map(|at| path.get(at..))
        .any(|end| like(pattern, end))
}

/// Whether a pattern is about whole paths: `.` and `..` are, `.git` is not.
fn anchored(pattern: &str) -> bool {
    !pattern.starts_with('.') || matches!(pattern, "." | "..") || pattern.starts_with("../")
}

/// Whether a text matches a pattern in which `*` stands for anything; case does not matter.
pub(crate) fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    true
}

/// The normal form of a path: slashes only, `.` and `..` resolved, patterns that stand for all
/// of a folder taken for the folder. A relative path begins with its first name; `.` is the
/// folder the command runs in.
pub(crate) fn normal(path: &str, folder: Option<&str>) -> String {
    let path = without_prefix(path).replace('\\', "/");
    let relative = !is_absolute(&path);
    let whole = match folder {
        Some(folder) if relative => format!("{}/{path}", folder.replace('\\', "/")),
        _ => path,
    };
    let root = if whole.starts_with('/') { "/" } else { "" };
    let mut names: Vec<&str> = Vec::new();
    for name in whole.split('/') {
        match name {
            "" | "." => {}
            ".." if names
                .last()
                .is_some_and(|last| *last != ".." && !is_start(last)) =>
            {
                names.pop();
            }
            ".." if !root.is_empty() => {}
            _ => names.push(name),
        }
    }
    while names.last().is_some_and(|last| is_everything(last)) {
        names.pop();
    }
    match (root, names.is_empty()) {
        ("", true) => ".".to_owned(),
        _ => format!("{root}{}", names.join("/")),
    }
}

/// Prefixes that name how a file is reached, not where it lies.
fn without_prefix(path: &str) -> &str {
    let path = path.trim_matches(|sign: char| sign == '"' || sign == '\'');
    let prefixes = ["file://", "filesystem::", "FileSystem::", r"\\?\", r"\\.\"];
    let stripped = prefixes.iter().find_map(|prefix| path.strip_prefix(prefix));
    let path = stripped.unwrap_or(path);
    // `/c/Users` and `/mnt/c/Users` are drives only where they are shown as such.
    path
}

fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '~', UNKNOWN]) || path.get(1..2) == Some(":")
}

/// Whether a name is where a path starts, above which nothing known lies.
fn is_start(name: &str) -> bool {
    name.ends_with(':') || name.contains(UNKNOWN)
}

/// Patterns that match all, or all hidden, names in a folder.
fn is_everything(name: &str) -> bool {
    matches!(
        name,
        "*" | ".*" | "**" | "*.*" | ".??*" | ".[!.]*" | ".[^.]*" | "..?*" | "?*" | "[!.]*"
    )
}
