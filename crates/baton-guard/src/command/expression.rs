//! Values of PowerShell that the text itself tells.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_syntax::powershell::{Part, PartKind, Script, Word};
use serde::Deserialize;

use crate::leaf::UNKNOWN;

/// Variables by their names in small letters.
pub(super) type Variables = BTreeMap<String, String>;

#[derive(Deserialize)]
struct Aliases {
    aliases: BTreeMap<String, String>,
}

static ALIASES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/guard/powershell.toml");
    toml::from_str::<Aliases>(text).map_or_else(|_| BTreeMap::new(), |table| table.aliases)
});

/// The command that an alias stands for.
pub(super) fn alias(name: &str) -> Option<&'static str> {
    ALIASES.get(&name.to_lowercase()).map(String::as_str)
}

/// Text as Windows writes it for `-EncodedCommand`.
pub(super) fn utf16(bytes: &[u8]) -> Option<String> {
    let units: Vec<u16> = bytes
        .chunks(2)
        .map(|pair| match pair {
            [low, high] => u16::from_le_bytes([*low, *high]),
            _ => u16::from(b'?'),
        })
        .collect();
    String::from_utf16(&units).ok()
}

/// The text of a word.
pub(super) fn text(parts: &[Part], variables: &Variables) -> String {
    let mut made = String::new();
    for part in parts {
        match &part.kind {
            PartKind::Literal(piece) | PartKind::SingleQuoted(piece) => made.push_str(piece),
            PartKind::DoubleQuoted(parts) => made.push_str(&text(parts, variables)),
            PartKind::Variable(name) => made.push_str(&variable(name, variables)),
            PartKind::Group(script) => made.push_str(&group(script, variables)),
            PartKind::Block(_) | PartKind::Table(_) => made.push(UNKNOWN),
        }
    }
    made
}

fn variable(name: &str, variables: &Variables) -> String {
    let name = name.to_lowercase();
    if let Some(value) = variables.get(&name) {
        return value.clone();
    }
    let known = match name.as_str() {
        "home" | "env:home" | "env:userprofile" => "~",
        "pwd" | "psscriptroot" => ".",
        "env:temp" | "env:tmp" | "env:runner_temp" => "/tmp/.",
        "env:systemdrive" | "env:homedrive" => "C:",
        "env:systemroot" | "env:windir" => "C:/Windows",
        "true" => "$true",
        "false" => "$false",
        "null" => "",
        _ => return UNKNOWN.to_string(),
    };
    known.to_owned()
}

/// What stands in parentheses.
fn group(script: &Script, variables: &Variables) -> String {
    let [pipeline] = script.pipelines.as_slice() else {
        return UNKNOWN.to_string();
    };
    match pipeline.commands.as_slice() {
        [command] => value(&command.words, variables),
        _ => UNKNOWN.to_string(),
    }
}

/// The value of an expression: a text, texts joined by `+`, `-f` or `-join`, decoded text, or
/// what `Write-Output` gives.
pub(super) fn value(words: &[Word], variables: &Variables) -> String {
    let texts: Vec<String> = words
        .iter()
        .map(|word| sum(&word.parts, variables))
        .collect();
    let shown: Vec<&str> = texts.iter().map(String::as_str).collect();
    if let Some(decoded) = decoded(words, variables) {
        return decoded;
    }
    let operator = |at: usize| words.get(at).and_then(Word::bare).map(str::to_lowercase);
    match (
        shown.as_slice(),
        operator(0).as_deref(),
        operator(1).as_deref(),
    ) {
        ([only], ..) => (*only).to_owned(),
        ([_, values @ ..], Some("write-output" | "echo" | "write"), _) => values.join(" "),
        ([_, values @ ..], Some("-join"), _) => values.concat(),
        ([format, _, values @ ..], _, Some("-f")) => filled(format, values),
        ([_, rest @ ..], _, Some("+")) if rest.len() % 2 == 0 => {
            shown.iter().step_by(2).copied().collect()
        }
        ([first, _, old, new], _, Some("-replace" | "-creplace")) => first.replace(old, new),
        _ if words
            .iter()
            .skip(1)
            .any(|word| word.bare() == Some("-join")) =>
        {
            let values = shown
                .iter()
                .zip(words)
                .take_while(|(_, word)| word.bare() != Some("-join"));
            values.map(|(text, _)| *text).collect()
        }
        _ if words.iter().skip(1).all(|word| word.joined) => shown.concat(),
        _ => UNKNOWN.to_string(),
    }
}

