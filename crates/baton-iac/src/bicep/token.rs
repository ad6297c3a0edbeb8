//! Tokens of Bicep text, with everything a formatter must keep.

use baton_source::{Span, Spanned};

/// One piece of the text; all tokens in order are the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands; `span.of(text)` is its text.
    pub span: Span,
}

/// What a token is.
///
/// Words of the language such as `param` or `for` are [`TokenKind::Identifier`]: they are
/// ordinary names wherever a name may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// The mark some editors put at the start of a file.
    ByteOrderMark,
    /// Blanks and tabs.
    Whitespace,
    /// One line end: LF, CR LF or a lone CR.
    Newline,
    /// `// …` without its line end.
    LineComment,
    /// `/* … */`.
    BlockComment,
    /// `#disable-next-line …` and its kin, without trailing blanks.
    Directive,
    /// A name or a word of the language.
    Identifier,
    /// `true`.
    True,
    /// `false`.
    False,
    /// `null`.
    Null,
    /// Decimal digits.
    Integer,
    /// A whole string, quotes included.
    StringComplete,
    /// The start of a string up to and with its first `${`.
    StringLeft,
    /// From the `}` of one interpolation to the `${` of the next.
    StringMiddle,
    /// From the `}` of the last interpolation to the closing quote.
    StringRight,
    /// `{`
    LeftBrace,
    /// `}`
    RightBrace,
    /// `[`
    LeftBracket,
    /// `]`
    RightBracket,
    /// `(`
    LeftParen,
    /// `)`
    RightParen,
    /// `@`
    At,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `...`
    Ellipsis,
    /// `:`
    Colon,
    /// `::`
    DoubleColon,
    /// `?`
    Question,
    /// `??`
    DoubleQuestion,
    /// `=`
    Assign,
    /// `=>`
    Arrow,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `=~`
    EqualIgnoringCase,
    /// `!~`
    NotEqualIgnoringCase,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `!`
    Exclamation,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|`
    Pipe,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Asterisk,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `^`
    Hat,
    /// A character the language has no use for.
    Unknown,
}

impl TokenKind {
    /// Whether it means nothing to the grammar; a line end does mean something.
    pub fn is_trivia(self) -> bool {
        matches!(
            self,
            TokenKind::ByteOrderMark
                | TokenKind::Whitespace
                | TokenKind::LineComment
                | TokenKind::BlockComment
                | TokenKind::Directive
        )
    }

    /// Whether it is a string or a piece of one.
    pub fn is_string(self) -> bool {
        matches!(
            self,
            TokenKind::StringComplete
                | TokenKind::StringLeft
                | TokenKind::StringMiddle
                | TokenKind::StringRight
        )
    }
}

impl Spanned for Token {
    fn span(&self) -> Span {
        self.span
    }
}
