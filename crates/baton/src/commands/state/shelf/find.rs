//! A phrase in the files of projects.

use std::fs;

use anyhow::Result;
use serde_json::{Value, json};

use super::super::answer::Answer;
use super::{Listed, MOST_BYTES, earliest, here, kind, of_project, projects};

/// The most places that are shown.
const MOST_HITS: usize = 20;
/// The words shown around a place.
const WORDS_BEFORE: usize = 15;
const WORDS_AFTER: usize = 24;

/// Finds a phrase, in any case.
pub(in super::super) fn search(
    term: &str,
    days: Option<u64>,
    only: Option<&str>,
) -> Result<Answer> {
    let place = here()?;
    let wanted = term.trim().to_lowercase();
    if wanted.is_empty() {
        return Ok(Answer::wrong(1, "there is nothing to look for"));
    }
    let earliest = earliest(days);
    let (mut hits, mut lines) = (Vec::new(), Vec::new());
    for project in projects(&place)? {
        if only.is_some_and(|only| only != project) {
            continue;
        }
        let files = of_project(&place, &project)?;
        let files = files
            .iter()
            .filter(|file| file.modified >= earliest && file.bytes <= MOST_BYTES);
        for file in files {
            // A file that went away meanwhile holds nothing.
            let bytes = fs::read(place.root.join(&file.path)).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            let Some((line, snippet)) = find(&text, &wanted) else {
                continue;
            };
            lines.push(format!("{}:{line}: {snippet}", file.path));
            hits.push(hit(file, line, &snippet));
        }
    }
    hits.truncate(MOST_HITS);
    lines.truncate(MOST_HITS);
    if lines.is_empty() {
        lines.push(format!("Nothing says `{term}`"));
    }
    let json = json!({"query": term, "count": hits.len(), "hits": hits});
    Ok(Answer::new(json, lines))
}

fn hit(file: &Listed, line: usize, snippet: &str) -> Value {
    json!({
        "project": file.project,
        "file": file.path,
        "type": kind::kind(file.name()),
        "step": kind::step(file.name()),
        "line": line,
        "snippet": snippet,
    })
}

/// The first line that holds a phrase in lower case, and the words around it.
fn find(text: &str, wanted: &str) -> Option<(usize, String)> {
    let mut lines = text.lines().enumerate();
    lines.find_map(|(number, line)| Some((number + 1, snippet(line, wanted)?)))
}

fn snippet(line: &str, wanted: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let at = lower.find(wanted)?;
    // Lower case may be of another length: then the line is shown without marks.
    let end = at + wanted.len();
    let parts = (line.get(..at), line.get(at..end), line.get(end..));
    let (Some(before), Some(found), Some(after)) = parts else {
        return Some(line.trim().to_owned());
    };
    if found.to_lowercase() != wanted {
        return Some(line.trim().to_owned());
    }
    let mut start: Vec<&str> = before
        .split_inclusive(' ')
        .rev()
        .take(WORDS_BEFORE)
        .collect();
    start.reverse();
    let rest: Vec<&str> = after.split_inclusive(' ').take(WORDS_AFTER).collect();
    let text = format!("{}>>{found}<<{}", start.concat(), rest.concat());
    Some(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_first_place_is_shown_with_what_stands_around_it() {
        let found = |text: &str, wanted: &str| find(text, wanted);
        assert_eq!(
            found("# A\n\nUse Azure SQL here.\n", "azure sql"),
            Some((3, "Use >>Azure SQL<< here.".to_owned()))
        );
        assert_eq!(found("nothing", "azure"), None);
        // The capital letter is longer than the small one.
        let turkish = found("İ says Azure", "azure");
        assert!(turkish.is_some_and(|(line, text)| line == 1 && text.contains("Azure")));
        let words = "word ".repeat(100);
        let long = found(&format!("{words}azure {words}"), "azure");
        assert_eq!(long.map(|(_, text)| text.split(' ').count()), Some(39));
    }
}
