//! The name somebody probably meant.

/// The known name with the fewest edits, when few enough make sense; the first in order of
/// several.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    nearest_within(name, (name.len() / 3).max(2), known)
}

/// So many pairs of letters are compared for one name; known names after that are not looked at.
const MOST_CELLS: usize = 500_000;

/// The known name with the fewest edits, when no more than so many make it.
pub fn nearest_within<'k>(
    name: &str,
    edits: usize,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    // As many edits as there are letters say nothing: any name is that near.
    let enough = edits.min(name.len().saturating_sub(1));
    let mut left = MOST_CELLS;
    // Each letter that one name has and the other has not is an edit.
    let alike = known
        .into_iter()
        .filter(|known| known.len().abs_diff(name.len()) <= enough);
    let compared = alike.take_while(|known| {
        left = left.saturating_sub((name.len() + 1).saturating_mul(known.len() + 1));
        left > 0
    });
    let measured = compared.map(|known| (distance(name, known), known));
    let (needed, known) = measured.min()?;
    (needed <= enough).then_some(known)
}

/// Levenshtein distance in bytes.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, from) in left.bytes().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        for (cell, to) in row.iter_mut().skip(1).zip(right.bytes()) {
            let replaced = diagonal + usize::from(from != to);
            diagonal = *cell;
            before = replaced.min(*cell + 1).min(before + 1);
            *cell = before;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn counts_edits() {
        for (left, right, edits) in [
            ("", "", 0),
            ("ab", "", 2),
            ("abc", "abd", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(left, right), edits, "{left} {right}");
        }
    }

    #[test]
    fn names_nothing_that_is_far_away() {
        assert_eq!(nearest("regoin", ["budget", "region"]), Some("region"));
        assert_eq!(nearest("colour", ["budget", "region"]), None);
        assert_eq!(nearest("x", []), None);
        assert_eq!(nearest("ab", ["xy"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("ab", ["ac"]), Some("ac"));
    }
}
