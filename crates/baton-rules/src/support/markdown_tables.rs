//! What rules about tables share: their rows as written, with every pipe.

use baton_source::Span;
use baton_syntax::markdown::Table;

use crate::support::markdown::Lint;

/// A row as written; the one that parts the header from the others is a row too.
pub(crate) struct Row {
    /// Without indentation and the marks of quotes; blanks at the end belong to it.
    pub(crate) span: Span,
    /// Where the pipes stand that part cells, in order.
    pub(crate) pipes: Vec<Span>,
    /// Whether a pipe stands before the first cell.
    pub(crate) leading: bool,
    /// Whether a pipe stands behind the last cell.
    pub(crate) trailing: bool,
}

impl Row {
    /// The number of cells.
    pub(crate) fn cells(&self) -> usize {
        let outer = usize::from(self.leading) + usize::from(self.trailing);
        (self.pipes.len() + 1).saturating_sub(outer).max(1)
    }

    /// The row without blanks at its end.
    pub(crate) fn text(&self, lint: &Lint<'_>) -> Span {
        let start = self.span.start as usize;
        Span::new(start, start + self.span.of(lint.text).trim_end().len())
    }
}

/// The rows of a table.
pub(crate) fn rows(lint: &Lint<'_>, table: &Table) -> Vec<Row> {
    let span = lint.inside_colons(table.span);
    let first = lint.line_number(span.start);
    let last = lint.line_number(span.end.saturating_sub(1).max(span.start));
    let quotes = lint.before(table.span.start).matches('>').count();
    let lines = (first..=last).filter_map(|number| lint.all_lines().numbered(number));
    let rows = lines.enumerate().map(|(at, line)| {
        let start = if at == 0 {
            table.span.start as usize
        } else {
            line.span.start as usize + prefix(line.span.of(lint.text), quotes)
        };
        row(lint, Span::new(start, line.span.end as usize))
    });
    rows.collect()
}

/// The length of what stands before a row: blanks, and the marks of so many quotes.
fn prefix(line: &str, quotes: usize) -> usize {
    let mut rest = line.trim_start_matches([' ', '\t']);
    for _ in 0..quotes {
        let Some(inner) = rest.strip_prefix('>') else {
            break;
        };
        rest = inner.trim_start_matches([' ', '\t']);
    }
    line.len() - rest.len()
}

fn row(lint: &Lint<'_>, span: Span) -> Row {
    let source = span.of(lint.text);
    let mut pipes = Vec::new();
    let mut escaped = false;
    for (at, byte) in source.bytes().enumerate() {
        if byte == b'|' && !escaped {
            let start = span.start as usize + at;
            pipes.push(Span::new(start, start + 1));
        }
        escaped = byte == b'\\' && !escaped;
    }
    let end = span.start as usize + source.trim_end().len();
    let trailing = pipes.last().is_some_and(|pipe| pipe.end as usize == end);
    Row {
        leading: pipes.first().is_some_and(|pipe| pipe.start == span.start),
        trailing,
        span,
        pipes,
    }
}
