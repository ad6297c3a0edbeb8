//! Patterns of literal segments, `*` and `**`, matched without an automaton.

/// How many patterns the braces of one may stand for.
const MAX_ALTERNATIVES: usize = 64;

/// One pattern without braces, cut at `/`.
#[derive(Debug, Clone)]
pub(super) struct Segments(Vec<Segment>);

#[derive(Debug, Clone)]
enum Segment {
    /// `**`
    Any,
    /// Text without `*`.
    Literal(Box<str>),
    /// Texts with a `*` between each two.
    Starred(Box<[Box<str>]>),
}

impl Segment {
    fn is_any(&self) -> bool {
        matches!(self, Segment::Any)
    }
}

impl Segments {
    /// The name that every path it matches begins with.
    pub(super) fn first(&self) -> Option<&str> {
        match self.0.first()? {
            Segment::Literal(name) => Some(name),
            Segment::Any | Segment::Starred(_) => None,
        }
    }

    /// The [`ending`] of every path it matches, where there is only one.
    pub(super) fn ending(&self) -> Option<&str> {
        match self.0.last()? {
            Segment::Any => None,
            Segment::Literal(name) => Some(ending(name)),
            Segment::Starred(texts) => {
                let (_, ending) = texts.last()?.rsplit_once('.')?;
                Some(ending)
            }
        }
    }

    /// Whether they match a path that was cut at `/`.
    pub(super) fn matches(&self, parts: &[&str]) -> bool {
        matches(&self.0, parts)
    }
}

/// What follows the last dot of a name; empty where there is none.
pub(super) fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The patterns a pattern stands for; `None` when it needs more than segments.
pub(super) fn alternatives(pattern: &str) -> Option<Vec<Segments>> {
    let mut patterns = vec![String::new()];
    let mut rest = pattern;
    while let Some((before, braces)) = rest.split_once('{') {
        let (inside, after) = braces.split_once('}')?;
        let choices: Vec<&str> = inside.split(',').collect();
        let is_name = |choice: &&str| !choice.is_empty() && !choice.contains(['/', '*', '{']);
        if !choices.iter().all(is_name) || choices.len() * patterns.len() > MAX_ALTERNATIVES {
            return None;
        }
        let longer = |start: &String| -> Vec<String> {
            let choices = choices.iter();
            choices
                .map(|choice| format!("{start}{before}{choice}"))
                .collect()
        };
        patterns = patterns.iter().flat_map(longer).collect();
        rest = after;
    }
    patterns
        .iter()
        .map(|start| segments(&format!("{start}{rest}")))
        .collect()
}

fn segments(pattern: &str) -> Option<Segments> {
    if pattern.contains(['?', '[', ']', '{', '}', '\\']) {
        return None;
    }
    let mut segments = Vec::new();
    for part in pattern.split('/') {
        let after_any = matches!(segments.last(), Some(Segment::Any));
        segments.push(match part {
            "" => return None,
            "**" if after_any => return None,
            "**" => Segment::Any,
            _ if part.contains("**") => return None,
            _ if part.contains('*') => Segment::Starred(part.split('*').map(Box::from).collect()),
            _ => Segment::Literal(part.into()),
        });
    }
    Some(Segments(segments))
}

fn matches(segments: &[Segment], parts: &[&str]) -> bool {
    match (segments, parts) {
        ([], _) => parts.is_empty(),
        ([Segment::Any], _) => !parts.is_empty(),
        // Everything in folders of a name, as most exclusions are written.
        ([Segment::Any, Segment::Literal(name), Segment::Any], [folders @ .., _]) => {
            folders.contains(&&**name)
        }
        // Each segment that is left takes one part, so only the last parts matter.
        ([Segment::Any, rest @ ..], _) if !rest.iter().any(Segment::is_any) => {
            let skipped = parts.len().checked_sub(rest.len());
            let last = skipped.and_then(|skipped| parts.get(skipped..));
            last.is_some_and(|last| matches(rest, last))
        }
        (_, []) => false,
        ([Segment::Any, rest @ ..], [_, others @ ..]) => {
            matches(rest, parts) || matches(segments, others)
        }
        ([Segment::Literal(text), rest @ ..], [part, others @ ..]) => {
            **text == **part && matches(rest, others)
        }
        ([Segment::Starred(texts), rest @ ..], [part, others @ ..]) => {
            starred(texts, part) && matches(rest, others)
        }
    }
}

/// Whether a part of a path is the texts in order with anything between them.
fn starred(texts: &[Box<str>], part: &str) -> bool {
    let [first, between @ .., last] = texts else {
        return false;
    };
    let inside = part.strip_prefix(&**first);
    let Some(mut inside) = inside.and_then(|inside| inside.strip_suffix(&**last)) else {
        return false;
    };
    for text in between {
        let Some((_, rest)) = inside.split_once(&**text) else {
            return false;
        };
        inside = rest;
    }
    true
}
