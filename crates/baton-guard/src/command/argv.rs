//! The words of a command as options and operands, however they are ordered and grouped.

use serde::Deserialize;

use crate::leaf::Arg;

/// How a program reads its options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Style {
    /// `-abc`, `--long`, `--long=value`; options and operands in any order.
    #[default]
    Gnu,
    /// `-long`, `--long`, `-long=value`: one hyphen is as good as two.
    Go,
    /// Words up to the first option name what is done; all words after an option are its values.
    Verb,
    /// `-Name value`, `-Name:value`, in any case, cut short at will.
    PowerShell,
    /// `/x` and `-x`, in any case.
    Dos,
    /// `-long`, one option per word.
    Long,
    /// As GNU programs, but what follows the first operand is an operand.
    Leading,
}

/// How the words of a program are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grammar {
    /// The form of its options.
    pub(crate) style: Style,
    /// Options that take the next word as their value.
    pub(crate) values: Vec<String>,
}

/// An option as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opt {
    /// With its hyphens; one hyphen and one letter for each of a group.
    pub(crate) name: String,
    /// Its value.
    pub(crate) value: Option<Arg>,
}

/// What the words of a command are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Reading {
    /// Options in order.
    pub(crate) options: Vec<Opt>,
    /// All other words.
    pub(crate) operands: Vec<Arg>,
}

impl Grammar {
    /// A grammar from a list of options between blanks.
    pub(crate) fn of(style: Style, values: &str) -> Grammar {
        Grammar {
            style,
            values: values.split_whitespace().map(str::to_owned).collect(),
        }
    }

    pub(crate) fn takes_value(&self, name: &str) -> bool {
        self.values.iter().any(|own| own == name)
    }

    fn letter_takes_value(&self, letter: char) -> bool {
        self.values.iter().any(|own| {
            let mut signs = own.chars();
            signs.next() == Some('-') && signs.next() == Some(letter) && signs.next().is_none()
        })
    }
}

/// How many of the first words are options with their values.
pub(crate) fn leading(words: &[Arg], grammar: &Grammar) -> usize {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let text = word.text.as_str();
        if text == "--" {
            return at + 1;
        }
        if !text.starts_with('-') || text == "-" {
            return at;
        }
        at += 1 + usize::from(takes_next(text, grammar));
    }
    at.min(words.len())
}

/// Whether the next word is the value of this option.
fn takes_next(text: &str, grammar: &Grammar) -> bool {
    if grammar.takes_value(text) {
        return true;
    }
    let Some(group) = text.strip_prefix('-').filter(|rest| !rest.starts_with('-')) else {
        return false;
    };
    if !matches!(grammar.style, Style::Gnu | Style::Leading) {
        return false;
    }
    let mut letters = group.chars();
    let taker = letters.find(|letter| grammar.letter_takes_value(*letter));
    taker.is_some() && letters.next().is_none()
}

/// Tells options from operands.
pub(crate) fn read(words: &[Arg], grammar: &Grammar) -> Reading {
    let mut reading = Reading::default();
    let mut rest = words;
    if grammar.style == Style::Leading {
        let (own, operands) = words.split_at(leading(words, grammar).min(words.len()));
        reading.operands.extend(operands.iter().cloned());
        rest = own;
    }
    if grammar.style == Style::Verb {
        rest = verbs(words, grammar, &mut reading);
    }
    while let Some((word, after)) = rest.split_first() {
        rest = after;
        if word.text == "--" && grammar.style != Style::PowerShell {
            reading.operands.extend(rest.iter().cloned());
            break;
        }
        let used = match grammar.style {
            Style::Gnu | Style::Leading => reading.gnu(word, rest, grammar),
            Style::Go | Style::Long => reading.long(word, rest, grammar),
            Style::Verb => reading.valued(word, rest),
            Style::PowerShell => reading.powershell(word, rest),
            Style::Dos => reading.dos(word),
        };
        rest = rest.get(used..).unwrap_or(&[]);
    }
    reading
}

/// The words that name what is done; the rest.
fn verbs<'a>(words: &'a [Arg], grammar: &Grammar, reading: &mut Reading) -> &'a [Arg] {
    let (before, rest) = words.split_at(leading(words, grammar).min(words.len()));
    for (index, word) in before.iter().enumerate() {
        if word.text.starts_with('-') {
            let value = before
                .get(index + 1)
                .filter(|_| grammar.takes_value(&word.text));
            reading.push(&word.text, value.cloned());
        }
    }
    let end = rest.iter().position(|word| word.text.starts_with('-'));
    let (verbs, rest) = rest.split_at(end.unwrap_or(rest.len()));
    reading.operands.extend(verbs.iter().cloned());
    rest
}

