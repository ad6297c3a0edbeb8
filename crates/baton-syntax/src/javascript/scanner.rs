//! JavaScript cut into words, literals and signs.

use baton_source::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    /// A text in quotes, or in backticks with nothing put in.
    Text,
    /// A number.
    Number,
    /// Anything else, one sign at a time; a regular expression or a filled-in text at a time.
    Sign,
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// All tokens; comments are left out.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(sign) = rest.chars().next()
    {
        let length = blank(rest);
        if length > 0 {
            at += length;
            continue;
        }
        let (kind, length) = match sign {
            '"' | '\'' => (Kind::Text, literal(rest, sign)),
            '`' => {
                let length = literal(rest, sign);
                let filled = rest.get(..length).is_some_and(|text| text.contains("${"));
                (if filled { Kind::Sign } else { Kind::Text }, length)
            }
            '/' if begins_value(text, &tokens) => (Kind::Sign, expression(rest)),
            sign if sign.is_ascii_digit() => (Kind::Number, run(rest, |sign| sign == '.')),
            sign if sign.is_alphanumeric() || matches!(sign, '_' | '$') => {
                (Kind::Word, run(rest, |_| false))
            }
            sign => (Kind::Sign, sign.len_utf8()),
        };
        tokens.push(Token {
            kind,
            span: Span::new(at, at + length),
        });
        at += length;
    }
    tokens
}

/// How much white space or comment a text begins with.
fn blank(rest: &str) -> usize {
    if rest.starts_with("//") || rest.starts_with("#!") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    let is_blank = |sign: char| sign.is_whitespace() || sign == '\u{feff}';
    rest.find(|sign| !is_blank(sign)).unwrap_or(rest.len())
}

/// The length of a literal with its quotes.
fn literal(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, sign) in rest.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            sign if sign == quote => return at + sign.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// The length of a regular expression with its flags.
fn expression(rest: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, sign) in rest.char_indices().skip(1) {
        match sign {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let flags = rest.get(at + 1..).unwrap_or("");
                return at + 1 + run(flags, |_| false);
            }
            _ => {}
        }
    }
    rest.len()
}

fn run(rest: &str, more: impl Fn(char) -> bool) -> usize {
    let is_part = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '$') || more(sign);
    rest.find(|sign| !is_part(sign)).unwrap_or(rest.len())
}

/// Whether a value may begin behind these tokens, so that a slash is no division.
fn begins_value(text: &str, tokens: &[Token]) -> bool {
    let Some(last) = tokens.last() else {
        return true;
    };
    last.kind == Kind::Sign && !matches!(last.span.of(text), ")" | "]" | "}")
}

#[cfg(test)]
mod tests {
    use crate::javascript::parse;
    use crate::node::{Node, Value};

    fn shown(node: &Node) -> String {
        match &node.value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(lexeme) => lexeme.clone(),
            Value::String(text) => format!("{text:?}"),
            Value::Sequence(items) => {
                let items: Vec<String> = items.iter().map(shown).collect();
                format!("[{}]", items.join(","))
            }
            Value::Mapping(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|entry| format!("{}:{}", entry.key, shown(&entry.value)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
            }
        }
    }

    /// The value, and the texts that were not read.
    fn check(text: &str, value: &str, unread: &[&str]) {
        let document = parse(text);
        let root = document.root.as_ref().map_or("-".to_owned(), shown);
        assert_eq!(root, value, "{text}");
        let errors: Vec<&str> = document
            .errors
            .iter()
            .map(|error| error.span.of(text))
            .collect();
        assert_eq!(errors, unread, "{text}");
    }

    #[test]
    fn data_is_read() {
        check(
            "export default { a: 1, 'b-c': [true, 'x',], };",
            "{a:1,b-c:[true,\"x\"]}",
            &[],
        );
        check("// c\nmodule.exports = {a: -1 /* d */}\n", "{a:-1}", &[]);
        check(
            "const types = ['a'];\nmodule.exports = { types }",
            "{types:[\"a\"]}",
            &[],
        );
        check(
            "const c: UserConfig = { a: `b` }\nexport default c",
            "{a:\"b\"}",
            &[],
        );
        check(
            "export default defineConfig({ r: [RuleConfigSeverity.Error, 'never'] })",
            "{r:[2,\"never\"]}",
            &[],
        );
    }

    #[test]
    fn what_would_have_to_be_run_is_left_out_and_said() {
        check(
            "module.exports = { a: 1, f: (x) => x, ...more, b: [y(), 2], c: /[/]x/g, d: 'e' }",
            "{a:1,b:[2],d:\"e\"}",
            &["x", ".", "y", "/[/]x/g"],
        );
        check("require('x')()", "-", &[""]);
        check("module.exports = make({a: 1})", "-", &["make"]);
        check("const a = a;\nmodule.exports = a", "-", &["a"]);
    }
}
