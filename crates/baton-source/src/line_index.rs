//! From byte offsets to lines and columns.

/// A position for people: both parts count from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// Where the lines of one text begin.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds every line start of `text`; lines end with LF.
    pub fn new(text: &str) -> LineIndex {
        let mut starts = vec![0];
        let after_feed = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        starts.extend(after_feed.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)));
        LineIndex { starts }
    }

    /// Line and column of a byte offset of the text the index was made from.
    pub fn locate(&self, text: &str, offset: u32) -> LineColumn {
        let line = self.line_of(offset);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = text.get(start as usize..offset as usize);
        // A byte order mark takes no column in any editor.
        let before = before.map(|text| {
            let marked = text.strip_prefix('\u{feff}').filter(|_| line == 0);
            marked.unwrap_or(text)
        });
        let column = before.map_or(0, |before| before.chars().count());
        let one_based = |zero_based: usize| u32::try_from(zero_based + 1).unwrap_or(u32::MAX);
        LineColumn {
            line: one_based(line),
            column: one_based(column),
        }
    }

    /// Number of the line, from 0, that holds a byte offset.
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    /// Byte offset at which a line, from 0, begins.
    pub fn start_of(&self, line: usize) -> Option<u32> {
        self.starts.get(line).copied()
    }

    /// Number of lines; a text without LF has one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The text of a line, from 0, without its line ending.
    pub fn line_text<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let Some(start) = self.start_of(line) else {
            return "";
        };
        let end = self
            .start_of(line + 1)
            .map_or(text.len(), |next| next as usize);
        text.get(start as usize..end)
            .unwrap_or("")
            .trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, LineIndex};

    #[test]
    fn counts_scalars_not_bytes() {
        let text = "a\n🏛️b\r\n";
        let index = LineIndex::new(text);
        let at = |needle: &str| {
            let offset = text.find(needle).expect("the needle is in the text");
            index.locate(text, u32::try_from(offset).expect("short text"))
        };
        assert_eq!(at("a"), LineColumn { line: 1, column: 1 });
        assert_eq!(at("b"), LineColumn { line: 2, column: 3 });
        assert_eq!(index.line_text(text, 1), "🏛️b");
        assert_eq!(index.lines(), 3);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let text = "\u{feff}ab";
        let index = LineIndex::new(text);
        assert_eq!(index.locate(text, 0), LineColumn { line: 1, column: 1 });
        assert_eq!(index.locate(text, 3), LineColumn { line: 1, column: 1 });
        assert_eq!(index.locate(text, 4), LineColumn { line: 1, column: 2 });
    }

    #[test]
    fn the_end_of_the_text_has_a_position() {
        let index = LineIndex::new("ab");
        assert_eq!(index.locate("ab", 2), LineColumn { line: 1, column: 3 });
    }
}
