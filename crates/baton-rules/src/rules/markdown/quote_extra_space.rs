//! One blank parts the mark of a quote from the text.

use baton_source::{Applicability, Span};
use baton_syntax::markdown::lines::Line;
use baton_syntax::markdown::{Item, within};

use crate::support::markdown::{Lint, is_blank};
use crate::support::markdown_inline::report_extra_blanks;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// A quote that reaches over a line, and the offset where the next inner one begins.
struct Around {
    quote: Span,
    inner: u32,
}

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD027") else {
        return;
    };
    let mut quotes = lint.outline().quotes.iter().peekable();
    if quotes.peek().is_none() {
        return;
    }
    let in_items = lint.flag("list_items", true);
    let mut open: Vec<Span> = Vec::new();
    for line in lint.lines() {
        open.retain(|quote| quote.end > line.span.start);
        while let Some(quote) = quotes.next_if(|quote| quote.start <= line.span.end) {
            open.push(*quote);
        }
        for (depth, blanks) in blanks(&lint, line, open.len()) {
            let Some(quote) = open.get(depth) else {
                continue;
            };
            let inner = open.get(depth + 1).map_or(u32::MAX, |inner| inner.start);
            let around = Around {
                quote: *quote,
                inner,
            };
            if is_code(&lint, line, blanks) || is_item_indent(&lint, &around, blanks) {
                continue;
            }
            if in_items || !touches_list(&lint, &around, blanks) {
                let message = "more than one blank behind the mark of this quote";
                report_extra_blanks(&lint, out, (blanks, message), Applicability::Safe);
            }
        }
    }
}

/// The blanks beyond the first behind each mark of a quote, with the number of quotes around it.
fn blanks(lint: &Lint<'_>, line: &Line, depth: usize) -> Vec<(usize, Span)> {
    let mut found = Vec::new();
    let mut marks = 0;
    let mut rest = line.span;
    while marks < depth {
        let source = rest.of(lint.text);
        let text = source.trim_start_matches([' ', '\t']);
        let start = rest.end as usize - text.len();
        if let Some(inner) = text.strip_prefix('>') {
            let inner = inner.strip_prefix([' ', '\t']).unwrap_or(inner);
            let from = rest.end as usize - inner.len();
            let width = inner.len() - inner.trim_start_matches([' ', '\t']).len();
            if width > 0 {
                found.push((marks, Span::new(from, from + width)));
            }
            marks += 1;
            rest = Span::new(from, rest.end as usize);
        } else if let Some(marker) = marker_at(lint, start) {
            rest = Span::new(marker.end as usize, rest.end as usize);
        } else {
            break;
        }
    }
    found
}

/// The marker of a list item that begins at an offset.
fn marker_at(lint: &Lint<'_>, start: usize) -> Option<Span> {
    let mut lists = lint.outline().lists.iter();
    lists.find_map(|list| {
        let found = list
            .markers
            .binary_search_by_key(&start, |marker| marker.start as usize);
        found.ok().and_then(|at| list.markers.get(at)).copied()
    })
}

/// Whether blanks belong to code, HTML or a table that goes on from the line before.
fn is_code(lint: &Lint<'_>, line: &Line, blanks: Span) -> bool {
    let outline = lint.outline();
    if line.is_indented_code() || line.is_html() {
        return true;
    }
    if line.is_table() {
        return within(&outline.tables, line.span).is_empty();
    }
    if line.is_fence() {
        return within(&outline.fences, line.span).is_empty();
    }
    if !line.is_fenced_code() {
        return false;
    }
    // Code is indented with its fence.
    let after = outline
        .fences
        .partition_point(|fence| fence.span.start <= blanks.start);
    let fence = after.checked_sub(1).and_then(|at| outline.fences.get(at));
    fence.is_none_or(|fence| {
        let before = lint.before(fence.span.start);
        !before.ends_with("  ") && !before.ends_with(">\t")
    })
}

/// The items of lists that stand in a quote itself, and begin before an offset.
fn items_before<'a>(lint: &Lint<'a>, around: &Around, offset: u32) -> &'a [Item] {
    let span = Span {
        start: around.quote.start,
        end: offset.min(around.inner),
    };
    within(&lint.outline().items, span)
}

/// Whether blanks indent what belongs to an item that began on a line before.
fn is_item_indent(lint: &Lint<'_>, around: &Around, blanks: Span) -> bool {
    let Some(line) = lint.all_lines().at(blanks.start) else {
        return false;
    };
    let empty = is_blank(lint.line_text(line));
    let reaches = |item: &Item| {
        let between = Span {
            start: item.span.end,
            end: line.span.start,
        };
        item.span.end > line.span.start || (empty && is_blank(between.of(lint.text)))
    };
    let mut items = items_before(lint, around, line.span.start).iter();
    let Some(item) = items.find(|item| reaches(item)) else {
        return false;
    };
    empty || blanks.len() >= indent(lint, item)
}

/// How far the text of an item is indented behind the mark of its quote.
fn indent(lint: &Lint<'_>, item: &Item) -> usize {
    let Some(line) = lint.all_lines().at(item.span.start) else {
        return 0;
    };
    let own = lint.line_text(line);
    let quotes = own.len() - own.trim_start_matches(['>', ' ', '\t']).len();
    let before = own.get(..quotes).unwrap_or("");
    let blanks = before
        .rsplit('>')
        .next()
        .unwrap_or("")
        .len()
        .saturating_sub(1);
    let rest = own.get(quotes..).unwrap_or("");
    let marker = rest.find([' ', '\t']).unwrap_or(rest.len());
    let tail = rest.get(marker..).unwrap_or("");
    let gap = tail.len() - tail.trim_start_matches(' ').len();
    blanks + marker + if gap > 4 { 1 } else { gap.max(1) }
}

/// Whether blanks stand before an item, in a list or in a quote of a list.
fn touches_list(lint: &Lint<'_>, around: &Around, blanks: Span) -> bool {
    let outline = lint.outline();
    let quoted = outline
        .lists
        .iter()
        .any(|list| list.span.contains(around.quote.start));
    let reached = |item: &Item| item.span.end > blanks.start;
    let inside = items_before(lint, around, blanks.start).iter().any(reached);
    quoted || inside || marker_at(lint, blanks.end as usize).is_some()
}
