//! Scripts of POSIX shells, from top to bottom.

use baton_syntax::shell::{
    self, Command, CommandKind, List, Part, PartKind, Pipeline, Redirection, RedirectionOperator,
    Statement, Word,
};

use super::expand::{Ground, Source, readings, texts};
use super::output;
use super::scope::{Function, Names, Scope};
use super::{Place, Reader};
use crate::leaf::{Arg, Input, UNKNOWN};

/// Loops over more values than this are read once, with a value nobody knows.
const MAX_ROUNDS: usize = 16;

/// A script that is being read.
pub(crate) struct Walk<'r, 'a> {
    pub(crate) reader: &'r mut Reader,
    pub(crate) from: Source<'a>,
    pub(crate) scope: Scope<'a>,
    pub(crate) place: Place,
    /// Functions that were called.
    pub(crate) called: Vec<String>,
    /// What commands read that say nothing of it: the input of what surrounds them.
    pub(crate) standing: Input,
}

impl Reader {
    /// Reads a script of a POSIX shell.
    pub(super) fn posix(&mut self, text: &str, scope: &Scope<'_>, place: &Place) -> Names {
        let (script, errors) = shell::parse(text);
        if !errors.is_empty() {
            self.doubt("unreadable-command", text);
        }
        let mut walk = Walk {
            reader: self,
            from: Source {
                script: &script,
                text,
            },
            scope: Scope {
                perhaps: false,
                ..scope.clone()
            },
            place: place.clone(),
            called: Vec::new(),
            standing: Input::None,
        };
        walk.list(&script.list);
        walk.uncalled();
        walk.scope.names
    }
}

