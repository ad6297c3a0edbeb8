//! Line breaks that mean nothing, taken out for a reader that stumbles over them.

use super::scanner::{TokenKind, tokens};

/// What a bracket that is open says about line breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    /// They end an argument or an element.
    Count,
    /// They mean nothing: `(`, `[` and `for` in braces.
    Blank,
}

/// The text with blanks for the line breaks and comments inside `(…)`, `[…]` and `{ for … }`.
///
/// Every byte stays where it is. Terraform reads both alike; `hcl-edit` takes no line break in
/// some of these places, such as after `=>`.
pub(super) fn joined(text: &str) -> String {
    let mut joined = text.to_owned();
    let mut open: Vec<Breaks> = Vec::new();
    let mut opener = None;
    let mut last = None;
    for token in tokens(text) {
        let word = token.span.of(text);
        match (token.kind, word) {
            (TokenKind::Punctuation, "{") => {
                open.push(Breaks::Count);
                opener = Some(open.len());
            }
            (TokenKind::Punctuation, "(" | "[") | (TokenKind::OpenTemplate, _) => {
                open.push(Breaks::Blank);
            }
            (TokenKind::Punctuation, "}" | ")" | "]") | (TokenKind::CloseTemplate, _) => {
                open.pop();
            }
            (TokenKind::Identifier, "for") if opener == Some(open.len()) => {
                if let Some(braces) = open.last_mut() {
                    *braces = Breaks::Blank;
                }
            }
            _ => {}
        }
        let is_break = matches!(
            token.kind,
            TokenKind::Newline | TokenKind::LineComment | TokenKind::BlockComment
        );
        // The word that ends a heredoc must stand alone in its line.
        let is_blank = open.last() == Some(&Breaks::Blank);
        if is_break && is_blank && last != Some(TokenKind::CloseHeredoc) {
            let range = token.span.start as usize..token.span.end as usize;
            joined.replace_range(range, &" ".repeat(word.len()));
        }
        if !is_break && word != "{" {
            opener = None;
        }
        last = Some(token.kind);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn breaks_that_mean_nothing_are_blanks() {
        let text = "a = [\n  1, # é\n]\nb = {\n  for k in c :\n  k =>\n  { d = 1\n  }\n}\n";
        let wanted = "a = [   1, #  ]\nb = {\n  for k in c :   k =>   { d = 1\n  } }\n";
        let flat = joined(text);
        assert_eq!(flat.len(), text.len());
        let wanted = wanted.replace("#  ", "     ");
        assert_eq!(flat, wanted);
    }

    #[test]
    fn heredocs_keep_their_last_line() {
        let text = "a = [\n<<E\nx\nE\n,\n\"y\"]\n";
        assert_eq!(joined(text), "a = [ <<E\nx\nE\n, \"y\"]\n");
    }
}
