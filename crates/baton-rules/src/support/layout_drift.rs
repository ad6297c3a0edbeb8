//! How far a text is from what a formatter makes of it.

use baton_source::Span;

/// Pairs of lines that are compared at most.
const MOST_PAIRS: usize = 4_000_000;

/// Where two texts differ.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Drift {
    /// The first line that differs, without its end; empty where lines are only missing.
    pub(crate) first: Span,
    /// How many lines differ.
    pub(crate) lines: usize,
    /// What has to be replaced.
    pub(crate) span: Span,
    /// What has to stand there.
    pub(crate) text: String,
}

/// What differs between a text and its formatted form; nothing if they are the same.
pub(crate) fn drift(old: &str, new: &str) -> Option<Drift> {
    if old == new {
        return None;
    }
    let (old_lines, new_lines) = (lines(old), lines(new));
    let pairs = || old_lines.iter().zip(&new_lines);
    let before = pairs().take_while(|(a, b)| a == b).count();
    let shorter = old_lines.len().min(new_lines.len()) - before;
    let reversed = old_lines.iter().rev().zip(new_lines.iter().rev());
    let after = reversed.take(shorter).take_while(|(a, b)| a == b).count();
    let old_middle = middle(&old_lines, before, after);
    let new_middle = middle(&new_lines, before, after);
    let start: usize = old_lines.iter().take(before).map(|line| line.len()).sum();
    let length: usize = old_middle.iter().map(|line| line.len()).sum();
    let first = old_middle.first().copied().unwrap_or_default();
    let first = first.trim_end_matches(['\r', '\n']).len();
    Some(Drift {
        first: Span::new(start, start + first),
        lines: differing(old_middle, new_middle),
        span: Span::new(start, start + length),
        text: new_middle.concat(),
    })
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn middle<'l, 't>(lines: &'l [&'t str], before: usize, after: usize) -> &'l [&'t str] {
    let end = lines.len().saturating_sub(after);
    lines.get(before..end).unwrap_or_default()
}

/// Lines that the two do not have in common.
fn differing(old: &[&str], new: &[&str]) -> usize {
    let most = old.len().max(new.len());
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        return most;
    }
    most - common(old, new)
}

/// The length of the longest sequence of lines in both.
fn common(old: &[&str], new: &[&str]) -> usize {
    let mut above = vec![0_usize; new.len()];
    for line in old {
        let mut diagonal = 0;
        let mut left = 0;
        for (other, cell) in new.iter().zip(above.iter_mut()) {
            let best = if line == other {
                diagonal + 1
            } else {
                left.max(*cell)
            };
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::drift;

    fn check(old: &str, new: &str, expected: (&str, usize)) {
        let found = drift(old, new).unwrap();
        let shown = (found.first.of(old), found.lines);
        assert_eq!(shown, expected, "{old:?} {new:?}");
        let mut fixed = old.to_owned();
        fixed.replace_range(
            found.span.start as usize..found.span.end as usize,
            &found.text,
        );
        assert_eq!(fixed, new);
    }

    #[test]
    fn tells_the_first_line_and_how_many() {
        assert_eq!(drift("a\n", "a\n"), None);
        check("a\nb\nc\n", "a\nB\nc\n", ("b", 1));
        check("a\nb\nc\nd\ne\n", "A\nb\nc\nD\ne\n", ("a", 2));
        check("a\n\n\nb\n", "a\n\nb\n", ("", 1));
        check("a\nb\n", "a\nx\nb\n", ("", 1));
        check("a", "a\n", ("a", 1));
        check("", "\n", ("", 1));
        check("a\r\nb\r\n", "a\nb\n", ("a", 2));
    }
}