impl Reading {
    fn push(&mut self, name: &str, value: Option<Arg>) {
        self.options.push(Opt {
            name: name.to_owned(),
            value,
        });
    }

    /// An option of GNU programs, or an operand; how many further words it takes.
    fn gnu(&mut self, word: &Arg, rest: &[Arg], grammar: &Grammar) -> usize {
        let text = word.text.as_str();
        if text.starts_with("--") {
            return self.long(word, rest, grammar);
        }
        let Some(group) = text.strip_prefix('-').filter(|group| !group.is_empty()) else {
            self.operands.push(word.clone());
            return 0;
        };
        if grammar.takes_value(text) && group.chars().count() > 1 {
            self.push(text, rest.first().cloned());
            return 1;
        }
        for (at, letter) in group.char_indices() {
            let name = format!("-{letter}");
            if !grammar.letter_takes_value(letter) {
                self.push(&name, None);
                continue;
            }
            let attached = group.get(at + letter.len_utf8()..).unwrap_or("");
            if attached.is_empty() {
                return self.next_value(&name, rest);
            }
            self.push(&name, Some(Arg::plain(attached.trim_start_matches('='))));
            return 0;
        }
        0
    }

    /// `--name`, `--name=value`, `--name value`.
    fn long(&mut self, word: &Arg, rest: &[Arg], grammar: &Grammar) -> usize {
        let text = word.text.as_str();
        if !text.starts_with('-') || text == "-" {
            self.operands.push(word.clone());
            return 0;
        }
        let normal = match text.strip_prefix("--") {
            Some(bare) if grammar.style == Style::Go => format!("-{bare}"),
            _ => text.to_owned(),
        };
        if let Some((name, value)) = normal.split_once('=') {
            self.push(name, Some(Arg::plain(value)));
            return 0;
        }
        if grammar.takes_value(&normal) {
            return self.next_value(&normal, rest);
        }
        self.push(&normal, None);
        0
    }

    /// The value in the next word. What looks like an option is judged as one, for the same
    /// letter takes a value in one subcommand and none in another.
    fn next_value(&mut self, name: &str, rest: &[Arg]) -> usize {
        let is_value = |word: &&Arg| !word.text.starts_with('-') || word.text.contains(' ');
        let value = rest.first().filter(is_value);
        self.push(name, value.cloned());
        usize::from(value.is_some())
    }

    /// An option and every word up to the next one.
    fn valued(&mut self, word: &Arg, rest: &[Arg]) -> usize {
        let text = word.text.as_str();
        if let Some((name, value)) = text.split_once('=').filter(|_| text.starts_with('-')) {
            self.push(name, Some(Arg::plain(value)));
            return 0;
        }
        let count = rest
            .iter()
            .take_while(|word| !word.text.starts_with('-'))
            .count();
        let values = rest.get(..count).unwrap_or(&[]);
        if values.is_empty() {
            self.push(text, None);
        }
        for value in values {
            self.push(text, Some(value.clone()));
        }
        count
    }

    /// A parameter; the word after it is also an operand, for nobody tells switches apart.
    fn powershell(&mut self, word: &Arg, rest: &[Arg]) -> usize {
        let text = word.text.as_str();
        let letter = |text: &str| text.chars().next().is_some_and(char::is_alphabetic);
        let Some(bare) = text
            .strip_prefix(['-', '\u{2013}', '\u{2014}'])
            .filter(|bare| letter(bare))
        else {
            self.operands.push(word.clone());
            return 0;
        };
        if let Some((name, value)) = bare.split_once(':') {
            let negated = value.eq_ignore_ascii_case("$false");
            if !negated {
                self.push(&format!("-{name}"), Some(Arg::plain(value)));
            }
            self.operands.push(Arg::plain(value));
            return 0;
        }
        let value = rest.first().filter(|next| !next.text.starts_with('-'));
        self.push(&format!("-{bare}"), value.cloned());
        0
    }

    /// `/s`, also several in one word as `/s/q`.
    fn dos(&mut self, word: &Arg) -> usize {
        let text = word.text.to_lowercase();
        let switches = text.starts_with('/') && text.len() > 1;
        let dashed = text.starts_with('-') && text.len() > 1;
        let short = text
            .split('/')
            .skip(1)
            .all(|piece| piece.len() <= 2 || piece.contains(':'));
        if dashed || (switches && short) {
            for piece in text.trim_start_matches(['/', '-']).split('/') {
                self.push(&format!("/{piece}"), None);
            }
        } else {
            self.operands.push(word.clone());
        }
        0
    }
}
