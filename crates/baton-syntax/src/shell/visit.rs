//! All simple commands of a script, and what becomes of their exit status.

use super::{
    Command, CommandKind, Joint, List, Part, PartKind, Pipeline, Redirection, Script, Simple,
    Statement, Word,
};

/// A simple command where it runs.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The command.
    pub command: &'a Simple,
    /// The whole of it with its redirections.
    pub whole: &'a Command,
    /// Where it runs.
    pub context: Context,
}

/// Where a command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// Who looks at its exit status.
    pub status: Status,
    /// Whether `set -e` holds, read from top to bottom.
    pub errexit: bool,
    /// Whether `set -o pipefail` holds.
    pub pipefail: bool,
    /// Whether it reads what another command writes.
    pub piped_from: bool,
    /// Whether another command reads what it writes.
    pub piped_to: bool,
    /// Whether it is a condition of `if`, `while` or `until`.
    pub condition: bool,
    /// Whether `!` turns its status around.
    pub negated: bool,
    /// Whether it runs in a command or process substitution.
    pub substituted: bool,
    /// Whether it is part of a function.
    pub in_function: bool,
}

/// Who looks at the exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// It is that of the script's step: under `set -e` a failure ends the script.
    #[default]
    Decides,
    /// A condition, `!`, or `&&` and `||` after it look at it.
    Tested,
    /// It is not the last of its pipeline.
    Piped,
    /// Nobody: it runs in the background, or in a substitution among other words.
    Lost,
}

/// What is known on the way.
struct Walk<'a> {
    script: &'a Script,
    found: Vec<Visit<'a>>,
    errexit: bool,
    pipefail: bool,
}

/// The simple commands of a script in the order in which they are written.
pub(super) fn simple_commands(script: &Script) -> Vec<Visit<'_>> {
    let mut walk = Walk {
        script,
        found: Vec::new(),
        errexit: script.errexit,
        pipefail: false,
    };
    walk.list(&script.list, Context::default());
    walk.found
}

impl<'a> Walk<'a> {
    fn list(&mut self, list: &'a List, context: Context) {
        for statement in &list.statements {
            self.statement(statement, context);
        }
    }

    /// Commands that change nothing for those after them.
    fn apart(&mut self, visit: impl FnOnce(&mut Self)) {
        let (errexit, pipefail) = (self.errexit, self.pipefail);
        visit(self);
        (self.errexit, self.pipefail) = (errexit, pipefail);
    }

    fn statement(&mut self, statement: &'a Statement, context: Context) {
        let mut context = context;
        if statement.background {
            context.status = Status::Lost;
        }
        for (index, pipeline) in statement.pipelines.iter().enumerate() {
            let mut context = context;
            let joined: Option<&Joint> = statement.joints.get(index);
            if joined.is_some() && context.status == Status::Decides {
                context.status = Status::Tested;
            }
            if statement.background {
                self.apart(|walk| walk.pipeline(pipeline, context));
            } else {
                self.pipeline(pipeline, context);
            }
        }
    }

    fn pipeline(&mut self, pipeline: &'a Pipeline, context: Context) {
        let mut context = context;
        if pipeline.negated {
            context.negated = true;
            if context.status == Status::Decides {
                context.status = Status::Tested;
            }
        }
        let [only] = pipeline.commands.as_slice() else {
            return self.piped(pipeline, context);
        };
        self.command(only, context);
    }

    fn piped(&mut self, pipeline: &'a Pipeline, context: Context) {
        let last = pipeline.commands.len().saturating_sub(1);
        for (index, command) in pipeline.commands.iter().enumerate() {
            let mut context = context;
            context.piped_from |= index > 0;
            if index < last {
                context.piped_to = true;
                if context.status == Status::Decides {
                    context.status = Status::Piped;
                }
            }
            self.apart(|walk| walk.command(command, context));
        }
    }

    fn command(&mut self, command: &'a Command, context: Context) {
        self.kind(command, context);
        let lost = substituted(context, Status::Lost);
        for redirection in &command.redirections {
            self.redirection(redirection, lost);
        }
    }

    fn redirection(&mut self, redirection: &'a Redirection, context: Context) {
        self.word(&redirection.target, context);
        if let Some(body) = self.script.here_doc(redirection) {
            self.parts(&body.parts, context);
        }
    }

