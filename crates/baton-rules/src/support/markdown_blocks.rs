//! What rules about lists, quotes and tables share: columns, and blank lines around blocks.

use baton_source::{Applicability, Fix, Span};
use baton_syntax::markdown::List;
use baton_syntax::markdown::lines::Line;

use crate::Findings;
use crate::support::markdown::{Lint, container_prefix, is_blank};

impl<'a> Lint<'a> {
    /// The lists as markdownlint sees them: behind indented code a numbered list that does not
    /// begin with 1 is a paragraph to its parser.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &'a List> {
        let lists = self.outline().lists.iter();
        lists.filter(|list| !(list.ordered && self.begins_late(list) && self.follows_code(list)))
    }

    fn begins_late(&self, list: &List) -> bool {
        let first = list
            .markers
            .first()
            .map_or("", |marker| marker.of(self.text));
        first.trim_end_matches(['.', ')']) != "1"
    }

    fn follows_code(&self, list: &List) -> bool {
        let fences = &self.outline().fences;
        let before = fences.partition_point(|fence| fence.span.start < list.span.start);
        let fence = before.checked_sub(1).and_then(|at| fences.get(at));
        fence.is_some_and(|fence| {
            let between = Span {
                start: fence.span.end.min(list.span.start),
                end: list.span.start,
            };
            !fence.fenced && between.of(self.text).trim().is_empty()
        })
    }

    /// What stands on a line before an offset.
    pub(crate) fn before(&self, offset: u32) -> &'a str {
        let line = self.all_lines().at(offset);
        let start = line.map_or(offset, |line| line.span.start);
        Span { start, end: offset }.of(self.text)
    }

    /// The number of characters on a line before an offset.
    pub(crate) fn column(&self, offset: u32) -> usize {
        self.before(offset).chars().count()
    }

    /// The number, from 0, of the line that holds an offset.
    pub(crate) fn line_number(&self, offset: u32) -> usize {
        self.file.lines().line_of(offset)
    }

    /// An option that is a number above zero.
    pub(crate) fn size(&self, name: &str, default: usize) -> usize {
        match self.number(name, default) {
            0 => default,
            size => size,
        }
    }

    /// A block without what follows a line of colons: such a line closes what `:::name` opens.
    pub(crate) fn inside_colons(&self, block: Span) -> Span {
        let source = block.of(self.text);
        if !source.contains("\n:::") || !self.has_opening_colons(block.start) {
            return block;
        }
        let mut kept = 0;
        for line in source.split_inclusive('\n') {
            let closes = line.starts_with(":::") && line.trim().bytes().all(|byte| byte == b':');
            if closes && kept > 0 {
                break;
            }
            kept += line.len();
        }
        let kept = source.get(..kept).unwrap_or(source).trim_end().len();
        let start = block.start as usize;
        Span::new(start, start + kept)
    }

    fn has_opening_colons(&self, offset: u32) -> bool {
        let before = self.text.get(..offset as usize).unwrap_or("");
        let mut lines = before.lines();
        lines.any(|line| {
            let name = line.trim_start().trim_start_matches(':');
            let colons = line.trim_start().len() - name.len();
            colons >= 3 && name.starts_with(|first: char| first.is_ascii_alphabetic())
        })
    }

    /// Whether a line with a number of the file is blank, or none that is judged.
    fn is_blank_line(&self, number: Option<usize>) -> bool {
        let line = number.and_then(|number| self.numbered(number));
        line.is_none_or(|line| is_blank(self.line_text(line)))
    }
}

/// Makes the blanks of a span as many as there should be.
pub(crate) fn resize(lint: &Lint<'_>, blanks: Span, wanted: usize) -> Fix {
    let title = if wanted > blanks.len() {
        "Add blanks"
    } else {
        "Remove blanks"
    };
    Fix {
        title: title.to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![lint.file.edit(blanks, " ".repeat(wanted))],
    }
}

/// Reports a block that no blank line parts from what stands before or after it.
pub(crate) fn report_unparted(lint: &Lint<'_>, out: &mut Findings, (block, what): (Span, &str)) {
    let lines = lint.all_lines();
    let block = lint.inside_colons(block);
    let last = block.end.saturating_sub(1).max(block.start);
    let (Some(first), Some(last)) = (lines.at(block.start), lines.at(last)) else {
        return;
    };
    if !lint.is_blank_line(first.number.checked_sub(1)) {
        let message = format!("no blank line before this {what}");
        report(lint, out, (first, first.span.start), message);
    }
    if !lint.is_blank_line(Some(last.number + 1))
        && let Some(next) = lint.numbered(last.number + 1)
    {
        let message = format!("no blank line after this {what}");
        report(lint, out, (last, next.span.start), message);
    }
}

/// Reports a line, and how to put a blank line at an offset.
fn report(lint: &Lint<'_>, out: &mut Findings, (line, at): (&Line, u32), message: String) {
    let prefix = container_prefix(lint.line_text(line));
    let quotes: String = prefix
        .chars()
        .map(|mark| if mark == '>' { '>' } else { ' ' })
        .collect();
    let Some(finding) = lint.report(out, line.span, message) else {
        return;
    };
    let blank = format!("{}{}", quotes.trim_end(), lint.file.line_ending());
    finding.help("Put a blank line there.").fix(Fix {
        title: "Add a blank line".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![lint.file.edit(Span::at(at as usize), blank)],
    });
}
