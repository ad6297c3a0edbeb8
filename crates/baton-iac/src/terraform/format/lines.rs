//! Lines: how far they are indented, and what stands below one another in them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::super::scanner::TokenKind;
use super::{Piece, spacing};

const INDENT: usize = 2;

/// A line in three cells, each of which may be empty but for the first.
struct Line {
    /// What comes first.
    lead: Range<usize>,
    /// `=` and a value that ends in this line.
    assign: Range<usize>,
    /// A comment behind something else.
    comment: Range<usize>,
}

/// Sets all blanks.
pub(super) fn lay_out(pieces: &mut [Piece<'_>]) {
    let lines = split(pieces);
    indent(pieces, &lines);
    for line in &lines {
        space(pieces, &line.lead);
        if let Some(equals) = pieces
            .get_mut(line.assign.clone())
            .and_then(<[_]>::first_mut)
        {
            equals.blanks = 1;
        }
        space(pieces, &line.assign);
    }
    align(pieces, &lines, |line| {
        (line.assign.clone(), line.lead.clone())
    });
    align(pieces, &lines, |line| {
        (line.comment.clone(), line.lead.start..line.assign.end)
    });
}

fn split(pieces: &[Piece<'_>]) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::new();
    for whole in pieces.split_inclusive(Piece::ends_line) {
        lines.push(line(whole, start));
        start += whole.len();
    }
    lines
}

/// The cells of a line; `start` is where it begins among all pieces.
fn line(whole: &[Piece<'_>], start: usize) -> Line {
    let is_comment =
        |piece: &Piece<'_>| matches!(piece.kind, TokenKind::LineComment | TokenKind::BlockComment);
    let code = match whole {
        [_, .., last] if is_comment(last) => whole.len() - 1,
        _ => whole.len(),
    };
    let code_pieces = whole.get(..code).unwrap_or(whole);
    let equals = code_pieces.iter().skip(1).position(|piece| piece.is("="));
    let lead = equals
        .map(|at| at + 1)
        .filter(|&at| net(code_pieces.get(at..).unwrap_or(&[])) == 0)
        .unwrap_or(code);
    Line {
        lead: start..start + lead,
        assign: start + lead..start + code,
        comment: start + code..start + whole.len(),
    }
}

fn net(pieces: &[Piece<'_>]) -> i64 {
    pieces.iter().map(Piece::bracket).sum()
}

/// Indents each line by the brackets that are open before it; a line that opens several counts once.
fn indent(pieces: &mut [Piece<'_>], lines: &[Line]) {
    let mut open: Vec<i64> = Vec::new();
    for line in lines {
        let lead = pieces.get(line.lead.clone()).unwrap_or(&[]);
        let is_blank = lead
            .first()
            .is_some_and(|piece| piece.kind == TokenKind::Newline);
        // What is in a heredoc says nothing about the lines below it.
        let heredoc = lead
            .iter()
            .position(|piece| piece.kind == TokenKind::OpenHeredoc);
        let counted = lead.get(..heredoc.unwrap_or(lead.len())).unwrap_or(lead);
        let change = net(counted) + net(pieces.get(line.assign.clone()).unwrap_or(&[]));
        let mut depth = open.len();
        if is_blank {
            depth = 0;
        } else if change > 0 {
            open.push(change);
        } else {
            close(&mut open, -change);
            depth = open.len();
        }
        if let Some(first) = pieces.get_mut(line.lead.start) {
            first.blanks = INDENT * depth;
        }
    }
}

/// Takes closed brackets from the lines that opened them, the last first.
fn close(open: &mut Vec<i64>, mut closed: i64) {
    while closed > 0
        && let Some(last) = open.last_mut()
    {
        if closed < *last {
            *last -= closed;
            return;
        }
        closed -= *last;
        open.pop();
    }
}

/// Sets the blanks between the pieces of a cell.
fn space(pieces: &mut [Piece<'_>], cell: &Range<usize>) {
    let Some(pieces) = pieces.get_mut(cell.clone()) else {
        return;
    };
    let mut before = None;
    let mut rest = pieces;
    while let [subject, after, ..] = rest {
        after.blanks = usize::from(spacing::is_spaced(before.as_ref(), subject, after));
        before = Some(*subject);
        rest = rest.get_mut(1..).unwrap_or_default();
    }
}

/// Puts a cell below that of the line before, one blank behind the widest of what stands before it.
///
/// `cells` gives the cell of a line and what stands before it. A line without one ends the row.
fn align(
    pieces: &mut [Piece<'_>],
    lines: &[Line],
    cells: fn(&Line) -> (Range<usize>, Range<usize>),
) {
    for row in lines.chunk_by(|one, other| !cells(one).0.is_empty() && !cells(other).0.is_empty()) {
        let widths: Vec<usize> = row
            .iter()
            .map(|line| columns(pieces.get(cells(line).1).unwrap_or(&[])))
            .collect();
        let widest = widths.iter().copied().max().unwrap_or(0);
        for (line, width) in row.iter().zip(widths) {
            let cell = pieces.get_mut(cells(line).0);
            if let Some(first) = cell.and_then(<[_]>::first_mut) {
                first.blanks = widest - width + 1;
            }
        }
    }
}

fn columns(pieces: &[Piece<'_>]) -> usize {
    let column = |piece: &Piece<'_>| piece.blanks + width(piece.text);
    pieces.iter().map(column).sum()
}

/// How many characters a reader sees.
fn width(text: &str) -> usize {
    if text.is_ascii() && !text.contains('\r') {
        text.len()
    } else {
        text.graphemes(true).count()
    }
}
