//! The expressions of ARM templates: what stands between the brackets of `"[…]"`.
//!
//! Function calls, literals and what is taken out of them; there are no operators. The JSON
//! around them is read elsewhere. Positions count bytes of the decoded text of the string.

use baton_source::{Span, SyntaxError};

mod lexer;
mod parser;

/// How deep an expression may be; a deeper one is a syntax error.
pub const MAX_DEPTH: u32 = 128;

/// An expression and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Where it stands in the decoded text.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `'text'`, decoded.
    String(String),
    /// A number as it was written.
    Number(String),
    /// `name(…)`; a function of the template's own has a namespace in its name.
    Call {
        /// The name as written.
        name: String,
        /// What it is given.
        arguments: Vec<Expr>,
    },
    /// Something taken out of a value.
    Access {
        /// The value.
        base: Box<Expr>,
        /// What is taken out of it, one after another.
        path: Vec<Step>,
    },
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// `.name`
    Name(String),
    /// `[index]`
    Index(Expr),
}

/// What a string of a template is.
#[derive(Debug, Clone, PartialEq)]
pub enum Text<'t> {
    /// Text as it is, the bracket that protects it taken away.
    Literal(&'t str),
    /// An expression, or why it is none.
    Expression(Result<Expr, SyntaxError>),
    /// Text that is an expression to whoever reads the value, such as a policy.
    Later,
}

/// Reads a string of a template.
///
/// `[…]` is an expression, `[[…]` the text `[…]`; anything else is itself.
pub fn text(decoded: &str) -> Text<'_> {
    let inner = decoded.strip_prefix('[');
    let Some(inner) = inner.filter(|_| decoded.len() > 1 && decoded.ends_with(']')) else {
        return Text::Literal(decoded);
    };
    if inner.starts_with('[') {
        let core = inner.trim_start_matches('[');
        let core = core.strip_suffix(']').unwrap_or(core);
        return match parser::expression(core, 0) {
            Ok(_) => Text::Later,
            Err(_) => Text::Literal(inner),
        };
    }
    let inner = inner.strip_suffix(']').unwrap_or(inner);
    Text::Expression(parser::expression(inner, 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Expr, ExprKind, Step, Text, text};

    /// An expression written plainly.
    fn shown(expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::String(text) => format!("{text:?}"),
            ExprKind::Number(lexeme) => lexeme.clone(),
            ExprKind::Call { name, arguments } => {
                let arguments: Vec<String> = arguments.iter().map(shown).collect();
                format!("{name}({})", arguments.join(" "))
            }
            ExprKind::Access { base, path } => {
                let path = path.iter().map(|step| match step {
                    Step::Name(name) => format!(".{name}"),
                    Step::Index(index) => format!("[{}]", shown(index)),
                });
                format!("{}{}", shown(base), path.collect::<String>())
            }
        }
    }

    fn check(decoded: &str, expected: &str) {
        let told = match text(decoded) {
            Text::Literal(literal) => format!("= {literal}"),
            Text::Later => "later".to_owned(),
            Text::Expression(Ok(expr)) => shown(&expr),
            Text::Expression(Err(error)) => {
                format!("{} `{}`", error.message, error.span.of(decoded))
            }
        };
        assert_eq!(told, expected, "{decoded}");
    }

    #[test]
    fn brackets_make_an_expression() {
        check("plain", "= plain");
        check("[", "= [");
        check("[a] b", "= [a] b");
        check(" [a()]", "=  [a()]");
        check("[[a]", "= [a]");
        check("[[]]", "= []]");
        check("[[a()]", "later");
        check("[[[a()]", "later");
        let deep = "[".repeat(100_000);
        check(&format!("[{deep}]"), &format!("= {deep}]"));
        check("", "= ");
    }

    #[test]
    fn calls_literals_and_steps() {
        check("[parameters('x')]", "parameters(\"x\")");
        check("[ concat( 'it''s' , -1,2.5 ) ]", "concat(\"it's\" -1 2.5)");
        check("[null()]", "null()");
        check("['x']", "\"x\"");
        check("[5]", "5");
        check(
            "[variables('a')[0].b['c'].d]",
            "variables(\"a\")[0].b[\"c\"].d",
        );
        check("[own.name(1)]", "own.name(1)");
        check("[a(\n  b()\n)]", "a(b())");
        check("[a(b().c, d()[e()])]", "a(b().c d()[e()])");
    }

    #[test]
    fn errors_have_a_place() {
        check("[]", "expected a value ``");
        check("[a]", "expected `(` after the name of a function `a`");
        check("[a(]", "expected a value ``");
        check("[a('x]", "`'` is never closed `'`");
        check("[a(1 2)]", "expected `,` or `)` `2`");
        check("[a() b()]", "expected the end of the expression `b`");
        check("[a().]", "expected a name ``");
        check("[a()[1]", "expected `]` ``");
        check("[a(\"x\")]", "expected a value `\"`");
        check("[a(1,)]", "expected a value `)`");
        check("[a(ä)]", "expected a value `ä`");
        let deep = format!("[{}{}]", "a(".repeat(200), ")".repeat(200));
        check(&deep, "nested deeper than 128 levels `a`");
        let deep = format!("[a(){}{}]", "[a()".repeat(200), "]".repeat(200));
        check(&deep, "nested deeper than 128 levels `a`");
        let long = format!("[a(){}]", ".b".repeat(100_000));
        assert!(matches!(text(&long), Text::Expression(Ok(_))));
    }

    proptest! {
        #[test]
        fn any_text_is_read(inner in "[a-z0-9'()\\[\\].,\" ä-]{0,40}") {
            let decoded = format!("[{inner}]");
            if let Text::Expression(Err(error)) = text(&decoded) {
                let span = error.span.start as usize..error.span.end as usize;
                prop_assert!(decoded.get(span).is_some());
            }
        }
    }
}
