//! Texts over several lines, which ARM reads and JSON does not allow.

/// The text with blanks for what may not stand in a JSON string; every byte stays where it is.
pub fn flattened(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    let mut state = State::Outside;
    let mut last = ' ';
    for c in text.chars() {
        let is_blanked = matches!(state, State::Text | State::Escaped) && c < ' ';
        flat.push(if is_blanked { ' ' } else { c });
        let next = match (state, c) {
            (State::Outside, '"') | (State::Escaped, _) => State::Text,
            (State::Text, '"') | (State::Line, '\n') => State::Outside,
            (State::Text, '\\') => State::Escaped,
            (State::Outside, '/') if last == '/' => State::Line,
            (State::Outside, '*') if last == '/' => State::Block,
            (State::Block, '/') if last == '*' => State::Outside,
            (state, _) => state,
        };
        // `/*/` does not end where it begins.
        last = if next == state { c } else { ' ' };
        state = next;
    }
    flat
}

/// What the next character belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    Text,
    /// A text, behind a backslash.
    Escaped,
    /// A comment up to the end of the line.
    Line,
    /// A comment up to its end.
    Block,
}

#[cfg(test)]
mod tests {
    use super::flattened;

    #[test]
    fn only_texts_lose_their_breaks() {
        for (text, expected) in [
            ("{\n\"a\": \"b\r\n\tc\"\n}", "{\n\"a\": \"b   c\"\n}"),
            (
                "\"\\\"\n\" // it's \"\n\"\n\"",
                "\"\\\" \" // it's \"\n\" \"",
            ),
            ("/* \" */\n\"a\nb\"", "/* \" */\n\"a b\""),
            ("/*/ \" */\n1", "/*/ \" */\n1"),
            ("\"é\n\"", "\"é \""),
            ("\"a\\\nb\"", "\"a\\ b\""),
        ] {
            assert_eq!(flattened(text), expected, "{text}");
        }
    }
}