impl<'a> Walk<'_, 'a> {
    /// What expanding a word here needs.
    pub(crate) fn ground(&self) -> Ground<'_, 'a> {
        Ground {
            from: self.from,
            scope: &self.scope,
            depth: 0,
        }
    }

    /// Functions that nothing called may be called by something else.
    fn uncalled(&mut self) {
        let own = std::mem::take(&mut self.scope.functions);
        for (name, function) in &own {
            if std::ptr::eq(function.script, self.from.script) && !self.called.contains(name) {
                self.scope.positional = None;
                self.function_body(*function);
            }
        }
    }

    fn list(&mut self, list: &'a List) {
        for statement in &list.statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &'a Statement) {
        for (index, pipeline) in statement.pipelines.iter().enumerate() {
            let before = self.scope.perhaps;
            self.scope.perhaps |= index > 0 && !follows_surely(statement, index);
            self.pipeline(pipeline);
            self.scope.perhaps = before;
        }
    }

    fn pipeline(&mut self, pipeline: &'a Pipeline) {
        if let [only] = pipeline.commands.as_slice() {
            return self.command(only, Input::None, false);
        }
        let last = pipeline.commands.len().saturating_sub(1);
        for (index, command) in pipeline.commands.iter().enumerate() {
            let before = pipeline.commands.get(..index).unwrap_or(&[]);
            let input = output::of_pipeline(before, self.ground());
            self.apart(|walk| walk.command(command, input, index < last));
        }
    }

    /// Commands that change nothing for those after them.
    fn apart(&mut self, visit: impl FnOnce(&mut Self)) {
        let before = self.scope.clone();
        visit(self);
        // Files stay written.
        let files = std::mem::take(&mut self.scope.names.files);
        self.scope = before;
        self.scope.names.files = files;
    }

    fn perhaps(&mut self, visit: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.scope.perhaps, true);
        visit(self);
        self.scope.perhaps = before;
    }

    fn command(&mut self, command: &'a Command, input: Input, piped: bool) {
        if !self.reader.counts() {
            return;
        }
        self.redirections(command);
        let input = output::redirected(&command.redirections, input, self.ground());
        let input = match input {
            Input::None => self.standing.clone(),
            other => other,
        };
        if let CommandKind::Simple(simple) = &command.kind {
            return self.simple(simple, &command.redirections, (input, piped));
        }
        let before = std::mem::replace(&mut self.standing, input);
        self.kind(&command.kind);
        self.standing = before;
    }

    fn kind(&mut self, kind: &'a CommandKind) {
        match kind {
            CommandKind::Subshell(list) => self.apart(|walk| walk.list(list)),
            CommandKind::Group(list) => self.list(list),
            CommandKind::Function { name, body } => {
                if let (Some(name), Some(body)) = (name.static_text(), body.as_deref()) {
                    let function = self.from.function(body);
                    self.scope.functions.insert(name.clone(), function);
                    self.calls_itself(&name, body);
                }
            }
            CommandKind::Coprocess(inner) => {
                if let Some(inner) = inner.as_deref() {
                    self.apart(|walk| walk.command(inner, Input::None, true));
                }
            }
            kind => self.compound(kind),
        }
    }

    fn compound(&mut self, kind: &'a CommandKind) {
        match kind {
            CommandKind::If {
                branches,
                otherwise,
            } => {
                for (condition, body) in branches {
                    self.list(condition);
                    self.perhaps(|walk| walk.list(body));
                }
                if let Some(body) = otherwise {
                    self.perhaps(|walk| walk.list(body));
                }
            }
            CommandKind::Loop { condition, body } => {
                self.list(condition);
                self.perhaps(|walk| walk.list(body));
            }
            CommandKind::For {
                variable,
                values,
                body,
            } => self.rounds(variable, values.as_deref(), body),
            CommandKind::ArithmeticFor { expression, body } => {
                self.parts(expression);
                self.perhaps(|walk| walk.list(body));
            }
            CommandKind::Case { subject, arms } => {
                self.word(subject);
                for (patterns, body) in arms {
                    self.words(patterns);
                    self.perhaps(|walk| walk.list(body));
                }
            }
            CommandKind::Test(words) => self.words(words),
            CommandKind::Arithmetic(parts) => self.parts(parts),
            _ => {}
        }
    }

    /// `for`: once for each value that is known.
    fn rounds(&mut self, variable: &'a Word, values: Option<&'a [Word]>, body: &'a List) {
        let name = variable.static_text().unwrap_or_default();
        let positional = || self.scope.positional.clone();
        let given = match values {
            Some(words) => {
                let all = readings(words, self.ground());
                Some(all.into_iter().flatten().collect())
            }
            None => positional(),
        };
        self.words(values.unwrap_or(&[]));
        let given: Vec<Arg> = given.unwrap_or_else(|| vec![Arg::unknown()]);
        let mut texts: Vec<String> = given.into_iter().map(|arg| arg.text).collect();
        texts.dedup();
        if texts.len() > MAX_ROUNDS {
            texts = vec![UNKNOWN.to_string()];
        }
        for text in texts {
            let before = std::mem::replace(&mut self.scope.perhaps, false);
            self.scope.set(&name, vec![text]);
            self.scope.perhaps = before;
            self.perhaps(|walk| walk.list(body));
        }
    }

    /// `:(){ :|:& };:`.
    fn calls_itself(&mut self, name: &str, body: &'a Command) {
        let (CommandKind::Group(list) | CommandKind::Subshell(list)) = &body.kind else {
            return;
        };
        let calls = |pipeline: &Pipeline| {
            let own = |command: &Command| matches!(&command.kind, CommandKind::Simple(simple) if simple.name().as_deref() == Some(name));
            pipeline
                .commands
                .iter()
                .filter(|command| own(command))
                .count()
        };
        let endless = list.statements.iter().any(|statement| {
            let count: usize = statement.pipelines.iter().map(calls).sum();
            count > 1 || (count > 0 && statement.background)
        });
        if endless {
            self.reader.doubt("fork-bomb", body.span.of(self.from.text));
        }
    }

    /// What a function does, with the positional parameters that are set.
    pub(crate) fn function_body(&mut self, function: Function<'a>) {
        if self.place.depth >= super::MAX_DEPTH {
            return self.reader.doubt("deeply-wrapped-command", "");
        }
        self.place.depth += 1;
        let before = std::mem::replace(
            &mut self.from,
            Source {
                script: function.script,
                text: function.text,
            },
        );
        self.command(function.body, Input::None, false);
        self.from = before;
        self.place.depth -= 1;
    }

    fn redirections(&mut self, command: &'a Command) {
        for redirection in &command.redirections {
            self.word(&redirection.target);
            if let Some(body) = self.from.script.here_doc(redirection) {
                self.parts(&body.parts);
            }
            if redirection.operator.writes() {
                self.written(redirection);
            }
        }
    }

    fn written(&mut self, redirection: &Redirection) {
        let duplicates = redirection.operator == RedirectionOperator::DuplicateOutput;
        for path in texts(&redirection.target, self.ground()) {
            let number = !path.is_empty() && path.chars().all(|sign| sign.is_ascii_digit());
            if path == "-" || (duplicates && number) {
                continue;
            }
            self.reader.writes(&path, self.scope.names.folder.as_ref());
        }
    }

    pub(crate) fn words(&mut self, words: &'a [Word]) {
        for word in words {
            self.word(word);
        }
    }

    /// The commands inside a word.
    pub(crate) fn word(&mut self, word: &'a Word) {
        self.parts(&word.parts);
    }

    fn parts_of(&mut self, alternatives: &'a [Vec<Part>]) {
        for parts in alternatives {
            self.parts(parts);
        }
    }

    pub(crate) fn parts(&mut self, parts: &'a [Part]) {
        for part in parts {
            match &part.kind {
                PartKind::Substitution(list) | PartKind::Process(list) => {
                    self.apart(|walk| walk.list(list));
                }
                PartKind::DoubleQuoted(parts)
                | PartKind::Arithmetic(parts)
                | PartKind::Glob(parts) => self.parts(parts),
                PartKind::Braces(alternatives) => {
                    self.parts_of(alternatives);
                }
                PartKind::Array(words) => self.words(words),
                PartKind::Parameter(parameter) => {
                    self.parts(parameter.subscript.as_deref().unwrap_or(&[]));
                    self.parts(&parameter.argument);
                }
                PartKind::Literal(_)
                | PartKind::Escaped(_)
                | PartKind::SingleQuoted(_)
                | PartKind::AnsiQuoted(_)
                | PartKind::Tilde(_) => {}
            }
        }
    }
}

/// Whether only `&&` joins a pipeline to those before it, so that what they set holds.
fn follows_surely(statement: &Statement, index: usize) -> bool {
    let joints = statement.joints.get(..index).unwrap_or(&[]);
    joints.iter().all(|joint| *joint == shell::Joint::And)
}