/// The name of a method and what it is given, where a word calls one: `[type]::name(…)` with
/// its type, `.name(…)` without what it is called on.
pub(super) fn method(pair: &[Part]) -> Option<(String, &Script)> {
    let [
        Part {
            kind: PartKind::Literal(name),
            ..
        },
        Part {
            kind: PartKind::Group(given),
            ..
        },
    ] = pair
    else {
        return None;
    };
    let name = name.to_lowercase().replace("[system.", "[");
    let start = if name.contains("]::") {
        0
    } else {
        name.rfind('.')?
    };
    Some((name.get(start..)?.to_owned(), given))
}

/// The name, the sign and the value of `$name = …`, also where no blank stands between.
pub(super) fn assigned(words: &[Word]) -> Option<(String, String, Vec<Word>)> {
    let (first, rest) = words.split_first()?;
    let at = usize::from(matches!(first.parts.first()?.kind, PartKind::Literal(_)));
    let PartKind::Variable(name) = &first.parts.get(at)?.kind else {
        return None;
    };
    let name = name.to_lowercase();
    let Some(after) = first.parts.get(at + 1) else {
        let (sign, value) = rest.split_first()?;
        let sign = sign.bare().filter(|sign| matches!(*sign, "=" | "+="))?;
        return Some((name, sign.to_owned(), value.to_vec()));
    };
    let PartKind::Literal(text) = &after.kind else {
        return None;
    };
    let sign = ["+=", "="]
        .into_iter()
        .find(|sign| text.starts_with(sign))?;
    let mut parts: Vec<Part> = first.parts.get(at + 1..)?.to_vec();
    if let Some(part) = parts.first_mut() {
        part.kind = PartKind::Literal(text.get(sign.len()..)?.to_owned());
    }
    let value = Word {
        parts,
        ..first.clone()
    };
    let words = std::iter::once(value).chain(rest.iter().cloned()).collect();
    Some((name, sign.to_owned(), words))
}

/// The text of `'a'+'b'`, written without blanks.
fn sum(parts: &[Part], variables: &Variables) -> String {
    let is_plus = |part: &&Part| matches!(&part.kind, PartKind::Literal(sign) if sign == "+");
    let texts = parts.iter().filter(|part| !is_plus(part));
    texts
        .map(|part| text(std::slice::from_ref(part), variables))
        .collect()
}

/// `'{0}{1}' -f 'a','b'`.
fn filled(format: &str, values: &[&str]) -> String {
    let mut made = format.to_owned();
    for (index, value) in values.iter().enumerate() {
        made = made.replace(&format!("{{{index}}}"), value);
    }
    made
}

/// The text that `FromBase64String('…')` stands for, wherever in an expression.
fn decoded(words: &[Word], variables: &Variables) -> Option<String> {
    words
        .iter()
        .find_map(|word| decoded_parts(&word.parts, variables))
}

fn decoded_parts(parts: &[Part], variables: &Variables) -> Option<String> {
    for pair in parts.windows(2) {
        let [
            Part {
                kind: PartKind::Literal(name),
                ..
            },
            Part {
                kind: PartKind::Group(given),
                ..
            },
        ] = pair
        else {
            continue;
        };
        let name = name.to_lowercase();
        if name.ends_with("frombase64string") {
            let bytes = super::decode::base64(&group(given, variables))?;
            let wide = bytes.iter().skip(1).step_by(2).all(|byte| *byte == 0);
            return if wide && bytes.len() > 1 {
                utf16(&bytes)
            } else {
                String::from_utf8(bytes).ok()
            };
        }
        if name.ends_with("getstring") {
            let commands = given
                .pipelines
                .iter()
                .flat_map(|pipeline| &pipeline.commands);
            return commands
                .into_iter()
                .find_map(|command| decoded(&command.words, variables));
        }
    }
    None
}
