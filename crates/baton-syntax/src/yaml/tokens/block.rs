//! `|` and `>` with the lines below.

use super::TokenKind;
use super::scanner::{Misplaced, Scanner};

impl Scanner<'_> {
    /// Text whose lines stand as they are, or folded.
    ///
    /// It ends with the last line that has text; blank lines behind it are between signs.
    pub(super) fn block_scalar(&mut self) -> Result<(), Misplaced> {
        self.key_allowed = true;
        self.forget_key()?;
        let start = self.place();
        let rest = self.rest();
        let mut lines = rest.split_inclusive('\n');
        let header = lines.next().unwrap_or("");
        let stated = header_indent(header).ok_or(Misplaced)?;
        let least = usize::try_from(self.indent + 1).unwrap_or(0).max(1);
        let indent = match stated {
            Some(more) => least + more - 1,
            None => first_indent(lines.clone()).max(least),
        };
        let mut end = header.trim_end_matches(['\n', '\r']).len();
        let mut read = header.len();
        for line in lines {
            let content = line.trim_end_matches(['\n', '\r']);
            let blanks = content.len() - content.trim_start_matches(' ').len();
            if blanks < content.len() && blanks < indent {
                break;
            }
            read += line.len();
            if blanks >= indent && content.len() > indent {
                end = read - line.len() + content.len();
            }
        }
        self.skip(end);
        self.push(TokenKind::Block, start);
        Ok(())
    }
}

/// The indentation a header such as `|2-` states; `None` when it is no header.
fn header_indent(header: &str) -> Option<Option<usize>> {
    let marks = header.trim_start_matches(['|', '>']);
    let end = marks.find([' ', '\t', '\n', '\r']).unwrap_or(marks.len());
    let (marks, behind) = marks.split_at_checked(end)?;
    let behind = behind.trim();
    let fits = marks.len() <= 2 && (behind.is_empty() || behind.starts_with('#'));
    let known = marks
        .chars()
        .all(|mark| matches!(mark, '+' | '-' | '1'..='9'));
    let stated = marks.chars().find_map(|mark| mark.to_digit(10));
    (fits && known).then_some(stated.map(|digit| digit as usize))
}

/// The most blanks before the first text or on the blank lines above it.
fn first_indent<'l>(lines: impl Iterator<Item = &'l str>) -> usize {
    let mut most = 0;
    for line in lines {
        let content = line.trim_end_matches(['\n', '\r']);
        let blanks = content.len() - content.trim_start_matches(' ').len();
        most = most.max(blanks);
        if blanks < content.len() {
            break;
        }
    }
    most
}
