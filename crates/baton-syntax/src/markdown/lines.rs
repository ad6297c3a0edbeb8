//! The lines of a Markdown text, and what kind of block each belongs to.

use baton_source::{LineIndex, Span, Spanned};

use super::{Fence, Markdown, within};

const FENCE: u8 = 1;
const CODE: u8 = 2;
const INDENTED: u8 = 4;
const TABLE: u8 = 8;
const HTML: u8 = 16;
const HEADING: u8 = 32;

/// The lines of a Markdown text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    /// The lines of the body in order; a line ending at the very end begins an empty one.
    pub lines: Vec<Line>,
    /// What stands between `<!--` and `-->`, in order.
    hidden: Vec<Span>,
}

/// A line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 0.
    pub number: usize,
    /// Its text without the line ending.
    pub span: Span,
    kind: u8,
}

impl Spanned for Line {
    fn span(&self) -> Span {
        self.span
    }
}

impl Line {
    /// Whether it opens fenced code or is the last that belongs to it, be it a fence or not.
    pub fn is_fence(&self) -> bool {
        self.kind & FENCE != 0
    }

    /// Whether it is code between fences.
    pub fn is_fenced_code(&self) -> bool {
        self.kind & CODE != 0
    }

    /// Whether it is indented code.
    pub fn is_indented_code(&self) -> bool {
        self.kind & INDENTED != 0
    }

    /// Whether it is code of either kind, fences left out.
    pub fn is_code(&self) -> bool {
        self.kind & (CODE | INDENTED) != 0
    }

    /// Whether it belongs to a table.
    pub fn is_table(&self) -> bool {
        self.kind & TABLE != 0
    }

    /// Whether it belongs to a block of HTML.
    pub fn is_html(&self) -> bool {
        self.kind & HTML != 0
    }

    /// Whether it belongs to a heading; the underline does.
    pub fn is_heading(&self) -> bool {
        self.kind & HEADING != 0
    }
}

impl Lines {
    /// The lines of `text` within `body`, judged by its outline.
    pub fn new(text: &str, body: Span, index: &LineIndex, outline: &Markdown) -> Lines {
        let first = index.line_of(body.start);
        let numbers = first..index.lines().max(first);
        let line = |number| {
            let start = index.start_of(number).unwrap_or(body.end);
            let next = index.start_of(number + 1).unwrap_or(body.end);
            let start = start.max(body.start);
            let whole = Span {
                start,
                end: next.max(start),
            };
            let kept = whole.of(text).trim_end_matches(['\n', '\r']).len();
            Line {
                number,
                span: Span::new(start as usize, start as usize + kept),
                kind: 0,
            }
        };
        let mut lines = Lines {
            lines: numbers.map(line).collect(),
            hidden: hidden(text, body),
        };
        lines.sort_into_kinds(text, outline);
        lines
    }

    /// The line that holds an offset.
    pub fn at(&self, offset: u32) -> Option<&Line> {
        let after = self.lines.partition_point(|line| line.span.start <= offset);
        self.lines.get(after.checked_sub(1)?)
    }

    /// The last line of fenced code. Code that no fence closes ends with the list item or quote
    /// that holds it, and when another begins there, the line on which it does belongs to it.
    pub fn end_of(&self, text: &str, outline: &Markdown, fence: &Fence) -> Option<&Line> {
        let span = fence.span;
        let last = u32::try_from(last_place(text, span)).unwrap_or(span.end);
        if fence.closed {
            return self.at(last);
        }
        let next = self.at(span.end)?;
        let begins = !within(&outline.items, next.span).is_empty()
            || !within(&outline.quotes, next.span).is_empty();
        let at_end = span.end >= outline.body.end;
        if next.span.start < span.end || begins || at_end {
            return Some(next);
        }
        self.at(span.end.saturating_sub(1).max(span.start))
    }

    /// The line with a number of the file, from 0.
    pub fn numbered(&self, number: usize) -> Option<&Line> {
        let first = self.lines.first()?.number;
        self.lines.get(number.checked_sub(first)?)
    }

    /// Whether an offset lies between `<!--` and `-->`.
    pub fn is_hidden(&self, offset: u32) -> bool {
        let after = self.hidden.partition_point(|span| span.start <= offset);
        let span = after.checked_sub(1).and_then(|at| self.hidden.get(at));
        span.is_some_and(|span| span.contains(offset))
    }

    fn sort_into_kinds(&mut self, text: &str, outline: &Markdown) {
        for fence in &outline.fences {
            if !fence.fenced {
                self.mark(text, fence.span, INDENTED);
                continue;
            }
            self.mark(text, fence.span, CODE);
            let first = Span::at(fence.span.start as usize);
            self.mark_line(first, FENCE);
            let last = self
                .end_of(text, outline, fence)
                .map(|last| last.span.start);
            if let Some(last) = last {
                self.mark_line(Span::at(last as usize), FENCE);
            }
        }
        for table in &outline.tables {
            self.mark(text, table.span, TABLE);
        }
        for html in outline.html.iter().filter(|html| html.block) {
            self.mark(text, html.span, HTML);
        }
        for heading in &outline.headings {
            self.mark(text, heading.span, HEADING);
        }
    }

