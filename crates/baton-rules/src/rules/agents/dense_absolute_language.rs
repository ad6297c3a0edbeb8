//! Absolute words are rare in the body of an agent.

use baton_source::Span;

use crate::support::agents::{self, Density};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(density) = agents::density(ctx) else {
        return;
    };
    let body = file.body();
    let text = body.of(file.text());
    let segments = outside_fences(text);
    let breaks = segments
        .iter()
        .map(|span| span.of(text).matches('\n').count());
    let lines = breaks.sum::<usize>() + 1;
    let mut words: Vec<Span> = Vec::new();
    for segment in segments {
        words.extend(
            absolute_words(segment.of(text), &density)
                .map(|word| word.shifted(segment.start as usize)),
        );
    }
    let Some(first) = words
        .first()
        .filter(|_| words.len() * 100 > density.max_per_100 * lines)
    else {
        return;
    };
    let counts = density.words.iter().filter_map(|word| {
        let count = words.iter().filter(|span| span.of(text) == word).count();
        (count > 0).then(|| format!("`{word}` {count}"))
    });
    let counts: Vec<String> = counts.collect();
    let message = format!(
        "too many absolute words in {lines} lines, where {} in 100 are allowed: {}",
        density.max_per_100,
        counts.join(", ")
    );
    let at = first.shifted(body.start as usize);
    out.report(file.at(&at), message)
        .help("Say why a thing matters instead of how much, and keep absolute words for what must never happen.");
}

/// The parts of a text outside blocks that three backticks at the beginning of a line open and
/// close; the rest of a closing line stays, an unclosed block too.
fn outside_fences(text: &str) -> Vec<Span> {
    let mut outside = Vec::new();
    let mut kept_from = 0;
    let mut open = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("```") {
            match open.take() {
                None => open = Some(at),
                Some(opening) => {
                    outside.push(Span::new(kept_from, opening));
                    kept_from = at + "```".len();
                }
            }
        }
        at += line.len();
    }
    outside.push(Span::new(kept_from, text.len()));
    outside
}

/// The absolute words on the lines that count.
fn absolute_words<'t>(text: &'t str, density: &'t Density<'t>) -> impl Iterator<Item = Span> + 't {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    });
    lines
        .filter(|(_, line)| line.bytes().any(|byte| byte.is_ascii_uppercase()))
        .flat_map(move |(start, line)| {
            let words = words_of(line)
                .filter(|word| density.words.iter().any(|known| known == word.of(line)));
            let words: Vec<Span> = words.collect();
            let counts = !words.is_empty() && !is_excluded(line, density);
            let counted = if counts { words } else { Vec::new() };
            counted.into_iter().map(move |word| word.shifted(start))
        })
}

fn is_excluded(line: &str, density: &Density<'_>) -> bool {
    let lower = line.to_lowercase();
    let exactly = density
        .exclude_exact
        .iter()
        .any(|part| line.contains(part.as_str()));
    exactly
        || density
            .exclude
            .iter()
            .any(|part| lower.contains(part.as_str()))
}

/// Runs of ASCII letters, digits and underscores.
fn words_of(line: &str) -> impl Iterator<Item = Span> + '_ {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut at = 0;
    let pieces = line
        .split_inclusive(move |letter| !is_word(letter))
        .map(move |piece| {
            let start = at;
            at += piece.len();
            Span::new(
                start,
                start + piece.trim_end_matches(|letter| !is_word(letter)).len(),
            )
        });
    pieces.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{outside_fences, words_of};

    #[test]
    fn leaves_fences_out() {
        let kept = |text: &str| {
            outside_fences(text)
                .iter()
                .map(|span| span.of(text))
                .collect::<String>()
        };
        assert_eq!(kept("a\n```sh\nMUST\n```\nb"), "a\n\nb");
        assert_eq!(kept("a\n```sh\nMUST\n"), "a\n```sh\nMUST\n");
        assert_eq!(kept("a\n  ```\nMUST\n  ```\n"), "a\n  ```\nMUST\n  ```\n");
    }

    #[test]
    fn cuts_words() {
        let line = "a MUST-é_X, `NEVER`";
        let words: Vec<&str> = words_of(line).map(|word| word.of(line)).collect();
        assert_eq!(words, ["a", "MUST", "_X", "NEVER"]);
    }
}
