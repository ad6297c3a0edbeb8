//! Comments of a YAML text.

use baton_source::Span;

/// The comments of `part`, a whole YAML text inside `text`, in order, without line endings.
///
/// A `#` begins a comment at the start of a line or after a blank, outside quotes that begin
/// on the same line. Lines of block scalars are not told apart.
pub fn comments(text: &str, part: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = part.start as usize;
    for line in part.of(text).split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        if let Some(at) = comment_start(content) {
            found.push(Span::new(start + at, start + content.len()));
        }
        start += line.len();
    }
    found
}

fn comment_start(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open && before != '\\' => quote = None,
            // A quote opens a scalar only where a value can begin; elsewhere it is an apostrophe.
            None if matches!(c, '"' | '\'') && matches!(before, ' ' | '\t' | '[' | '{' | ',') => {
                quote = Some(c);
            }
            None if c == '#' && matches!(before, ' ' | '\t') => return Some(at),
            Some(_) | None => {}
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::comments;
    use baton_source::Span;

    #[test]
    fn finds_comments_outside_quotes() {
        let text = "# one\na: b # two\nc: 'x # y' # three\nd: it's#no\r\ne: don't # four\r\n";
        let found = comments(text, Span::new(0, text.len()));
        let texts: Vec<&str> = found.iter().map(|span| span.of(text)).collect();
        assert_eq!(texts, ["# one", "# two", "# three", "# four"]);
    }
}
