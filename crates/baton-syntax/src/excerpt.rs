//! A text put together from pieces of another, which remembers where they stood.
//!
//! Code blocks inside lists, transcripts and quoted commands lose prefixes and backslashes
//! before they can be read; whatever is found in them is reported where it was written.

use baton_source::Span;

use crate::markdown::Fence;

/// How long a name in angle brackets may be.
const MAX_NAME: usize = 80;

/// A text and where its pieces stand in another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// The text to read.
    pub text: String,
    /// Its pieces, sorted; without any, the text is where it stands.
    pub pieces: Vec<Piece>,
}

/// From here on, up to the next piece, both texts agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins in the excerpt.
    pub at: usize,
    /// Where it begins in the other text.
    pub source: usize,
}

impl Excerpt {
    /// Adds a piece that stands at `source`.
    pub fn push(&mut self, text: &str, source: usize) {
        let at = self.text.len();
        let follows = self
            .pieces
            .last()
            .is_some_and(|last| last.source + (at - last.at) == source);
        if !follows {
            self.pieces.push(Piece { at, source });
        }
        self.text.push_str(text);
    }

    /// Where an offset of the excerpt stands in the other text.
    pub fn source(&self, offset: usize) -> usize {
        source(&self.pieces, offset)
    }

    /// The code of a code block in `text`, the prefixes of lists and quotes left out.
    pub fn of_fence(text: &str, fence: &Fence) -> Excerpt {
        let mut excerpt = Excerpt::default();
        let mut at = fence.content.start as usize;
        let mut written = fence.content.of(text).split_inclusive('\n');
        for line in fence.code.split_inclusive('\n') {
            let source = written.next().unwrap_or("");
            let code = line.trim_end_matches('\n').len();
            let prefix = source.trim_end_matches(['\n', '\r']).len();
            excerpt.push(line, at + prefix.saturating_sub(code));
            at += source.len();
        }
        excerpt
    }

    /// Replaces names in angle brackets, which documents leave to be filled in, by letters,
    /// so that they are no redirections; nothing moves.
    pub fn hide_names_in_brackets(&mut self) {
        let mut shown = String::with_capacity(self.text.len());
        let mut rest = self.text.as_str();
        while let Some((before, after)) = rest.split_once('<') {
            shown.push_str(before);
            let name = bracketed(after).filter(|name| !before.ends_with('<') && is_name(name));
            if let Some(name) = name {
                shown.extend(std::iter::repeat_n('x', name.len() + 2));
                rest = after.get(name.len() + 1..).unwrap_or("");
            } else {
                shown.push('<');
                rest = after;
            }
        }
        shown.push_str(rest);
        self.text = shown;
    }

    /// The commands of a transcript: what follows the prompt `$ `, and after it the lines
    /// of the prompt `> ` or those after a backslash. `None` when there is no prompt.
    pub fn console(&self) -> Option<Excerpt> {
        let mut commands = Excerpt::default();
        let mut at = 0;
        let mut continued = false;
        let mut found = false;
        for line in self.text.split_inclusive('\n') {
            let prompt = prompt(line, "$ ");
            let more = if found { prompt_of_more(line) } else { None };
            let skip = prompt.or(if continued { Some(0) } else { more });
            found |= prompt.is_some();
            if let Some(rest) = skip.and_then(|skip| line.get(skip..).map(|rest| (skip, rest))) {
                commands.push(rest.1, self.source(at + rest.0));
                continued = rest.1.trim_end().ends_with('\\');
            } else {
                continued = false;
            }
            at += line.len();
        }
        found.then_some(commands)
    }
}

/// Where an offset of an excerpt with these pieces stands in the other text.
pub fn source(pieces: &[Piece], offset: usize) -> usize {
    let after = pieces.partition_point(|piece| piece.at <= offset);
    let piece = after.checked_sub(1).and_then(|index| pieces.get(index));
    piece.map_or(offset, |piece| piece.source + (offset - piece.at))
}

/// Where a range of an excerpt with these pieces stands; it ends where its last byte does.
pub fn span(pieces: &[Piece], start: usize, end: usize) -> Span {
    let from = source(pieces, start);
    let Some(last) = end.checked_sub(1).filter(|last| *last >= start) else {
        return Span::at(from);
    };
    Span::new(from, source(pieces, last) + 1)
}

/// What stands before a closing bracket that is not far away.
fn bracketed(text: &str) -> Option<&str> {
    let mut signs = text.char_indices().take(MAX_NAME);
    let (end, _) = signs.find(|(_, sign)| matches!(sign, '>' | '<' | '\n'))?;
    text.get(..end)
        .filter(|_| text.get(end..).is_some_and(|rest| rest.starts_with('>')))
}

/// Whether this is a name to be filled in rather than a file and what follows it.
fn is_name(text: &str) -> bool {
    let mut signs = text.chars();
    let begins = signs.next().is_some_and(char::is_alphabetic);
    let allowed = |sign: char| sign.is_alphanumeric() || " -_.,/:@+*|".contains(sign);
    // `<in 2>out` and `<in >out` redirect twice.
    let last = text.rsplit(' ').next().unwrap_or("");
    let descriptor = text.contains(' ') && last.bytes().all(|byte| byte.is_ascii_digit());
    begins && signs.all(allowed) && !descriptor
}

/// How long the prompt of a further line is.
fn prompt_of_more(line: &str) -> Option<usize> {
    prompt(line, "> ")
}

/// How long a line's prompt is, blanks before it included.
fn prompt(line: &str, sign: &str) -> Option<usize> {
    let rest = line.trim_start_matches([' ', '\t']);
    rest.starts_with(sign)
        .then(|| line.len() - rest.len() + sign.len())
}
