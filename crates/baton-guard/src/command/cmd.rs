//! Command lines of the command interpreter of Windows.

use super::scope::Scope;
use super::{Place, Reader};
use crate::leaf::{Arg, Leaf, UNKNOWN};

/// Words that stand before a command.
const BEFORE: [&str; 3] = ["call", "start", "else"];

impl Reader {
    /// Reads a text of `cmd.exe`.
    pub(super) fn cmd(&mut self, text: &str, scope: &Scope<'_>, place: &Place) {
        for command in commands(text) {
            if !self.counts() {
                return;
            }
            for path in &command.writes {
                self.writes(path, None);
            }
            let mut words = command.words.as_slice();
            let first = words
                .first()
                .map(|word| word.to_lowercase())
                .unwrap_or_default();
            if matches!(first.as_str(), "for" | "if") || first.ends_with(')') {
                words = after_condition(words);
            }
            words = after_prefixes(words);
            if words.is_empty() {
                continue;
            }
            let argv = words.iter().map(|word| Arg {
                text: word.clone(),
                glob: word.contains(['*', '?']),
                ..Arg::default()
            });
            let leaf = Leaf {
                argv: argv.collect(),
                via: place.via.clone(),
                ..Leaf::default()
            };
            self.command(&leaf, scope, place);
        }
    }
}

/// The words after `call`, `start` and their switches.
fn after_prefixes(words: &[String]) -> &[String] {
    let is_prefix = |word: &String| BEFORE.contains(&word.to_lowercase().as_str());
    let mut words = words;
    while words.first().is_some_and(is_prefix) {
        let own = |word: &&String| word.starts_with('/') || word.is_empty();
        let switches = words.iter().skip(1).take_while(own).count();
        words = words.get(1 + switches..).unwrap_or(&[]);
    }
    words
}

/// The words after `do`, or after the operands of `if`.
fn after_condition(words: &[String]) -> &[String] {
    let is = |word: &String, name: &str| word.eq_ignore_ascii_case(name);
    if let Some(at) = words.iter().position(|word| is(word, "do")) {
        return words.get(at + 1..).unwrap_or(&[]);
    }
    let options = |word: &&String| is(word, "if") || is(word, "not") || is(word, "/i");
    let start = words.iter().take_while(options).count();
    let length = match words.get(start) {
        Some(word) if is(word, "exist") || is(word, "defined") || is(word, "errorlevel") => 2,
        Some(word) if word.contains("==") => 1,
        _ => 3,
    };
    words.get(start + length..).unwrap_or(&[])
}

#[derive(Default)]
struct Found {
    words: Vec<String>,
    writes: Vec<String>,
}

/// What is known on the way through a line.
#[derive(Default)]
struct Line {
    all: Vec<Found>,
    current: Found,
    word: Option<String>,
    /// Whether the next word is a file that is written to.
    redirects: bool,
}

impl Line {
    fn end_word(&mut self) {
        let Some(word) = self.word.take() else {
            return;
        };
        if std::mem::take(&mut self.redirects) {
            self.current.writes.push(word);
        } else {
            self.current.words.push(word);
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        self.all.push(std::mem::take(&mut self.current));
    }
}

/// Commands with their words; `^` and quotes removed.
fn commands(text: &str) -> Vec<Found> {
    let mut line = Line::default();
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => {
                quoted = !quoted;
                line.word.get_or_insert_default();
            }
            '^' if !quoted => {
                if let Some(next) = signs.next().filter(|next| *next != '\n') {
                    line.word.get_or_insert_default().push(next);
                }
            }
            '%' => {
                let name: String = signs.clone().take_while(|sign| *sign != '%').collect();
                let closed = signs.clone().nth(name.chars().count()) == Some('%');
                let value = variable(&name);
                if closed && !name.contains(' ') {
                    signs.nth(name.chars().count());
                    line.word.get_or_insert_default().push_str(&value);
                } else {
                    line.word.get_or_insert_default().push('%');
                }
            }
            _ if quoted => line.word.get_or_insert_default().push(sign),
            '&' | '|' | '\n' | '(' | ')' if line.word.is_none() || !matches!(sign, '(' | ')') => {
                line.end_command();
            }
            '>' => {
                if line
                    .word
                    .as_deref()
                    .is_some_and(|word| matches!(word, "1" | "2"))
                {
                    line.word = None;
                }
                line.end_word();
                line.redirects = true;
            }
            '@' if line.word.is_none() && line.current.words.is_empty() => {}
            ' ' | '\t' | '\r' | ',' | ';' | '=' if line.word.is_some() || sign != '=' => {
                if sign == '=' {
                    line.word.get_or_insert_default().push(sign);
                } else {
                    line.end_word();
                }
            }
            _ => line.word.get_or_insert_default().push(sign),
        }
    }
    line.end_command();
    line.all
        .retain(|found| !found.words.is_empty() || !found.writes.is_empty());
    line.all
}

/// What `%NAME%` stands for.
fn variable(name: &str) -> String {
    let lower = name.to_lowercase();
    let known = match lower.as_str() {
        "userprofile" | "homepath" => "~",
        "systemdrive" | "homedrive" => "C:",
        "systemroot" | "windir" => "C:/Windows",
        "temp" | "tmp" => "/tmp/.",
        "cd" => ".",
        _ => return UNKNOWN.to_string(),
    };
    known.to_owned()
}
