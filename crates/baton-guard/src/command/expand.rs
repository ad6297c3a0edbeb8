//! Words of a shell become the words a program gets.

use baton_syntax::shell::{List, Part, PartKind, Word};

use super::output;
use super::parameter;
use super::scope::{Function, Scope};
use crate::leaf::{Arg, UNKNOWN};

/// More ways to read one command than this are not tried; what differs is then unknown.
const MAX_CHOICES: usize = 64;
/// More words from one brace expansion than this are not made.
const MAX_BRACES: usize = 64;

/// What expanding a word needs.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'s, 'a> {
    /// The script and its text.
    pub(crate) from: Source<'a>,
    /// What is known there.
    pub(crate) scope: &'s Scope<'a>,
    /// How many substitutions surround it.
    pub(crate) depth: usize,
}

/// A script and its text.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The tree.
    pub(crate) script: &'a baton_syntax::shell::Script,
    /// The text it was read from.
    pub(crate) text: &'a str,
}

impl<'a> Source<'a> {
    /// A function that this script holds.
    pub(crate) fn function(self, body: &'a baton_syntax::shell::Command) -> Function<'a> {
        Function {
            script: self.script,
            text: self.text,
            body,
        }
    }
}

/// Which of several values each variable takes in one reading.
#[derive(Default)]
pub(crate) struct Choices {
    /// Names, how many values each has, and which is taken.
    taken: Vec<(String, usize, usize)>,
    /// Whether there are too many readings.
    unknown: bool,
}

impl Choices {
    /// The value that a variable takes in this reading.
    pub(crate) fn pick(&mut self, name: &str, values: Vec<String>) -> String {
        let count = values.len();
        let mut values = values;
        if count < 2 {
            return values.pop().unwrap_or_default();
        }
        if self.unknown {
            return UNKNOWN.to_string();
        }
        let found = self.taken.iter().find(|(known, ..)| known == name);
        let at = found.map_or(0, |(_, _, at)| *at);
        if found.is_none() {
            self.taken.push((name.to_owned(), count, 0));
        }
        if at < count {
            values.swap_remove(at)
        } else {
            UNKNOWN.to_string()
        }
    }

    /// Goes on to the next reading, if there is one.
    fn advance(&mut self) -> bool {
        for (_, count, at) in &mut self.taken {
            *at += 1;
            if *at < *count {
                return true;
            }
            *at = 0;
        }
        false
    }
}

/// Every way to read the words of a command.
pub(crate) fn readings(words: &[Word], ground: Ground<'_, '_>) -> Vec<Vec<Arg>> {
    let mut choices = Choices::default();
    let mut all = Vec::new();
    loop {
        let mut args = Vec::new();
        for word in words {
            args.extend(fields(word, ground, &mut choices));
        }
        all.push(args);
        if !choices.advance() {
            return all;
        }
        if all.len() >= MAX_CHOICES {
            choices.unknown = true;
            choices.taken.clear();
        }
    }
}

/// Every text that a word which is not split may stand for.
pub(crate) fn texts(word: &Word, ground: Ground<'_, '_>) -> Vec<String> {
    let mut choices = Choices::default();
    let mut all = Vec::new();
    while all.len() < MAX_CHOICES {
        all.push(whole(&word.parts, ground, &mut choices));
        if !choices.advance() {
            break;
        }
    }
    all
}

/// The text of parts that are not split into words.
pub(crate) fn whole(parts: &[Part], ground: Ground<'_, '_>, choices: &mut Choices) -> String {
    let mut making = Making::default();
    making.quoted(parts, ground, choices);
    making.done().into_iter().map(|arg| arg.text).collect()
}

/// The words that one word becomes.
fn fields(word: &Word, ground: Ground<'_, '_>, choices: &mut Choices) -> Vec<Arg> {
    let mut all = Vec::new();
    for parts in braces(&word.parts) {
        let mut making = Making::default();
        making.parts(&parts, ground, choices);
        all.extend(making.done());
    }
    all
}

/// What brace expansions make of the parts of a word.
fn braces(parts: &[Part]) -> Vec<Vec<Part>> {
    let mut all = vec![Vec::new()];
    for part in parts {
        let PartKind::Braces(alternatives) = &part.kind else {
            for made in &mut all {
                made.push(part.clone());
            }
            continue;
        };
        let alternatives = match alternatives.as_slice() {
            [only] => range(only, part),
            several => several.iter().flat_map(|parts| braces(parts)).collect(),
        };
        if all.len() * alternatives.len() > MAX_BRACES {
            return vec![vec![literal(part, UNKNOWN.to_string())]];
        }
        let cross = |made: &Vec<Part>| -> Vec<Vec<Part>> {
            let joined = |end: &Vec<Part>| made.iter().chain(end).cloned().collect();
            alternatives.iter().map(joined).collect()
        };
        all = all.iter().flat_map(cross).collect();
    }
    all
}

/// `{a..c}` and `{1..3}`.
fn range(parts: &[Part], at: &Part) -> Vec<Vec<Part>> {
    let unknown = || vec![vec![literal(at, UNKNOWN.to_string())]];
    let [
        Part {
            kind: PartKind::Literal(text),
            ..
        },
    ] = parts
    else {
        return unknown();
    };
    let Some((from, to)) = text.split_once("..") else {
        return unknown();
    };
    let single = |text: &str| {
        let mut signs = text.chars();
        signs.next().filter(|_| signs.next().is_none())
    };
    let made: Vec<String> = match (from.parse::<u16>(), to.parse::<u16>()) {
        (Ok(from), Ok(to)) => (from.min(to)..=from.max(to))
            .map(|at| at.to_string())
            .collect(),
        _ => match (single(from), single(to)) {
            (Some(from), Some(to)) => (from.min(to)..=from.max(to)).map(String::from).collect(),
            _ => return unknown(),
        },
    };
    if made.len() > MAX_BRACES {
        return unknown();
    }
    made.into_iter()
        .map(|text| vec![literal(at, text)])
        .collect()
}

fn literal(at: &Part, text: String) -> Part {
    Part {
        span: at.span,
        kind: PartKind::Literal(text),
    }
}

/// Words that are being made.
#[derive(Default)]
struct Making {
    fields: Vec<Arg>,
    current: Option<Arg>,
}

impl Making {
    fn push(&mut self, text: &str) {
        self.current.get_or_insert_default().text.push_str(text);
    }

