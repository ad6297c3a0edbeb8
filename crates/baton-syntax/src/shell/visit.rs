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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and none follows from another"
)]
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
    redirections: Vec<&'a Redirection>,
    errexit: bool,
    pipefail: bool,
}

/// The simple commands of a script in the order in which they are written.
pub(super) fn simple_commands(script: &Script) -> Vec<Visit<'_>> {
    walk(script).found
}

/// The redirections of a script, those of a command after its own words.
pub(super) fn redirections(script: &Script) -> Vec<&Redirection> {
    walk(script).redirections
}

fn walk(script: &Script) -> Walk<'_> {
    let mut walk = Walk {
        script,
        found: Vec::new(),
        redirections: Vec::new(),
        errexit: script.errexit,
        pipefail: false,
    };
    walk.list(&script.list, Context::default());
    walk
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
            let joined: Option<&Joint> = statement.joints.get(index);
            let context = match joined {
                Some(_) => context.instead(Status::Tested),
                None => context,
            };
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
            context = context.instead(Status::Tested);
            context.negated = true;
        }
        let [only] = pipeline.commands.as_slice() else {
            return self.piped(pipeline, context);
        };
        self.command(only, context);
    }

    fn piped(&mut self, pipeline: &'a Pipeline, context: Context) {
        let last = pipeline.commands.len().saturating_sub(1);
        for (index, command) in pipeline.commands.iter().enumerate() {
            let mut context = if index < last {
                context.instead(Status::Piped)
            } else {
                context
            };
            context.piped_from |= index > 0;
            context.piped_to |= index < last;
            self.apart(|walk| walk.command(command, context));
        }
    }

    fn command(&mut self, command: &'a Command, context: Context) {
        self.kind(command, context);
        let unseen = substituted(context, Status::Lost);
        for redirection in &command.redirections {
            self.redirection(redirection, unseen);
        }
    }

    fn redirection(&mut self, redirection: &'a Redirection, context: Context) {
        self.redirections.push(redirection);
        self.word(&redirection.target, context);
        if let Some(body) = self.script.here_doc(redirection) {
            self.parts(&body.parts, context);
        }
    }

    fn kind(&mut self, command: &'a Command, context: Context) {
        match &command.kind {
            CommandKind::Simple(simple) => self.simple(simple, command, context),
            CommandKind::Subshell(list) => self.apart(|walk| walk.list(list, context)),
            CommandKind::Group(list) => self.list(list, context),
            CommandKind::Function { body, .. } => {
                let inside = Context {
                    in_function: true,
                    ..Context::default()
                };
                self.maybe(body.as_deref(), inside);
            }
            CommandKind::Coprocess(inner) => {
                let context = Context {
                    status: Status::Lost,
                    ..context
                };
                self.apart(|walk| walk.maybe(inner.as_deref(), context));
            }
            kind => {
                self.conditions_and_words(kind, context);
                self.bodies(kind, context);
            }
        }
    }

    fn maybe(&mut self, command: Option<&'a Command>, context: Context) {
        if let Some(command) = command {
            self.command(command, context);
        }
    }

    /// What is asked or given before a body.
    fn conditions_and_words(&mut self, kind: &'a CommandKind, context: Context) {
        let unseen = substituted(context, Status::Lost);
        match kind {
            CommandKind::Loop { condition, .. } => self.list(condition, tested(context)),
            CommandKind::For { values, .. } => {
                self.words(values.as_deref().unwrap_or(&[]), unseen);
            }
            CommandKind::ArithmeticFor { expression, .. } => self.parts(expression, unseen),
            CommandKind::Case { subject, .. } => self.word(subject, unseen),
            CommandKind::Test(words) => self.words(words, unseen),
            CommandKind::Arithmetic(parts) => self.parts(parts, unseen),
            _ => {}
        }
    }

    /// Bodies, and what stands between several.
    fn bodies(&mut self, kind: &'a CommandKind, context: Context) {
        match kind {
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
            CommandKind::Loop { body, .. }
            | CommandKind::For { body, .. }
            | CommandKind::ArithmeticFor { body, .. } => self.list(body, context),
            CommandKind::Case { arms, .. } => {
                for (patterns, body) in arms {
                    self.words(patterns, substituted(context, Status::Lost));
                    self.list(body, context);
                }
            }
            _ => {}
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
        let unseen = substituted(context, Status::Lost);
        let last = simple.assignments.len().saturating_sub(1);
        for (index, assignment) in simple.assignments.iter().enumerate() {
            // An assignment without a command has the status of its last substitution.
            let decides = simple.words.is_empty() && index == last;
            let own = if decides {
                context.status
            } else {
                Status::Lost
            };
            self.word(&assignment.value, substituted(context, own));
            self.parts(assignment.subscript.as_deref().unwrap_or(&[]), unseen);
        }
        self.words(&simple.words, unseen);
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
            let named = flags.contains('o').then(|| words.next()).flatten();
            match named.as_deref() {
                Some("errexit") => self.errexit = on,
                Some("pipefail") => self.pipefail = on,
                _ => {}
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
            self.part(part, context);
        }
    }

    fn part(&mut self, part: &'a Part, context: Context) {
        match &part.kind {
            PartKind::Substitution(list) => self.substitution(list, context),
            PartKind::Process(list) => {
                let unseen = substituted(context, Status::Lost);
                self.apart(|walk| walk.list(list, unseen));
            }
            PartKind::DoubleQuoted(parts) | PartKind::Arithmetic(parts) | PartKind::Glob(parts) => {
                self.parts(parts, context);
            }
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

    /// Only the last statement of a substitution gives it its status.
    fn substitution(&mut self, list: &'a List, context: Context) {
        let Some((final_one, others)) = list.statements.split_last() else {
            return;
        };
        self.apart(|walk| {
            for statement in others {
                walk.statement(statement, substituted(context, Status::Lost));
            }
            walk.statement(final_one, context);
        });
    }
}

impl Context {
    /// The same where the status no longer decides.
    fn instead(self, status: Status) -> Context {
        match self.status {
            Status::Decides => Context { status, ..self },
            _ => self,
        }
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