    /// Marks the lines of a block.
    fn mark(&mut self, text: &str, span: Span, kind: u8) {
        let end = u32::try_from(last_place(text, span)).unwrap_or(span.end);
        let from = self
            .lines
            .partition_point(|line| line.span.end < span.start);
        let lines = self.lines.iter_mut().skip(from);
        for line in lines.take_while(|line| line.span.start <= end) {
            line.kind |= kind;
        }
    }

    /// Makes the line at a place one of a single kind.
    fn mark_line(&mut self, place: Span, kind: u8) {
        let after = self
            .lines
            .partition_point(|line| line.span.start <= place.start);
        let line = after.checked_sub(1).and_then(|at| self.lines.get_mut(at));
        if let Some(line) = line {
            line.kind = kind;
        }
    }
}

/// The last offset of a span that is no white space, or its start.
fn last_place(text: &str, span: Span) -> usize {
    let kept = span.of(text).trim_end();
    let last = kept.char_indices().next_back().map_or(0, |(at, _)| at);
    span.start as usize + last
}

/// The contents of comments, wherever they stand, in code too; one that is never closed is none.
fn hidden(text: &str, body: Span) -> Vec<Span> {
    let mut hidden = Vec::new();
    let mut from = body.start as usize;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find("<!--")) {
        let start = from + open + "<!--".len();
        // `<!-->` is closed by its own opening.
        let Some(close) = text.get(start - 2..).and_then(|rest| rest.find("-->")) else {
            break;
        };
        let end = start - 2 + close;
        if end > start && is_comment(text, body, (start, end)) {
            hidden.push(Span::new(start, end));
        }
        from = end + "-->".len();
    }
    hidden
}

/// Whether what stands there is a comment to every reader: one at the beginning of a line is,
/// others must not hold what older versions of HTML forbid.
fn is_comment(text: &str, body: Span, (start, end): (usize, usize)) -> bool {
    let content = text.get(start..end).unwrap_or("");
    let before = text.get(body.start as usize..start).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let line = line.strip_suffix("<!--").unwrap_or(line);
    let cells = line.trim_start_matches(' ').starts_with('|') && content.contains('\n');
    line.trim().is_empty()
        || !(cells
            || content.starts_with(['>'])
            || content.starts_with("->")
            || content.ends_with('-')
            || content.contains("--"))
}

#[cfg(test)]
mod tests {
    use baton_source::{LineIndex, Span};

    use super::super::parse;
    use super::{Line, Lines};

    fn lines(text: &str) -> Lines {
        let body = Span::new(0, text.len());
        Lines::new(text, body, &LineIndex::new(text), &parse(text, 0))
    }

    fn numbers(text: &str, which: impl Fn(&Line) -> bool) -> Vec<usize> {
        let lines = lines(text).lines;
        let found = lines.iter().filter(|line| which(line));
        found.map(|line| line.number).collect()
    }

    #[test]
    fn blocks_have_their_lines() {
        let text = "# A\n\n```sh\nx\n```\n\n|a|\n|-|\n\n<p>\nx\n</p>\n\n    code\n\nT\n=\n";
        assert_eq!(numbers(text, Line::is_heading), [0, 15, 16]);
        assert_eq!(numbers(text, Line::is_fence), [2, 4]);
        assert_eq!(numbers(text, Line::is_fenced_code), [3]);
        assert_eq!(numbers(text, Line::is_table), [6, 7]);
        assert_eq!(numbers(text, Line::is_html), [9, 10, 11]);
        assert_eq!(numbers(text, Line::is_indented_code), [13]);
        assert_eq!(lines(text).lines.len(), 18);
    }

    #[test]
    fn a_fence_may_stay_open_or_empty() {
        assert_eq!(numbers("```\nx\n", Line::is_fenced_code), [1]);
        assert_eq!(numbers("- ```\n  x\n- y\n", Line::is_fence), [0, 2]);
        assert_eq!(numbers("- ```\n  x\ny\n", Line::is_fence), [0, 1]);
        assert_eq!(numbers("- ```\n  ```\n", Line::is_fence), [0, 1]);
        assert_eq!(numbers("a\r\n```\r\n\r\n```\r\n", Line::is_fence), [1, 3]);
    }

    #[test]
    fn comments_are_hidden() {
        let text = "a <!-- b --> c <!--> <!-- d";
        let lines = lines(text);
        let hidden: String = (0..text.len())
            .filter(|at| lines.is_hidden(u32::try_from(*at).unwrap()))
            .filter_map(|at| text.get(at..=at))
            .collect();
        assert_eq!(hidden, " b ");
    }
}
