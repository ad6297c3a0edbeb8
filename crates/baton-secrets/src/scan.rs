//! Reading a text once and looking closely where a keyword stands.

use std::borrow::Cow;
use std::sync::LazyLock;

use baton_source::Span;

use crate::checksum;
use crate::guess;
use crate::keywords::Keywords;
use crate::placeholder::is_placeholder;
use crate::redact::redact;
use crate::shape::{Confidence, Edge, Lead, Shape, shapes};

/// Bytes on either side of a match among which a word that must stand on its line is sought.
const NEAR: usize = 300;
/// Bytes before a keyword that the rest of its name may take.
const LEAD: usize = 80;
/// Bytes of a line that are looked at for a comment that allows what stands there.
const LINE: usize = 2_000;

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// The name of its shape, or the id of the repository's own rule.
    pub kind: Cow<'static, str>,
    /// What it is, for a sentence: `a GitHub token`.
    pub name: Cow<'static, str>,
    /// Kinds with the same consequences.
    pub group: Cow<'static, str>,
    /// Where it stands.
    pub span: Span,
    /// The secret as it may be shown.
    pub redacted: String,
    /// How sure the find is.
    pub confidence: Confidence,
}

/// Keywords of every shape, and what to look for at each.
struct Index {
    keywords: Keywords,
    words: Vec<Word>,
}

/// A keyword, whether case counts, and the shapes.
struct Word {
    text: String,
    exact: bool,
    shapes: Vec<&'static Shape>,
}

fn index() -> &'static Index {
    static INDEX: LazyLock<Index> = LazyLock::new(build);
    &INDEX
}

fn build() -> Index {
    let mut words: Vec<Word> = Vec::new();
    for shape in shapes() {
        for keyword in &shape.keywords {
            match words.iter_mut().find(|word| word.text == *keyword) {
                Some(word) => word.shapes.push(shape),
                None => words.push(Word {
                    text: keyword.clone(),
                    exact: keyword.bytes().any(|byte| byte.is_ascii_uppercase()),
                    shapes: vec![shape],
                }),
            }
        }
    }
    Index {
        keywords: Keywords::new(words.iter().map(|word| word.text.as_str())),
        words,
    }
}

/// Every secret in a text, in order, none overlapping another. Comments that allow one
/// (`gitleaks:allow`, `pragma: allowlist secret`) are heeded.
pub fn scan(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    let index = index();
    index.keywords.each(text, |number, start| {
        if let Some(word) = index
            .words
            .get(number)
            .filter(|word| word.stands(text, start))
        {
            let secrets = word
                .shapes
                .iter()
                .filter_map(|shape| look(text, start, shape));
            found.extend(secrets.filter(|secret| !is_allowed(text, secret.span)));
        }
    });
    without_overlaps(found)
}

impl Word {
    /// Whether the keyword stands at a place.
    fn stands(&self, text: &str, start: usize) -> bool {
        let (word, text) = (self.text.as_bytes(), text.as_bytes());
        let there = text.get(start..start + word.len());
        let is_same = if self.exact {
            PartialEq::eq
        } else {
            <[u8]>::eq_ignore_ascii_case
        };
        there.is_some_and(|there| is_same(there, word))
    }
}

/// Keeps, of finds that overlap, the surest.
pub(crate) fn without_overlaps(mut found: Vec<Secret>) -> Vec<Secret> {
    found.sort_by_key(|secret| secret.span);
    // Of equals, the kind that is told first is the more telling one.
    let place = |secret: &Secret| shapes().iter().position(|shape| shape.kind == secret.kind);
    let rank = |secret: &Secret| {
        let place = std::cmp::Reverse(place(secret).unwrap_or(usize::MAX));
        (secret.confidence, place, secret.span.len())
    };
    let mut kept: Vec<Secret> = Vec::with_capacity(found.len());
    for secret in found {
        match kept.last_mut() {
            Some(last) if secret.span.start < last.span.end => {
                if rank(&secret) > rank(last) {
                    *last = secret;
                }
            }
            _ => kept.push(secret),
        }
    }
    kept
}

