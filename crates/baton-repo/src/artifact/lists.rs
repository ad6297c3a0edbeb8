//! Lists of headings that a repository writes down: in its skill, its definitions, its summary.

use baton_source::{FileId, Span, Spanned};
use baton_syntax::json::{self, Dialect};
use baton_syntax::markdown::{Fence, Heading};
use baton_syntax::node::{Entry, Node};

use crate::File;

/// The headings of one type, as one file lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingList {
    /// The file.
    pub file: FileId,
    /// The type's name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// The headings in order.
    pub headings: Vec<ListedHeading>,
}

/// One heading of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedHeading {
    /// Without hashes.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Spanned for HeadingList {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for ListedHeading {
    fn span(&self) -> Span {
        self.span
    }
}

impl HeadingList {
    /// The texts of the headings.
    pub fn texts(&self) -> Vec<String> {
        let headings = self.headings.iter();
        headings.map(|heading| heading.text.clone()).collect()
    }
}

/// Adds what a file teaches about types that are not yet in the list.
pub(super) fn add_taught(file: &File, lists: &mut Vec<HeadingList>) {
    for list in taught_in(file) {
        if lists.iter().all(|known| known.name != list.name) {
            lists.push(list);
        }
    }
}

/// What a Markdown text teaches: a code block with headings below an H3 that begins with the
/// type's name. Of a name that occurs twice the last block counts.
fn taught_in(file: &File) -> Vec<HeadingList> {
    let text = file.text();
    let outline = file.markdown();
    let mut lists: Vec<HeadingList> = Vec::new();
    for heading in outline.headings.iter().filter(|heading| heading.level == 3) {
        let Some(name) = file_name(&heading.raw) else {
            continue;
        };
        let mut fences = outline.fences.iter();
        let Some(fence) = fences.find(|fence| belongs(text, heading, fence)) else {
            continue;
        };
        let headings = headings_of_block(text, fence.content);
        if headings.is_empty() {
            continue;
        }
        let start = heading.text_span.start as usize;
        lists.retain(|known| known.name != name);
        lists.push(HeadingList {
            file: file.id,
            name: name.to_owned(),
            span: Span::new(start, start + name.len()),
            headings,
        });
    }
    lists
}

/// Whether a code block follows a heading with at most one line of text between them.
fn belongs(text: &str, heading: &Heading, fence: &Fence) -> bool {
    let follows = fence.span.start >= heading.span.end;
    let between = Span {
        start: heading.span.end,
        end: fence.span.start.max(heading.span.end),
    };
    let lines = between.of(text).lines();
    let mut lines = lines.filter(|line| !line.trim().is_empty());
    let is_near = lines.next().is_none_or(|line| !line.starts_with('#')) && lines.next().is_none();
    let is_plain = matches!(fence.info.as_str(), "" | "markdown" | "text");
    follows && fence.fenced && is_plain && is_near
}

/// The file name that a text begins with.
fn file_name(raw: &str) -> Option<&str> {
    let word = raw.split_whitespace().next()?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let stem = word.strip_suffix(".md")?;
    stem.chars().all(is_name).then_some(word)
}

fn headings_of_block(text: &str, block: Span) -> Vec<ListedHeading> {
    let mut headings = Vec::new();
    let mut at = block.start as usize;
    for line in block.of(text).split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let Some(heading) = line.trim().strip_prefix("## ") else {
            continue;
        };
        let kept = match heading.rsplit_once("<!--") {
            Some((before, comment)) if comment.ends_with("-->") => before.trim_end(),
            _ => heading,
        };
        headings.push(ListedHeading {
            text: kept.to_owned(),
            span: Span::new(start, start + "## ".len() + kept.len()),
        });
    }
    headings
}

/// The H2 headings of a Markdown file, without hashes.
pub(super) fn h2_texts(file: &File) -> Vec<String> {
    let headings = file.markdown().h2().filter(|heading| heading.atx);
    let lines = headings.filter_map(|heading| heading.span.of(file.text()).strip_prefix("## "));
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// The table in `artifact-headings.mjs`: an object of lists of headings, all of them literal.
pub(super) fn defined_in(file: &File) -> Option<Vec<HeadingList>> {
    let text = file.text();
    let name = text.find("ARTIFACT_HEADINGS")?;
    let start = name + text.get(name..)?.find('{')?;
    let end = start + text.get(start..)?.find("\n};")? + "\n}".len();
    let object = Span::new(start, end).of(text);
    let root = json::parse(object, Dialect::WithComments).root?;
    Some(lists_in(file, &root, start))
}

/// The object of lists in `artifact-headings-summary.json`.
pub(super) fn summarized_in(file: &File) -> Option<Vec<HeadingList>> {
    Some(lists_in(file, file.node()?, 0))
}

fn lists_in(file: &File, object: &Node, offset: usize) -> Vec<HeadingList> {
    let list = |entry: &Entry| {
        let items = entry.value.items().iter();
        HeadingList {
            file: file.id,
            name: entry.key.clone(),
            span: entry.key_span.shifted(offset),
            headings: items.filter_map(|item| listed(item, offset)).collect(),
        }
    };
    object.entries().iter().map(list).collect()
}

fn listed(item: &Node, offset: usize) -> Option<ListedHeading> {
    let text = item.as_str()?.strip_prefix("## ")?;
    Some(ListedHeading {
        text: text.trim_end().to_owned(),
        span: item.span.shifted(offset),
    })
}
