//! Texts with places where lines may break, before it is decided which of them do.

use std::borrow::Cow;

/// A piece of the layout.
#[derive(Debug, Clone)]
pub(super) enum Doc<'a> {
    /// Text that stays as it is.
    Text(Cow<'a, str>),
    /// A comment at the end of a line, which needs no room.
    Suffix(String),
    /// One text where the group around it is broken, another where it is not.
    Either {
        broken: &'static str,
        flat: &'static str,
    },
    /// A line break, or what stands for it on one line.
    Line(Line),
    /// On one line if it fits, otherwise all its own lines break.
    Group(Vec<Doc<'a>>),
    /// One after another.
    Glue(Vec<Doc<'a>>),
    /// Its lines are indented by one more level.
    Indent(Vec<Doc<'a>>),
    /// The body of a call's last argument: its lines break, those of the call need not.
    Tail(Vec<Doc<'a>>),
}

/// A line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// An empty line that is kept.
    Hard,
    /// The author's line break; two in a row are an empty line.
    Soft,
    /// Nothing on one line.
    Empty,
    /// A blank on one line.
    Space,
    /// A comma and a blank on one line.
    Comma,
}

impl Line {
    /// What stands for it on one line; an empty line stays.
    pub(super) fn flat(self) -> Option<&'static str> {
        match self {
            Line::Hard | Line::Soft => None,
            Line::Empty => Some(""),
            Line::Space => Some(" "),
            Line::Comma => Some(", "),
        }
    }
}

impl<'a> Doc<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Doc<'a> {
        Doc::Text(text.into())
    }

    pub(super) fn space() -> Doc<'a> {
        Doc::text(" ")
    }

    /// One after another with a blank between.
    pub(super) fn spread(docs: impl IntoIterator<Item = Doc<'a>>) -> Doc<'a> {
        let mut spread = Vec::new();
        for doc in docs {
            if !spread.is_empty() {
                spread.push(Doc::space());
            }
            spread.push(doc);
        }
        Doc::Glue(spread)
    }

    /// Whether it ends in a comment up to the end of the line.
    pub(super) fn has_suffix(&self) -> bool {
        match self {
            Doc::Suffix(_) => true,
            Doc::Group(docs) | Doc::Glue(docs) | Doc::Indent(docs) | Doc::Tail(docs) => {
                docs.last().is_some_and(Doc::has_suffix)
            }
            Doc::Text(_) | Doc::Either { .. } | Doc::Line(_) => false,
        }
    }

    pub(super) fn is_hard(&self) -> bool {
        matches!(self, Doc::Line(Line::Hard))
    }

    pub(super) fn is_line(&self) -> bool {
        matches!(self, Doc::Line(_))
    }

    /// The same on one line, however long that is; a document with forced breaks as it is.
    pub(super) fn flattened(self) -> Doc<'a> {
        match self {
            Doc::Group(docs) => Doc::Glue(docs.into_iter().map(flat).collect()),
            other => other,
        }
    }
}

fn flat(doc: Doc<'_>) -> Doc<'_> {
    match doc {
        Doc::Line(line) => line.flat().map_or(Doc::Line(line), Doc::text),
        Doc::Either { flat, .. } => Doc::text(flat),
        Doc::Group(docs) | Doc::Glue(docs) | Doc::Indent(docs) => {
            Doc::Glue(docs.into_iter().map(flat).collect())
        }
        Doc::Text(_) | Doc::Suffix(_) | Doc::Tail(_) => doc,
    }
}

/// With a line between, except after an empty line.
pub(super) fn separated(docs: Vec<Doc<'_>>, line: Line) -> Vec<Doc<'_>> {
    let mut separated = Vec::with_capacity(docs.len() * 2);
    let mut bare = true;
    for doc in docs {
        if !bare {
            separated.push(Doc::Line(line));
        }
        bare = doc.is_hard();
        separated.push(doc);
    }
    separated
}

/// Without the lines at both ends; of those between only empty ones are left, never two in a row.
pub(super) fn collapsed(docs: Vec<Doc<'_>>) -> Vec<Doc<'_>> {
    let end = docs.iter().rposition(|doc| !doc.is_line());
    let inner = docs.into_iter().take(end.map_or(0, |end| end + 1));
    let mut collapsed: Vec<Doc<'_>> = Vec::new();
    let mut after_soft = false;
    for doc in inner.skip_while(Doc::is_line) {
        let soft = matches!(doc, Doc::Line(Line::Soft));
        let empty_line = doc.is_hard() || (soft && after_soft);
        if empty_line && !collapsed.last().is_some_and(Doc::is_hard) {
            collapsed.push(Doc::Line(Line::Hard));
        } else if !doc.is_line() {
            collapsed.push(doc);
        }
        after_soft = soft;
    }
    collapsed
}