/// What a shape sees at a keyword.
fn look(text: &str, keyword: usize, shape: &'static Shape) -> Option<Secret> {
    let start = keyword.checked_sub(shape.before)?;
    let (start, end) = if shape.reach == 0 {
        (start, boundary(text, start + shape.window))
    } else {
        let from = boundary(text, keyword.saturating_sub(shape.reach));
        (from, boundary(text, keyword + shape.window))
    };
    let window = text.get(start..end)?;
    if shape.reach == 0 && !is_free(shape.edge, text.get(..start)?.bytes().next_back()) {
        return None;
    }
    if shape.lead.is_some_and(|lead| !leads(lead, text, keyword)) {
        return None;
    }
    let captures = shape.regex()?.captures(window.as_bytes())?;
    let form = captures.get(0)?;
    let group = captures.iter().skip(1).flatten().next().unwrap_or(form);
    let after = text.get(start + form.end()..)?;
    if !shape.loose && !is_free(shape.edge, after.bytes().next()) && form.end() < window.len() {
        return None;
    }
    let (value, whole_form) = (window.get(group.range())?, window.get(form.range())?);
    let is_weak = |guess| !guess::fits(guess, whole_form, value);
    if is_placeholder(whole_form, value, shape.entropy)
        || shape.guess.is_some_and(is_weak)
        || !is_near(shape, text, start + form.start())
    {
        return None;
    }
    let proof = shape.checksum.and_then(|sum| checksum::holds(sum, value));
    Some(Secret {
        kind: Cow::Borrowed(&shape.kind),
        name: Cow::Borrowed(&shape.name),
        group: Cow::Borrowed(&shape.group),
        span: Span::new(start + group.start(), whole(text, start + group.end(), end)),
        redacted: redact(value),
        confidence: match proof {
            Some(true) => Confidence::High,
            Some(false) => Confidence::Low,
            None => shape.confidence,
        },
    })
}

/// Where a value really ends when the window that was looked at cut it off.
fn whole(text: &str, end: usize, window: usize) -> usize {
    if end < window {
        return end;
    }
    let rest = text.get(end..).unwrap_or("").bytes();
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || b"_+/=-".contains(byte);
    end + rest.take_while(belongs).count()
}

/// The last place at or before `at` where a character begins.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (at.saturating_sub(3)..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Whether a neighbour lets a form end, or begin, here.
fn is_free(edge: Edge, neighbour: Option<u8>) -> bool {
    let Some(byte) = neighbour else { return true };
    match edge {
        Edge::None => true,
        Edge::Word => !byte.is_ascii_alphanumeric() && byte != b'_',
        Edge::Base64 => !byte.is_ascii_alphanumeric() && !b"_+/".contains(&byte),
        Edge::Number => !byte.is_ascii_digit() && byte != b'.',
    }
}

/// Whether what stands before a keyword on its line makes it the name that is asked for.
fn leads(lead: Lead, text: &str, keyword: usize) -> bool {
    let from = boundary(text, keyword.saturating_sub(LEAD));
    let before = text.get(from..keyword).unwrap_or("");
    let (line, is_whole) = match before.rsplit_once('\n') {
        Some((_, line)) => (line, true),
        None => (before, from == 0),
    };
    let name = line
        .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '-');
    match lead {
        Lead::Flag => {
            let word = line.get(name.len()..).unwrap_or("");
            word.starts_with("--")
        }
        Lead::Assignment => {
            let words = ["", "export", "set", "ENV", "ARG", "-", "setx"];
            is_whole && words.contains(&name.trim())
        }
    }
}

/// Whether one of the words that must stand on the same line does.
fn is_near(shape: &Shape, text: &str, start: usize) -> bool {
    if shape.near.is_empty() {
        return true;
    }
    let from = boundary(text, start.saturating_sub(NEAR));
    let to = boundary(text, start + NEAR);
    let before = text.get(from..start).unwrap_or("");
    let after = text.get(start..to).unwrap_or("");
    let before = before
        .rsplit('\n')
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    let after = after.split('\n').next().unwrap_or("").to_ascii_lowercase();
    let stands = |word: &String| before.contains(word.as_str()) || after.contains(word.as_str());
    shape.near.iter().any(stands)
}

/// Whether a comment on the line, or the one that speaks for the next line, allows what stands
/// there.
pub(crate) fn is_allowed(text: &str, span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let from = boundary(text, start.saturating_sub(LINE));
    let mut before = text.get(from..start).unwrap_or("").rsplit('\n');
    let after = text.get(end..boundary(text, end + LINE)).unwrap_or("");
    let after = after.split('\n').next().unwrap_or("");
    let here = [
        before.next().unwrap_or(""),
        Span::new(start, end).of(text),
        after,
    ];
    let above = before.next().unwrap_or("");
    here.iter().any(|part| allows(part, "secret")) || allows(above, "nextline")
}

fn allows(line: &str, what: &str) -> bool {
    if what == "secret" && line.contains("gitleaks:allow") {
        return true;
    }
    let Some((_, rest)) = line.split_once("pragma:") else {
        return false;
    };
    let rest = rest.trim_start();
    let rest = rest
        .strip_prefix("allowlist")
        .or_else(|| rest.strip_prefix("whitelist"));
    rest.is_some_and(|rest| rest.trim_start_matches([' ', '-']).starts_with(what))
}

#[cfg(test)]
mod tests;
