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
    let mut best: Option<(usize, &str)> = None;
    for known in compared {
        let most = best.map_or(enough, |(needed, _)| needed);
        let found = distance(name, known, most).map(|needed| (needed, known));
        best = best.into_iter().chain(found).min();
    }
    best.map(|(_, known)| known)
}

/// Levenshtein distance in bytes, if it is no more than `most`.
///
/// Only cells so near the diagonal are computed; it ends where every way takes too many edits.
fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    let (left, right) = without_shared_ends(left.as_bytes(), right.as_bytes());
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, from) in left.iter().enumerate() {
        let first = i.saturating_sub(most);
        let width = (i + most + 1).min(right.len()).saturating_sub(first);
        let mut cells = row.iter_mut().skip(first);
        let start = cells.next()?;
        let mut diagonal = *start;
        // Left of the band every way takes too many edits.
        *start = if first == 0 { i + 1 } else { most + 1 };
        let (mut before, mut least) = (*start, *start);
        for (cell, to) in cells.zip(right.iter().skip(first)).take(width) {
            let replaced = diagonal + usize::from(from != to);
            diagonal = *cell;
            before = replaced.min(*cell + 1).min(before + 1);
            *cell = before;
            least = least.min(before);
        }
        if least > most {
            return None;
        }
    }
    row.last().copied().filter(|needed| *needed <= most)
}

/// What is left of two texts without what both begin and end with.
fn without_shared_ends<'t>(mut left: &'t [u8], mut right: &'t [u8]) -> (&'t [u8], &'t [u8]) {
    while let ([first, rest @ ..], [other, others @ ..]) = (left, right)
        && first == other
    {
        (left, right) = (rest, others);
    }
    while let ([rest @ .., last], [others @ .., other]) = (left, right)
        && last == other
    {
        (left, right) = (rest, others);
    }
    (left, right)
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
            ("flaw", "lawn", 2),
            ("abcdef", "fedcba", 6),
            ("xabcdefgh", "abcdefghy", 2),
        ] {
            for most in edits..edits + 3 {
                assert_eq!(distance(left, right, most), Some(edits), "{left} {right}");
                assert_eq!(distance(right, left, most), Some(edits), "{right} {left}");
            }
            for most in 0..edits {
                assert_eq!(distance(left, right, most), None, "{left} {right} {most}");
            }
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
