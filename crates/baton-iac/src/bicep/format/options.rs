//! How a file is to look: the section `formatting` of `bicepconfig.json`.

use baton_syntax::node::Node;

const MOST_INDENT: u64 = 1000;

/// How a file is to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What a level is indented with.
    pub indent_kind: IndentKind,
    /// How many blanks a level is, if it is blanks.
    pub indent_size: usize,
    /// What ends a line.
    pub newline: Newline,
    /// How long a line may be where it can be broken.
    pub width: usize,
    /// Whether the last line ends like the others.
    pub final_newline: bool,
}

/// What lines are indented with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndentKind {
    /// Blanks, as many as the indent's size.
    Space,
    /// One tab a level.
    Tab,
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newline {
    /// A line feed.
    Lf,
    /// A carriage return and a line feed.
    CrLf,
    /// A carriage return.
    Cr,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            indent_kind: IndentKind::Space,
            indent_size: 2,
            newline: Newline::Lf,
            width: 120,
            final_newline: true,
        }
    }
}

impl Options {
    /// What the section `formatting` of a `bicepconfig.json` says, and the defaults for the rest.
    pub fn of_section(section: &Node) -> Options {
        let mut options = Options::default();
        let word = |key: &str| section.get(key).and_then(Node::as_str);
        let number = |key: &str| {
            let value = section.get(key).and_then(Node::as_i64)?;
            Some(u64::try_from(value).unwrap_or(0))
        };
        if word("indentKind").is_some_and(|kind| kind.eq_ignore_ascii_case("tab")) {
            options.indent_kind = IndentKind::Tab;
        }
        if let Some(size) = number("indentSize") {
            options.indent_size = usize::try_from(size.min(MOST_INDENT)).unwrap_or_default();
        }
        options.newline = match word("newlineKind").unwrap_or_default() {
            kind if kind.eq_ignore_ascii_case("crlf") => Newline::CrLf,
            kind if kind.eq_ignore_ascii_case("cr") => Newline::Cr,
            _ => Newline::Lf,
        };
        if let Some(width) = number("width") {
            options.width = usize::try_from(width).unwrap_or(usize::MAX);
        }
        if let Some(wanted) = section.get("insertFinalNewline").and_then(Node::as_bool) {
            options.final_newline = wanted;
        }
        options
    }

    /// One level.
    pub(super) fn indent(&self) -> String {
        match self.indent_kind {
            IndentKind::Space => " ".repeat(self.indent_size),
            IndentKind::Tab => "\t".to_owned(),
        }
    }
}

impl Newline {
    /// The characters.
    pub fn text(self) -> &'static str {
        match self {
            Newline::Lf => "\n",
            Newline::CrLf => "\r\n",
            Newline::Cr => "\r",
        }
    }

    /// A text whose lines end like this.
    pub(super) fn normalized(self, text: &str) -> String {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        match self {
            Newline::Lf => text,
            Newline::CrLf | Newline::Cr => text.replace('\n', self.text()),
        }
    }
}
