//! Few lines of an agent hold absolute words.

use baton_source::Span;

use crate::support::prompting::{self, lines, phrases};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(absolute) = &ctx.repo.prompting().absolute_words else {
        return;
    };
    let body = file.body();
    let text = body.of(file.text());
    let mut count = vec![0_usize; absolute.words.len()];
    let (mut first, mut filled) = (None, 0_usize);
    for (start, line) in lines(text).filter(|(_, line)| !line.trim().is_empty()) {
        filled += 1;
        let is_loud = absolute
            .words
            .iter()
            .any(|word| line.contains(word.as_str()));
        if !is_loud || is_excluded(line, &absolute.exclude) {
            continue;
        }
        for (word, count) in absolute.words.iter().zip(&mut count) {
            for place in phrases(line, word) {
                *count += 1;
                first.get_or_insert(place.shifted(start));
            }
        }
    }
    let sum: usize = count.iter().sum();
    let Some(first) = first.filter(|_| sum * 100 > absolute.max_per_100 * filled) else {
        return;
    };
    let counted = absolute
        .words
        .iter()
        .zip(&count)
        .filter(|(_, count)| **count > 0);
    let counted: Vec<String> = counted
        .map(|(word, count)| format!("`{word}` {count}"))
        .collect();
    let message = format!(
        "too many absolute words in {filled} lines that are not blank, where {} in 100 are allowed: {}",
        absolute.max_per_100,
        counted.join(", ")
    );
    let at: Span = first.shifted(body.start as usize);
    let found = out.report(file.at(&at), message);
    found.help(
        "Say when a rule holds and what decides; keep absolute words for what must never happen.",
    );
    let model = prompting::model(ctx, file);
    prompting::lower(found, model.and_then(|model| model.family));
}

fn is_excluded(line: &str, parts: &[String]) -> bool {
    let lower = line.to_lowercase();
    parts.iter().any(|part| lower.contains(part.as_str()))
}
