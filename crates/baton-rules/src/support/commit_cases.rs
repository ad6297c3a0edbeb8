//! Whether a text is in lower case, kebab case, sentence case …, as commitlint understands that.

use std::sync::LazyLock;

use regex::Regex;

/// Whether a text is of a case; quoted words do not count, and what begins with a digit is of
/// every case. `None` when the case is not known.
pub(crate) fn is_of_case(text: &str, case: &str) -> Option<bool> {
    static QUOTED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new("`.*?`|\".*?\"|'.*?'").ok());
    let bare = QUOTED
        .as_ref()
        .map_or_else(|| text.into(), |quoted| quoted.replace_all(text, ""));
    let input = bare.trim();
    let written = match case {
        "upper-case" | "uppercase" => input.to_uppercase(),
        "lower-case" | "lowercase" | "lowerCase" => input.to_lowercase(),
        "sentence-case" | "sentencecase" => upper_first(input),
        "camel-case" => camel(input),
        "pascal-case" => upper_first(&camel(input)),
        "kebab-case" => lowered(input, "-"),
        "snake-case" => lowered(input, "_"),
        "start-case" => {
            let words = words(input);
            let words: Vec<String> = words.iter().map(|word| upper_first(word)).collect();
            words.join(" ")
        }
        _ => return None,
    };
    Some(
        written.is_empty()
            || written.starts_with(|sign: char| sign.is_ascii_digit())
            || written == input,
    )
}

fn upper_first(text: &str) -> String {
    let mut signs = text.chars();
    let first = signs.next();
    let first = first.map(char::to_uppercase).into_iter().flatten();
    first.chain(signs).collect()
}

fn camel(input: &str) -> String {
    let mut written = String::new();
    for word in words(input) {
        let word = word.to_lowercase();
        if written.is_empty() {
            written.push_str(&word);
        } else {
            written.push_str(&upper_first(&word));
        }
    }
    written
}

fn lowered(input: &str, between: &str) -> String {
    let words = words(input);
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    words.join(between)
}

/// What a sign is to the splitting of words.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Class {
    Lower,
    Upper,
    Digit,
    /// A letter without case, as far as the splitting knows.
    Other,
    Break,
}

fn class(sign: char) -> Class {
    match sign {
        'a'..='z' => Class::Lower,
        'A'..='Z' => Class::Upper,
        '0'..='9' => Class::Digit,
        sign if sign.is_ascii() => Class::Break,
        sign if sign.is_alphanumeric() => Class::Other,
        // Signs of Latin-1 and general punctuation.
        '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}' => Class::Break,
        _ => Class::Other,
    }
}

/// The words of a text: cut at signs, between cases, and around digits.
fn words(input: &str) -> Vec<String> {
    let signs: Vec<char> = input
        .chars()
        .filter(|sign| !matches!(sign, '\'' | '\u{2019}'))
        .map(plain)
        .collect();
    let class_at = |at: usize| signs.get(at).map_or(Class::Break, |sign| class(*sign));
    let run = |from: usize, wanted: &[Class]| {
        let rest = signs.iter().skip(from);
        rest.take_while(|sign| wanted.contains(&class(**sign)))
            .count()
    };
    let mut words = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let length = match class_at(at) {
            Class::Break => {
                at += 1;
                continue;
            }
            Class::Digit => run(at, &[Class::Digit]),
            Class::Lower | Class::Other => run(at, &[Class::Lower, Class::Other]),
            Class::Upper => {
                let upper = run(at, &[Class::Upper]);
                let lower = run(at + upper, &[Class::Lower, Class::Other]);
                match (upper, lower) {
                    (1, lower) => 1 + lower,
                    (upper, 0) => upper,
                    // The last capital belongs to the next word.
                    (upper, _) => upper - 1,
                }
            }
        };
        words.push(signs.iter().skip(at).take(length).collect());
        at += length.max(1);
    }
    words
}

/// A letter of Latin-1 without its accent.
fn plain(sign: char) -> char {
    match sign {
        'À'..='Å' => 'A',
        'Ç' => 'C',
        'È'..='Ë' => 'E',
        'Ì'..='Ï' => 'I',
        'Ñ' => 'N',
        'Ò'..='Ö' | 'Ø' => 'O',
        'Ù'..='Ü' => 'U',
        'Ý' => 'Y',
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::is_of_case;

    fn check(text: &str, cases: &[&str]) {
        let all = [
            "lower-case",
            "upper-case",
            "sentence-case",
            "start-case",
            "pascal-case",
            "camel-case",
            "kebab-case",
            "snake-case",
        ];
        let of = all.iter().copied();
        let of: Vec<&str> = of
            .filter(|case| is_of_case(text, case) == Some(true))
            .collect();
        assert_eq!(of, cases, "{text}");
    }

    #[test]
    fn cases_are_told() {
        check("add x", &["lower-case"]);
        check("Add x", &["sentence-case"]);
        check("Add Some Thing", &["sentence-case", "start-case"]);
        check("ADD API", &["upper-case", "sentence-case", "start-case"]);
        check("AddThing", &["sentence-case", "pascal-case"]);
        check("addThing", &["camel-case"]);
        check("add-thing", &["lower-case", "kebab-case"]);
        check("add_thing", &["lower-case", "snake-case"]);
        check("add.", &["lower-case"]);
        assert_eq!(is_of_case("12 x Y", "lower-case"), Some(true));
        assert_eq!(is_of_case("`Eslint` is new", "lower-case"), Some(true));
        assert_eq!(is_of_case("x", "wild-case"), None);
    }
}
