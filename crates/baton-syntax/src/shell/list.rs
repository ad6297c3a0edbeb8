//! Lists of commands, and what joins them.

use super::cursor::Cursor;
use super::{Joint, List, Pipeline, Statement};

/// Words that end a list when they stand where a command could.
const CLOSING: [&str; 8] = ["then", "else", "elif", "fi", "do", "done", "esac", "}"];

impl Cursor<'_> {
    /// Commands up to something that ends a list, which is left to the caller.
    pub(super) fn list(&mut self) -> List {
        let start = self.pos;
        let mut statements = Vec::new();
        loop {
            self.newlines();
            if self.at_list_end() {
                break;
            }
            let Some(mut statement) = self.statement() else {
                self.unexpected();
                continue;
            };
            self.blanks_and_comment();
            statement.background = self.separator();
            statements.push(statement);
        }
        List {
            span: self.since(start),
            statements,
        }
    }

    /// Commands of which there must be at least one.
    pub(super) fn some_commands(&mut self) -> List {
        let list = self.list();
        if list.statements.is_empty() && self.pos < self.end {
            let end = self.bare_end(self.pos).max(self.pos + 1);
            self.error(self.pos, end, "expected a command");
        }
        list
    }

    /// Whether a list cannot go on here.
    pub(super) fn at_list_end(&self) -> bool {
        match self.peek() {
            None | Some(b')') => true,
            Some(b';') => self.sees(";;").is_some() || self.sees(";&").is_some(),
            Some(_) => CLOSING.contains(&self.keyword()),
        }
    }

    /// Reads what stands between two statements; whether it is `&`.
    fn separator(&mut self) -> bool {
        match self.peek() {
            None | Some(b'\n') => false,
            _ if self.at_list_end() => false,
            Some(b';') => {
                self.pos += 1;
                false
            }
            Some(b'&') if self.sees("&&").is_none() => {
                self.pos += 1;
                true
            }
            Some(_) => {
                self.unexpected();
                false
            }
        }
    }

    fn statement(&mut self) -> Option<Statement> {
        let start = self.pos;
        let mut pipelines = vec![self.pipeline()?];
        let mut joints = Vec::new();
        let mut end = self.pos;
        loop {
            self.blanks();
            let joint = if self.take("&&") {
                Joint::And
            } else if self.take("||") {
                Joint::Or
            } else {
                break;
            };
            let Some(pipeline) = self.following(Cursor::pipeline) else {
                break;
            };
            joints.push(joint);
            pipelines.push(pipeline);
            end = self.pos;
        }
        Some(Statement {
            span: self.span(start, end),
            pipelines,
            joints,
            background: false,
        })
    }

    fn pipeline(&mut self) -> Option<Pipeline> {
        let start = self.pos;
        let mut negated = false;
        loop {
            if self.peek() == Some(b'!') && self.keyword() == "!" {
                self.pos += 1;
                negated = !negated;
            } else if self.take_keyword("time") {
                self.blanks();
                self.take_keyword("-p");
            } else {
                break;
            }
            self.blanks();
        }
        let mut commands = Vec::new();
        if self.pos == start || !self.at_pipeline_end() {
            commands.push(self.command()?);
        }
        let mut end = self.pos;
        loop {
            self.blanks();
            if self.sees("||").is_some() || !(self.take("|&") || self.take("|")) {
                break;
            }
            let Some(command) = self.following(Cursor::command) else {
                break;
            };
            commands.push(command);
            end = self.pos;
        }
        Some(Pipeline {
            span: self.span(start, end),
            negated,
            commands,
        })
    }

    /// Whether nothing follows `!` or `time`.
    fn at_pipeline_end(&self) -> bool {
        matches!(self.peek(), None | Some(b'\n' | b';'))
    }

    /// What must follow an operator, perhaps on a further line.
    fn following<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.newlines();
        let found = if self.at_list_end() { None } else { read(self) };
        if found.is_none() {
            self.error(self.pos, self.pos, "expected a command after the operator");
        }
        found
    }
}
