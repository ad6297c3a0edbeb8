//! Attributes of the HTML inside Markdown, JSX included as far as it is written like HTML.

use baton_source::Span;

/// One attribute with a value in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'t> {
    /// Name of the tag.
    pub tag: &'t str,
    /// Its own name.
    pub name: &'t str,
    /// The value, without quotes.
    pub value: Span,
}

/// The attributes with quoted values in a piece of HTML; comments are left out.
pub fn attributes(text: &str, html: Span) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let source = html.of(text);
    let mut at = 0;
    while let Some(open) = source.get(at..).and_then(|rest| rest.find('<')) {
        at += open + 1;
        let rest = source.get(at..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("!--") {
            at += comment.find("-->").map_or(rest.len(), |end| end + 6);
            continue;
        }
        let tag = name(rest);
        if tag.is_empty() {
            continue;
        }
        at = of_tag(source, (tag, at + tag.len()), |attribute| {
            found.push(Attribute {
                value: attribute.value.shifted(html.start as usize),
                ..attribute
            });
        });
    }
    found
}

/// Reads the attributes of one tag; gives the offset after it.
fn of_tag<'t>(
    source: &'t str,
    (tag, mut at): (&'t str, usize),
    mut tell: impl FnMut(Attribute<'t>),
) -> usize {
    while let Some(rest) = source.get(at..) {
        let name = name(rest);
        if name.is_empty() {
            let Some(next) = rest.chars().next() else {
                break;
            };
            at += next.len_utf8();
            match next {
                '>' => break,
                '"' | '\'' => at += rest.get(1..).and_then(|rest| rest.find(next)).unwrap_or(0),
                _ => {}
            }
            continue;
        }
        at += name.len();
        let Some((start, length)) = quoted(source, at) else {
            continue;
        };
        let value = Span::new(start, start + length);
        tell(Attribute { tag, name, value });
        at = start + length + 1;
    }
    at
}

/// The name that a text begins with.
fn name(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '@');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// Start and length of the value that follows a name.
fn quoted(source: &str, at: usize) -> Option<(usize, usize)> {
    let rest = source.get(at..)?;
    let blank = |text: &str| text.len() - text.trim_start().len();
    let equals = at + blank(rest);
    let after = source.get(equals..)?.strip_prefix('=')?;
    let open = equals + 1 + blank(after);
    let quote = source.get(open..)?.chars().next()?;
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    let length = source.get(open + 1..)?.find(quote)?;
    Some((open + 1, length))
}

#[cfg(test)]
mod tests {
    use baton_source::Span;

    use super::attributes;

    fn read(html: &str) -> Vec<String> {
        let text = format!("é{html}");
        let found = attributes(&text, Span::new(2, text.len()));
        let told = found
            .iter()
            .map(|one| format!("{} {} {}", one.tag, one.name, one.value.of(&text)));
        told.collect()
    }

    #[test]
    fn reads_quoted_values() {
        assert_eq!(read("<a href=\"x\">y</a>"), ["a href x"]);
        assert_eq!(
            read("<img alt='a > b' src = 'c.png'/><br>"),
            ["img alt a > b", "img src c.png"]
        );
        assert_eq!(
            read("<LinkCard\n  title=\"é\"\n  href=\"/x/\"\n/>"),
            ["LinkCard title é", "LinkCard href /x/"]
        );
        assert_eq!(read("<a hidden href=bare id=\"z\">href=\"no\""), ["a id z"]);
        assert_eq!(read("<!-- <a href=\"x\"> --><p id=\"y\">"), ["p id y"]);
        assert!(read("a < b href=\"x\"").is_empty());
        assert!(read("<a href=\"open").is_empty());
        assert!(read("<").is_empty());
    }
}
