//! What rules about the files of hosts share.

use std::borrow::Cow;

use baton_repo::HostDocument;
use baton_source::{Applicability, Fix, Span, nearest};
use baton_syntax::node::{Document, Entry, Node, Value};

use crate::{Ctx, File, Findings};

/// So many lines at most stand before front matter that somebody meant as such.
const BEFORE: usize = 10;

/// A file of a host and its front matter as the host reads it.
pub(crate) struct Page<'a> {
    /// What the host documents.
    pub(crate) document: &'static HostDocument,
    front: Cow<'a, Document>,
}

impl<'a> Page<'a> {
    /// The page that a file is, when a host reads it.
    pub(crate) fn of(ctx: &Ctx<'_>, file: &'a File) -> Option<Page<'a>> {
        let document = ctx.repo.host_document(file)?;
        let front = document.front_matter(file);
        Some(Page { document, front })
    }

    /// Its keys; none where the front matter cannot be read.
    pub(crate) fn entries(&self) -> &[Entry] {
        self.root().map_or(&[], Node::entries)
    }

    /// A key with a value.
    pub(crate) fn held(&self, key: &str) -> Option<&Entry> {
        let entry = self.root()?.entry(key)?;
        let blank = match &entry.value.value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            _ => false,
        };
        (!blank).then_some(entry)
    }

    fn root(&self) -> Option<&Node> {
        let readable = self.front.errors.is_empty();
        self.front.root.as_ref().filter(|_| readable)
    }
}

/// The key that was meant by one the host does not read.
pub(crate) fn meant<'d>(document: &'d HostDocument, key: &str) -> Option<&'d str> {
    // A word that means something in another kind of file is no slip of the hand.
    let mut others = HostDocument::all().iter();
    let foreign = document.foreign.iter().any(|foreign| foreign.name == key);
    if foreign || others.any(|other| other.key(key).is_some()) {
        return None;
    }
    let mut current = document
        .keys
        .iter()
        .filter(|known| known.deprecated.is_none() && !known.ignored);
    let names: Vec<&str> = current.by_ref().map(|known| known.name.as_str()).collect();
    let same = names.iter().find(|name| plain(name) == plain(key));
    let near = || nearest(key, names.iter().copied()).filter(|name| is_slip(key, name));
    same.copied().or_else(near)
}

/// A name without what people vary: case, hyphens and underscores.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '-' | '_'));
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether one name is so near another that nobody means something else by it.
fn is_slip(key: &str, name: &str) -> bool {
    if key.bytes().next() != name.bytes().next() {
        return false;
    }
    let pairs = || key.bytes().zip(name.bytes());
    let from_front = pairs().take_while(|(left, right)| left == right).count();
    let backwards = key.bytes().rev().zip(name.bytes().rev());
    let from_back = backwards.take_while(|(left, right)| left == right).count();
    let longest = key.len().max(name.len());
    let one_edit = from_front + from_back + 1 >= longest;
    let plural = name.strip_suffix('s') == Some(key);
    let long = key.len() >= 8 && key.len().abs_diff(name.len()) <= 2;
    plural || long || (one_edit && key.len() >= 5)
}

/// What a value is, for a sentence.
pub(crate) fn kind(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "empty",
        Value::Bool(_) => "`true` or `false`",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "a mapping",
    }
}

/// The value where it is one piece, else its key.
pub(crate) fn place(entry: &Entry) -> Span {
    let in_pieces = entry.value.is_mapping() || entry.value.is_sequence();
    if in_pieces || entry.value.is_null() {
        entry.key_span
    } else {
        entry.value.span
    }
}

/// Names between commas, each as code.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// A line with its place in the text, without its ending.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\r', '\n']))
    })
}

/// Reports a block of known keys that stands below something else; whether there is one.
pub(crate) fn report_displaced(document: &HostDocument, file: &File, out: &mut Findings) -> bool {
    let text = file.text();
    let mut lines = lines(text).peekable();
    let mut opening = None;
    for (start, line) in lines.by_ref().take(BEFORE) {
        if line.trim_end() == "---" {
            opening = Some(Span::new(start, start + "---".len()));
            break;
        }
    }
    let Some(opening) = opening else {
        return false;
    };
    if !lines
        .next()
        .is_some_and(|(_, line)| has_key(document, line))
    {
        return false;
    }
    if !lines.any(|(_, line)| line.trim_end() == "---") {
        return false;
    }
    let before = Span::new(0, opening.start as usize);
    let blank = before
        .of(text)
        .trim_start_matches('\u{feff}')
        .trim()
        .is_empty();
    let fenced = before.of(text).trim_start().starts_with("```");
    let what = match (blank, fenced) {
        (true, _) => "blank lines stand",
        (_, true) => "a code block opens",
        _ => "text stands",
    };
    let message = format!("no host reads this front matter, for {what} before it");
    let found = out.report(file.at(&opening), message);
    found.help("Let the three hyphens be the first line of the file.");
    if blank {
        found.fix(Fix {
            title: "Remove the blank lines".to_owned(),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(before, "")],
        });
    }
    true
}

/// Whether a line begins with a key that the host reads.
pub(crate) fn has_key(document: &HostDocument, line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(key, _)| document.key(key).is_some())
}

#[cfg(test)]
mod tests {
    use baton_repo::HostDocument;

    use super::meant;

    #[test]
    fn knows_slips_from_other_words() {
        let agent = HostDocument::all()
            .iter()
            .find(|it| it.id == "claude-agent")
            .expect("agents");
        for (key, name) in [
            ("Description", Some("description")),
            ("descripton", Some("description")),
            ("disallowed_tools", Some("disallowedTools")),
            ("tool", Some("tools")),
            ("mode", None),
            ("agent", None),
            ("title", None),
            ("version", None),
            ("tags", None),
            ("tools", None),
            ("allowed-tools", None),
        ] {
            assert_eq!(meant(agent, key), name, "{key}");
        }
    }
}
