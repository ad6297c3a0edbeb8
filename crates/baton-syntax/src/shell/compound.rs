//! Compound commands.

use super::cursor::Cursor;
use super::word::Quoting;
use super::{Command, CommandKind, List, Part, PartKind, Word};

impl Cursor<'_> {
    /// A command, if one begins here.
    pub(super) fn command(&mut self) -> Option<Command> {
        self.nested(|cursor| {
            let start = cursor.pos;
            let Some(kind) = cursor.compound() else {
                return cursor.simple();
            };
            let redirections = cursor.redirections();
            Some(Command {
                span: cursor.since(start),
                kind,
                redirections,
            })
        })
    }

    /// A compound command, if one begins here.
    fn compound(&mut self) -> Option<CommandKind> {
        let start = self.pos;
        if self.peek() == Some(b'(') {
            return Some(self.parentheses());
        }
        let keyword = self.keyword();
        let read = match keyword {
            "{" | "if" | "while" | "until" | "for" | "select" | "case" | "function" | "[["
            | "coproc" => keyword,
            _ => return None,
        };
        self.pos += read.len();
        Some(match read {
            "{" => {
                let list = self.some_commands();
                self.expect("}", start);
                CommandKind::Group(list)
            }
            "if" => self.conditional(start),
            "while" | "until" => {
                let condition = self.some_commands();
                let body = self.body(start);
                CommandKind::Loop { condition, body }
            }
            "for" | "select" => self.iteration(start),
            "case" => self.case(start),
            "function" => self.function(start),
            "[[" => self.test(start),
            _ => self.coprocess(),
        })
    }

    /// `(( … ))` or `( … )`.
    fn parentheses(&mut self) -> CommandKind {
        let start = self.pos;
        if self.ahead(1) == Some(b'(')
            && let Some(end) = self.arithmetic_end(start + 2)
        {
            return CommandKind::Arithmetic(self.arithmetic(start + 2, end));
        }
        self.pos += 1;
        let mut list = self.some_commands();
        self.close_list(&mut list, start, "the subshell is not closed");
        CommandKind::Subshell(list)
    }

    /// An arithmetic expression up to the `))` that stands at `end`.
    fn arithmetic(&mut self, from: usize, end: usize) -> Vec<Part> {
        let parts = self.region(from, end, |cursor| cursor.parts(Quoting::Arithmetic));
        self.pos = (end + 2).min(self.end);
        parts
    }

    /// Reads a reserved word that must follow, or reports what it would have closed.
    fn expect(&mut self, keyword: &str, start: usize) -> bool {
        let found = self.take_keyword(keyword);
        if !found {
            let opened = self.keyword_at(start);
            let message = format!("`{opened}` has no `{keyword}`");
            self.error(start, start + opened.len(), message);
        }
        found
    }

    fn keyword_at(&self, start: usize) -> String {
        self.slice(start, self.bare_end(start)).to_owned()
    }

    fn conditional(&mut self, start: usize) -> CommandKind {
        let mut branches = Vec::new();
        let mut otherwise = None;
        loop {
            let condition = self.some_commands();
            if !self.expect("then", start) {
                branches.push((condition, List::default()));
                return CommandKind::If {
                    branches,
                    otherwise,
                };
            }
            let body = self.some_commands();
            branches.push((condition, body));
            if !self.take_keyword("elif") {
                break;
            }
        }
        if self.take_keyword("else") {
            otherwise = Some(self.some_commands());
        }
        self.expect("fi", start);
        CommandKind::If {
            branches,
            otherwise,
        }
    }

    /// `do … done`.
    fn body(&mut self, start: usize) -> List {
        if !self.expect("do", start) {
            return List::default();
        }
        let body = self.some_commands();
        self.expect("done", start);
        body
    }

    /// `for` and `select`.
    fn iteration(&mut self, start: usize) -> CommandKind {
        self.blanks();
        if self.sees("((").is_some()
            && let Some(end) = self.arithmetic_end(self.pos + 2)
        {
            let expression = self.arithmetic(self.pos + 2, end);
            let body = self.loop_body(start);
            return CommandKind::ArithmeticFor { expression, body };
        }
        let variable = self.required_word(start);
        self.newlines();
        let mut values = None;
        if self.take_keyword("in") {
            let mut words = Vec::new();
            self.blanks();
            while let Some(word) = self.word_before_comment() {
                words.push(word);
                self.blanks();
            }
            values = Some(words);
        }
        let body = self.loop_body(start);
        CommandKind::For {
            variable,
            values,
            body,
        }
    }

    /// A word, unless a comment stands here.
    fn word_before_comment(&mut self) -> Option<Word> {
        if self.peek() == Some(b'#') {
            return None;
        }
        self.word(Quoting::None)
    }

    /// The body of `for`, after `;` or line ends; braces are an old way to write it.
    fn loop_body(&mut self, start: usize) -> List {
        self.blanks();
        if self.peek() == Some(b';') {
            self.pos += 1;
        }
        self.newlines();
        let brace = self.pos;
        if self.take_keyword("{") {
            let body = self.some_commands();
            self.expect("}", brace);
            return body;
        }
        self.body(start)
    }

    fn required_word(&mut self, start: usize) -> Word {
        self.blanks();
        let at = self.pos;
        self.word(Quoting::None).unwrap_or_else(|| {
            let opened = self.keyword_at(start);
            let message = format!("expected a word after `{opened}`");
            self.error(at, at, message);
            Word {
                span: self.span(at, at),
                parts: Vec::new(),
            }
        })
    }

    fn case(&mut self, start: usize) -> CommandKind {
        let subject = self.required_word(start);
        self.newlines();
        let mut arms = Vec::new();
        if !self.expect("in", start) {
            return CommandKind::Case { subject, arms };
        }
        loop {
            self.newlines();
            if self.keyword() == "esac" || self.peek().is_none() {
                break;
            }
            let Some(patterns) = self.patterns() else {
                break;
            };
            let list = self.list();
            arms.push((patterns, list));
            if !(self.take(";;&") || self.take(";;") || self.take(";&")) {
                self.newlines();
                break;
            }
        }
        self.expect("esac", start);
        CommandKind::Case { subject, arms }
    }

    /// The patterns of one arm and the parenthesis after them.
    fn patterns(&mut self) -> Option<Vec<Word>> {
        self.take("(");
        let mut patterns = Vec::new();
        loop {
            self.blanks();
            if let Some(word) = self.word(Quoting::None) {
                patterns.push(word);
            }
            self.blanks();
            if !self.take("|") {
                break;
            }
        }
        if patterns.is_empty() || !self.take(")") {
            self.error(self.pos, self.pos, "expected a pattern and `)`");
            return None;
        }
        Some(patterns)
    }

    /// `function name …`.
    fn function(&mut self, start: usize) -> CommandKind {
        let name = self.required_word(start);
        self.blanks();
        self.take_parentheses();
        let body = self.function_command();
        CommandKind::Function { name, body }
    }

    /// The rest of `name() …`.
    pub(super) fn function_body(&mut self, start: usize, name: Word) -> Command {
        let body = self.function_command();
        Command {
            span: self.since(start),
            kind: CommandKind::Function { name, body },
            redirections: Vec::new(),
        }
    }

    /// What a function does; it must be a compound command.
    fn function_command(&mut self) -> Option<Box<Command>> {
        let from = self.pos;
        self.newlines();
        let start = self.pos;
        let body = if self.at_list_end() {
            None
        } else {
            self.command()
        };
        match &body {
            None => self.error(from, from, "the function has no body"),
            Some(command) if matches!(command.kind, CommandKind::Simple(_)) => {
                let message = "the body of a function is no compound command";
                self.error(start, self.pos, message);
            }
            Some(_) => {}
        }
        body.map(Box::new)
    }

    /// `[[ … ]]`.
    fn test(&mut self, start: usize) -> CommandKind {
        let mut words: Vec<Word> = Vec::new();
        loop {
            self.newlines();
            if self.take_keyword("]]") {
                break;
            }
            if self.peek().is_none_or(|byte| byte == b';') {
                self.error(start, start + 2, "`[[` has no `]]`");
                break;
            }
            let matches = words.last().and_then(Word::bare) == Some("=~");
            let quoting = if matches {
                Quoting::Regex
            } else {
                Quoting::None
            };
            let word = if self.at_test_sign() {
                None
            } else {
                self.word(quoting)
            };
            words.push(match word {
                Some(word) => word,
                None => self.test_sign(),
            });
        }
        CommandKind::Test(words)
    }

    /// Whether a sign stands here that is a word of its own.
    fn at_test_sign(&self) -> bool {
        matches!(self.peek(), Some(b'(' | b')' | b'|' | b'&'))
    }

    /// A sign of `[[ … ]]` as a word.
    fn test_sign(&mut self) -> Word {
        let start = self.pos;
        if !(self.take("&&") || self.take("||")) {
            self.pos = (start + 1).min(self.end);
        }
        let span = self.since(start);
        let kind = PartKind::Literal(self.slice(start, self.pos).to_owned());
        Word {
            span,
            parts: vec![Part { span, kind }],
        }
    }

    /// `coproc [name] command`.
    fn coprocess(&mut self) -> CommandKind {
        self.blanks();
        let named = self.bare_end(self.pos);
        let start = self.pos;
        if self.name_end(start) == named {
            self.pos = named;
            self.blanks();
            let follows = matches!(
                self.keyword(),
                "{" | "if" | "while" | "until" | "for" | "case"
            );
            if !follows && self.peek() != Some(b'(') {
                self.pos = start;
            }
        }
        CommandKind::Coprocess(self.command().map(Box::new))
    }
}
