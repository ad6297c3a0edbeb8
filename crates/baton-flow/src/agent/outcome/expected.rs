//! Whether what a step is to leave behind is there: files, patterns, folders, headings.

use std::fs;
use std::path::Path;

use baton_syntax::glob::{literal_prefix, matches};

/// Deeper folders hold nothing a step is asked for.
const DEEPEST: usize = 32;

/// No folder is read to the end that has more files.
const MOST_FILES: usize = 20_000;

/// The files that are meant, or why they do not do.
pub(in crate::agent) fn find(root: &Path, wanted: &str) -> Result<Vec<String>, String> {
    let (path, heading) = match wanted.split_once('#') {
        Some((path, heading)) => (path, Some(heading)),
        None => (wanted, None),
    };
    let path = path.trim_start_matches("./");
    let is_pattern = path.contains(['*', '?', '[', '{']);
    if let Some(folder) = path.strip_suffix('/').filter(|_| !is_pattern) {
        let files = below(root, folder);
        return some(files, format!("`{path}` holds no file"));
    }
    if is_pattern {
        let pattern = path.strip_suffix('/').map(|folder| format!("{folder}/**"));
        let pattern = pattern.as_deref().unwrap_or(path);
        let start = literal_prefix(pattern);
        let start = start.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut files = below(root, start);
        files.retain(|file| matches(pattern, file).unwrap_or(false));
        return some(files, format!("nothing matches `{path}`"));
    }
    let text = fs::read(root.join(path)).map_err(|_| format!("`{path}` is missing"))?;
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(format!("`{path}` is empty"));
    }
    if let Some(heading) = heading
        && !has_heading(&String::from_utf8_lossy(&text), heading)
    {
        return Err(format!("`{path}` has no heading `{heading}`"));
    }
    Ok(vec![path.to_owned()])
}

fn some(files: Vec<String>, otherwise: String) -> Result<Vec<String>, String> {
    if files.is_empty() {
        Err(otherwise)
    } else {
        Ok(files)
    }
}

/// The files below a folder that are not empty, sorted. Links are not followed.
fn below(root: &Path, folder: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let entries = fs::read_dir(root.join(&folder)).into_iter().flatten();
        for entry in entries.flatten() {
            let (Ok(name), Ok(data)) = (entry.file_name().into_string(), entry.metadata()) else {
                continue;
            };
            let path = match folder.as_str() {
                "" => name,
                folder => format!("{folder}/{name}"),
            };
            if data.is_dir() && depth < DEEPEST {
                open.push((path, depth + 1));
            } else if data.is_file() && data.len() > 0 && out.len() < MOST_FILES {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}

/// Whether a text has a heading with this anchor, or one that says the same.
fn has_heading(text: &str, wanted: &str) -> bool {
    let wanted = anchor(wanted);
    let mut fence = false;
    text.lines().any(|line| {
        let line = line.trim_end();
        if line.trim_start().starts_with("```") {
            fence = !fence;
        }
        let title = line.trim_start_matches('#');
        let is_heading = title.len() < line.len() && title.starts_with(' ');
        !fence && is_heading && anchor(title) == wanted
    })
}

/// Words of a heading as an anchor: pictures and marks do not count.
fn anchor(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::find;

    #[test]
    fn files_patterns_folders_and_headings_are_found_or_told() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for (path, text) in [
            (
                "a/plan.md",
                "# Plan\n\n## 🔐 Governance Compliance Matrix\n",
            ),
            ("a/03-adr-1.md", "x"),
            ("a/empty.md", " \n"),
            ("infra/p/modules/x.bicep", "x"),
            ("a/fenced.md", "```\n## Only Code\n```\n"),
        ] {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        for (wanted, expected) in [
            ("a/plan.md", Ok("a/plan.md")),
            ("./a/plan.md", Ok("a/plan.md")),
            ("a/03-adr-*.md", Ok("a/03-adr-1.md")),
            ("infra/p/", Ok("infra/p/modules/x.bicep")),
            ("infra/*/", Ok("infra/p/modules/x.bicep")),
            ("a/plan.md#governance-compliance-matrix", Ok("a/plan.md")),
            ("a/plan.md#code", Err("`a/plan.md` has no heading `code`")),
            (
                "a/fenced.md#only-code",
                Err("`a/fenced.md` has no heading `only-code`"),
            ),
            ("a/none.md", Err("`a/none.md` is missing")),
            ("a/empty.md", Err("`a/empty.md` is empty")),
            ("a/05-*.md", Err("nothing matches `a/05-*.md`")),
            ("infra/q/", Err("`infra/q/` holds no file")),
        ] {
            let found = find(root, wanted);
            let found = found.as_ref().map(|files| files.join(" "));
            let expected = expected.map(str::to_owned);
            assert_eq!(found.map_err(Clone::clone), expected.map_err(str::to_owned));
        }
    }
}
