//! Formulas between dollars inside lines: nothing in them is emphasis, code or a link.

use baton_source::Span;
use baton_syntax::markdown::within;

use crate::support::markdown::Lint;

/// The formulas of a file, in order.
pub(crate) struct Math {
    formulas: Vec<Span>,
}

impl Math {
    pub(crate) fn new(lint: &Lint<'_>) -> Math {
        let mut formulas = Vec::new();
        if lint.text.contains('$') {
            let inlines = lint.outline().inlines.iter();
            for inline in inlines.filter(|inline| inline.of(lint.text).contains('$')) {
                read(lint, *inline, &mut formulas);
            }
        }
        Math { formulas }
    }

    /// Whether an offset lies in a formula.
    pub(crate) fn holds(&self, offset: u32) -> bool {
        let after = self
            .formulas
            .partition_point(|formula| formula.start <= offset);
        let formula = after.checked_sub(1).and_then(|at| self.formulas.get(at));
        formula.is_some_and(|formula| formula.contains(offset))
    }

    /// Whether a span begins or ends in a formula.
    pub(crate) fn cuts(&self, span: Span) -> bool {
        self.holds(span.start) || self.holds(span.end.saturating_sub(1))
    }
}

/// Finds the formulas in one run of text; code and tags that begin before hide dollars.
fn read(lint: &Lint<'_>, inline: Span, formulas: &mut Vec<Span>) {
    let outline = lint.outline();
    let codes = outline
        .codes
        .partition_point(|code| code.start < inline.start);
    let codes = outline.codes.iter().skip(codes);
    let codes = codes.take_while(|code| code.start < inline.end).copied();
    let tags = within(&outline.html, inline).iter().map(|html| html.span);
    let mut hidden: Vec<Span> = codes.chain(tags).collect();
    hidden.sort_unstable();
    let mut hidden = hidden.into_iter().peekable();
    let runs = runs(lint, inline);
    let mut from = inline.start;
    for (at, run) in runs.iter().enumerate() {
        while let Some(code) = hidden.next_if(|code| code.start < run.start) {
            if code.start >= from {
                from = from.max(code.end);
            }
        }
        let before = lint.text.get(..run.start as usize).unwrap_or("");
        let escapes = before.len() - before.trim_end_matches('\\').len();
        if run.start < from || escapes % 2 == 1 {
            continue;
        }
        let mut rest = runs.iter().skip(at + 1);
        if let Some(close) = rest.find(|other| other.len() == run.len()) {
            formulas.push(run.to(*close));
            from = close.end;
        }
    }
}

/// The runs of dollars in a text.
fn runs(lint: &Lint<'_>, inline: Span) -> Vec<Span> {
    let source = inline.of(lint.text).as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(byte) = source.get(at) {
        let rest = source.get(at..).unwrap_or(&[]);
        let length = rest.iter().take_while(|next| **next == b'$').count();
        if *byte == b'$' {
            let start = inline.start as usize + at;
            runs.push(Span::new(start, start + length));
        }
        at += length.max(1);
    }
    runs
}
