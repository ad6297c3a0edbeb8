//! Whether a text is a regular expression in JavaScript's older, lenient syntax.
//!
//! Only what every engine refuses is a defect; what merely looks odd is not.

/// What is wrong with a pattern, as the end of a sentence.
pub(crate) fn defect(pattern: &str) -> Option<&'static str> {
    let mut scan = Scan {
        rest: pattern.chars().collect(),
        at: 0,
        open: Vec::new(),
        // Whether a quantifier may follow.
        atom: false,
    };
    while let Some(character) = scan.next() {
        if let Some(defect) = scan.step(character) {
            return Some(defect);
        }
    }
    (!scan.open.is_empty()).then_some("has a group that is never closed")
}

struct Scan {
    rest: Vec<char>,
    at: usize,
    /// For each open group, whether a quantifier may follow it.
    open: Vec<bool>,
    atom: bool,
}

impl Scan {
    fn next(&mut self) -> Option<char> {
        let character = self.peek(0)?;
        self.at += 1;
        Some(character)
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.get(self.at + ahead).copied()
    }

    fn step(&mut self, character: char) -> Option<&'static str> {
        match character {
            '\\' => {
                let Some(escaped) = self.next() else {
                    return Some("ends with a backslash");
                };
                self.atom = !matches!(escaped, 'b' | 'B');
            }
            '[' => return self.class(),
            '(' => return self.group(),
            ')' => match self.open.pop() {
                Some(quantifiable) => self.atom = quantifiable,
                None => return Some("closes a group that was never opened"),
            },
            '*' | '+' | '?' => return self.quantified(),
            '{' => match self.bounds() {
                Bounds::None => self.atom = true,
                Bounds::Ordered => return self.quantified(),
                Bounds::Swapped => return Some("has a repetition whose bounds are swapped"),
            },
            '^' | '$' | '|' => self.atom = false,
            _ => self.atom = true,
        }
        None
    }

    fn quantified(&mut self) -> Option<&'static str> {
        if !self.atom {
            return Some("repeats nothing");
        }
        if self.peek(0) == Some('?') {
            self.at += 1;
        }
        self.atom = false;
        None
    }

    /// Reads what follows an opening brace, when it is a repetition.
    fn bounds(&mut self) -> Bounds {
        let rest = self.rest.iter().skip(self.at);
        let inside: String = rest.take_while(|character| **character != '}').collect();
        let length = inside.chars().count();
        let (low, high) = inside.split_once(',').unwrap_or((&inside, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_closed = self.peek(length) == Some('}');
        if !is_closed || low.is_empty() || !is_number(low) || !is_number(high) {
            return Bounds::None;
        }
        self.at += length + 1;
        let value = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
        if !high.is_empty() && value(high) < value(low) {
            return Bounds::Swapped;
        }
        Bounds::Ordered
    }

    fn group(&mut self) -> Option<&'static str> {
        self.atom = false;
        if self.peek(0) != Some('?') {
            self.open.push(true);
            return None;
        }
        let (length, quantifiable) = match (self.peek(1), self.peek(2)) {
            // Looking ahead may be repeated in the older syntax; looking behind may not.
            (Some(':' | '=' | '!'), _) => (2, true),
            (Some('<'), Some('=' | '!')) => (3, false),
            (Some('<'), Some(first)) if first.is_alphabetic() || matches!(first, '_' | '$') => {
                let rest = self.rest.get(self.at..)?;
                let Some(end) = rest.iter().position(|character| *character == '>') else {
                    return Some("has a group whose name never ends");
                };
                (end + 1, true)
            }
            _ => return Some("has a group of an unknown kind"),
        };
        self.at += length;
        self.open.push(quantifiable);
        None
    }

    fn class(&mut self) -> Option<&'static str> {
        if self.peek(0) == Some('^') {
            self.at += 1;
        }
        let mut low: Option<char> = None;
        loop {
            let Some((character, plain)) = self.class_member() else {
                return Some("has a character class that is never closed");
            };
            if character == ']' && plain == Member::Closing {
                self.atom = true;
                return None;
            }
            let is_range = character == '-' && low.is_some() && self.peek(0) != Some(']');
            if !is_range {
                low = (plain != Member::Set).then_some(character);
                continue;
            }
            let Some((high, kind)) = self.class_member() else {
                return Some("has a character class that is never closed");
            };
            if kind == Member::Plain && low.is_some_and(|low| low > high) {
                return Some("has a range whose ends are swapped");
            }
            low = None;
        }
    }

    fn class_member(&mut self) -> Option<(char, Member)> {
        let character = self.next()?;
        Some(match character {
            ']' => (']', Member::Closing),
            // Which character an escape stands for does not matter here.
            '\\' => (self.next()?, Member::Set),
            _ => (character, Member::Plain),
        })
    }
}

/// What a brace begins.
enum Bounds {
    None,
    Ordered,
    Swapped,
}

#[derive(Clone, Copy, PartialEq)]
enum Member {
    Plain,
    Set,
    Closing,
}

#[cfg(test)]
mod tests {
    use super::defect;

    #[test]
    fn accepts_what_engines_accept() {
        for pattern in [
            "",
            "^↩ Return to Step 1$",
            "^▶ (Revise Plan|Compare AVM Modules)$",
            "a{2}b{1,}c{1,2}?",
            "x{,3}",
            "{",
            "]",
            "(?<=a)b(?!c)",
            "(?<name>a)\\k<name>",
            "[]",
            "[^]",
            "[a-z\\]\\d-]",
            "\\_\\-",
            "(?:a)*?",
            "(?=a)*",
        ] {
            assert_eq!(defect(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn refuses_what_engines_refuse() {
        for pattern in [
            "(", ")", "[", "[a", "*", "a**", "^*", "a{2,1}", "\\", "(?x)", "[z-a]", "(?<", "a|*",
            "(?<=a)*", "(?<n", "+",
        ] {
            assert!(defect(pattern).is_some(), "{pattern}");
        }
    }
}