    fn end_field(&mut self) {
        self.fields.extend(self.current.take());
    }

    fn done(mut self) -> Vec<Arg> {
        self.end_field();
        self.fields
    }

    /// Text that an expansion outside quotes gives: it is split, and matched against files.
    fn split(&mut self, text: &str, ground: Ground<'_, '_>) {
        let separators = ground.scope.names.values("IFS").pop().unwrap_or_default();
        let mut pieces = text.split(|sign| separators.contains(sign));
        if let Some(first) = pieces.next().filter(|first| !first.is_empty()) {
            self.push(first);
            self.mark_glob(first);
        }
        for piece in pieces {
            self.end_field();
            if !piece.is_empty() {
                self.push(piece);
                self.mark_glob(piece);
            }
        }
    }

    fn mark_glob(&mut self, text: &str) {
        if text.contains(['*', '?', '[']) {
            self.current.get_or_insert_default().glob = true;
        }
    }

    fn parts(&mut self, parts: &[Part], ground: Ground<'_, '_>, choices: &mut Choices) {
        for part in parts {
            match &part.kind {
                PartKind::Parameter(parameter) => match parameter::words(parameter, ground) {
                    Some(words) => self.several(words),
                    None => self.split(&parameter::text(parameter, ground, choices), ground),
                },
                PartKind::Substitution(list) => {
                    let text = substituted(list, ground);
                    self.split(&text, ground);
                }
                PartKind::Glob(inner) => self.glob(part, inner, ground),
                PartKind::Process(list) => {
                    let holds = output::of_list(list, ground);
                    let arg = self.current.get_or_insert_default();
                    arg.text.push_str("/dev/fd/63");
                    arg.holds = Some(Box::new(holds));
                }
                _ => self.quoted(std::slice::from_ref(part), ground, choices),
            }
        }
    }

    /// `"$@"`: words of their own, the first and last joined to what stands beside them.
    fn several(&mut self, words: Vec<Arg>) {
        for (index, word) in words.into_iter().enumerate() {
            if index > 0 {
                self.end_field();
            }
            let current = self.current.get_or_insert_default();
            current.text.push_str(&word.text);
            current.glob |= word.glob;
        }
    }

    fn glob(&mut self, part: &Part, inner: &[Part], ground: Ground<'_, '_>) {
        let sign = part.span.of(ground.from.text);
        self.push(if inner.is_empty() && sign.len() <= 1 {
            sign
        } else {
            "*"
        });
        self.current.get_or_insert_default().glob = true;
    }

    /// Parts whose text is taken as it is.
    fn quoted(&mut self, parts: &[Part], ground: Ground<'_, '_>, choices: &mut Choices) {
        for part in parts {
            match &part.kind {
                PartKind::Literal(text)
                | PartKind::Escaped(text)
                | PartKind::SingleQuoted(text)
                | PartKind::AnsiQuoted(text)
                | PartKind::Tilde(text) => self.push(text),
                PartKind::DoubleQuoted(parts) => {
                    self.push("");
                    self.double_quoted(parts, ground, choices);
                }
                PartKind::Parameter(parameter) => {
                    let text = parameter::text(parameter, ground, choices);
                    self.push(&text);
                }
                PartKind::Substitution(list) => {
                    let text = substituted(list, ground);
                    self.push(&text);
                }
                PartKind::Glob(_) => self.push(part.span.of(ground.from.text)),
                PartKind::Process(list) => {
                    let holds = output::of_list(list, ground);
                    self.current.get_or_insert_default().holds = Some(Box::new(holds));
                    self.push("/dev/fd/63");
                }
                PartKind::Arithmetic(_) | PartKind::Braces(_) | PartKind::Array(_) => {
                    self.push(&UNKNOWN.to_string());
                }
            }
        }
    }

    fn double_quoted(&mut self, parts: &[Part], ground: Ground<'_, '_>, choices: &mut Choices) {
        for part in parts {
            match &part.kind {
                PartKind::Parameter(parameter) if parameter::is_all(parameter) => {
                    match parameter::words(parameter, ground) {
                        Some(words) => self.several(words),
                        None => self.push(&UNKNOWN.to_string()),
                    }
                }
                _ => self.quoted(std::slice::from_ref(part), ground, choices),
            }
        }
    }
}

/// What a substitution writes, line endings at its end removed.
fn substituted(list: &List, ground: Ground<'_, '_>) -> String {
    match output::of_list(list, ground) {
        crate::leaf::Input::Text(text) => text.trim_end_matches('\n').to_owned(),
        _ => UNKNOWN.to_string(),
    }
}