    fn kind(&mut self, command: &'a Command, context: Context) {
        let lost = substituted(context, Status::Lost);
        match &command.kind {
            CommandKind::Simple(simple) => self.simple(simple, command, context),
            CommandKind::Subshell(list) => self.apart(|walk| walk.list(list, context)),
            CommandKind::Group(list) => self.list(list, context),
            CommandKind::If {
                branches,
                otherwise,
            } => {
                for (condition, body) in branches {
                    self.list(condition, tested(context));
                    self.list(body, context);
                }
                if let Some(body) = otherwise {
                    self.list(body, context);
                }
            }
            CommandKind::Loop { condition, body } => {
                self.list(condition, tested(context));
                self.list(body, context);
            }
            CommandKind::For { values, body, .. } => {
                self.words(values.as_deref().unwrap_or(&[]), lost);
                self.list(body, context);
            }
            CommandKind::ArithmeticFor { expression, body } => {
                self.parts(expression, lost);
                self.list(body, context);
            }
            CommandKind::Case { subject, arms } => {
                self.word(subject, lost);
                for (patterns, body) in arms {
                    self.words(patterns, lost);
                    self.list(body, context);
                }
            }
            CommandKind::Function { body, .. } => {
                let inside = Context {
                    in_function: true,
                    ..Context::default()
                };
                for body in body.iter() {
                    self.command(body, inside);
                }
            }
            CommandKind::Test(words) => self.words(words, lost),
            CommandKind::Arithmetic(parts) => self.parts(parts, lost),
            CommandKind::Coprocess(inner) => {
                let context = Context {
                    status: Status::Lost,
                    ..context
                };
                for inner in inner.iter() {
                    self.apart(|walk| walk.command(inner, context));
                }
            }
        }
    }

    fn simple(&mut self, simple: &'a Simple, whole: &'a Command, context: Context) {
        let context = Context {
            errexit: self.errexit,
            pipefail: self.pipefail,
            ..context
        };
        self.found.push(Visit {
            command: simple,
            whole,
            context,
        });
        let lost = substituted(context, Status::Lost);
        let last = simple.assignments.len().saturating_sub(1);
        for (index, assignment) in simple.assignments.iter().enumerate() {
            // An assignment without a command has the status of its last substitution.
            let decides = simple.words.is_empty() && index == last;
            let status = if decides {
                context.status
            } else {
                Status::Lost
            };
            self.word(&assignment.value, substituted(context, status));
            self.parts(assignment.subscript.as_deref().unwrap_or(&[]), lost);
        }
        self.words(&simple.words, lost);
        self.options(simple);
    }

    /// What `set` switches on or off.
    fn options(&mut self, simple: &Simple) {
        if simple.name().as_deref() != Some("set") {
            return;
        }
        let mut words = simple.words.iter().skip(1).filter_map(Word::static_text);
        while let Some(word) = words.next() {
            let on = word.starts_with('-');
            let Some(flags) = word.strip_prefix(['-', '+']) else {
                return;
            };
            if flags.is_empty() || flags.starts_with('-') {
                return;
            }
            if flags.contains('e') {
                self.errexit = on;
            }
            if flags.contains('o') {
                match words.next().as_deref() {
                    Some("errexit") => self.errexit = on,
                    Some("pipefail") => self.pipefail = on,
                    _ => {}
                }
            }
        }
    }

    fn words(&mut self, words: &'a [Word], context: Context) {
        for word in words {
            self.word(word, context);
        }
    }

    fn word(&mut self, word: &'a Word, context: Context) {
        self.parts(&word.parts, context);
    }

    fn parts(&mut self, parts: &'a [Part], context: Context) {
        for part in parts {
            match &part.kind {
                PartKind::Substitution(list) => self.substitution(list, context),
                PartKind::Process(list) => {
                    let context = substituted(context, Status::Lost);
                    self.apart(|walk| walk.list(list, context));
                }
                PartKind::DoubleQuoted(parts)
                | PartKind::Arithmetic(parts)
                | PartKind::Glob(parts) => self.parts(parts, context),
                PartKind::Braces(alternatives) => {
                    for parts in alternatives {
                        self.parts(parts, context);
                    }
                }
                PartKind::Array(words) => self.words(words, context),
                PartKind::Parameter(parameter) => {
                    let subscript = parameter.subscript.as_deref().unwrap_or(&[]);
                    self.parts(subscript, context);
                    self.parts(&parameter.argument, context);
                }
                PartKind::Literal(_)
                | PartKind::Escaped(_)
                | PartKind::SingleQuoted(_)
                | PartKind::AnsiQuoted(_)
                | PartKind::Tilde(_) => {}
            }
        }
    }

    /// Only the last statement of a substitution gives it its status.
    fn substitution(&mut self, list: &'a List, context: Context) {
        let last = list.statements.len().saturating_sub(1);
        self.apart(|walk| {
            for (index, statement) in list.statements.iter().enumerate() {
                let status = if index == last {
                    context.status
                } else {
                    Status::Lost
                };
                walk.statement(statement, Context { status, ..context });
            }
        });
    }
}

/// The context of a condition.
fn tested(context: Context) -> Context {
    Context {
        status: Status::Tested,
        condition: true,
        ..context
    }
}

/// The context of what runs inside a word.
fn substituted(context: Context, status: Status) -> Context {
    Context {
        status,
        substituted: true,
        piped_from: false,
        piped_to: false,
        ..context
    }
}
