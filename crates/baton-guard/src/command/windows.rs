//! Command lines of PowerShell and of the command interpreter of Windows.

use baton_syntax::powershell::{self, Command, Part, PartKind, Pipeline, Script, Word};

use super::expression::{self, Variables};
use super::scope::Scope;
use super::{Place, Reader, Shell};
use crate::leaf::{Arg, Input, Leaf, UNKNOWN};

/// Keywords that stand where a command's name would.
const KEYWORDS: [&str; 20] = [
    "if", "else", "elseif", "foreach", "for", "while", "do", "until", "switch", "try", "catch",
    "finally", "function", "filter", "param", "begin", "process", "end", "return", "throw",
];

/// A `PowerShell` script that is being read.
struct Walk<'r, 's> {
    reader: &'r mut Reader,
    scope: &'s Scope<'s>,
    place: Place,
    variables: Variables,
    /// Names that stand for other commands.
    aliases: Variables,
    /// What the command before this one in the pipeline names.
    before: Vec<Arg>,
}

impl Reader {
    /// Reads a text of `PowerShell`.
    pub(super) fn powershell(&mut self, text: &str, scope: &Scope<'_>, place: &Place) {
        let (script, errors) = powershell::parse(text);
        if !errors.is_empty() {
            self.doubt("unreadable-command", text);
        }
        let mut walk = Walk {
            reader: self,
            scope,
            place: place.clone(),
            variables: Variables::default(),
            aliases: Variables::default(),
            before: Vec::new(),
        };
        walk.script(&script);
    }
}

impl Walk<'_, '_> {
    fn script(&mut self, script: &Script) {
        for pipeline in &script.pipelines {
            self.pipeline(pipeline);
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline) {
        let mut input = Input::None;
        let last = pipeline.commands.len().saturating_sub(1);
        for (index, command) in pipeline.commands.iter().enumerate() {
            if !self.reader.counts() {
                return;
            }
            let next = self.command(command, &input, index < last);
            input = next;
        }
    }

    /// A command; what it hands to the next one.
    fn command(&mut self, command: &Command, input: &Input, piped: bool) -> Input {
        self.nested(command);
        for redirection in &command.redirections {
            if let Some(target) = &redirection.target {
                let path = expression::text(&target.parts, &self.variables);
                self.reader.writes(&path, None);
            }
        }
        let words = command.words.as_slice();
        if let Some(rest) = self.assignment(words) {
            return self.called(&rest, input, piped);
        }
        self.called(words, input, piped)
    }

    /// Groups and blocks inside of words.
    fn nested(&mut self, command: &Command) {
        let targets = command
            .redirections
            .iter()
            .filter_map(|one| one.target.as_ref());
        for word in command.words.iter().chain(targets) {
            self.parts(&word.parts);
        }
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match &part.kind {
                PartKind::DoubleQuoted(parts) => self.parts(parts),
                PartKind::Group(script) if !is_expression(script) => self.script(script),
                PartKind::Block(script) => self.script(script),
                PartKind::Group(script) | PartKind::Table(script) => {
                    let commands = script.pipelines.iter().flat_map(|one| &one.commands);
                    commands.for_each(|command| self.nested(command));
                }
                PartKind::Literal(_) | PartKind::SingleQuoted(_) | PartKind::Variable(_) => {}
            }
        }
    }

    /// `$name = …`; what is assigned.
    fn assignment(&mut self, words: &[Word]) -> Option<Vec<Word>> {
        let (name, sign, rest) = expression::assigned(words)?;
        let value = expression::value(&rest, &self.variables);
        let value = match (sign.as_str(), self.variables.get(&name)) {
            ("+=", Some(before)) => before.clone() + &value,
            _ => value,
        };
        if let Some(variable) = name.strip_prefix("env:") {
            let setting = format!("{}={value}", variable.to_uppercase());
            let argv = vec![Arg::plain("export"), Arg::plain(setting)];
            self.leaf(argv, &Input::None, false);
        }
        self.variables.insert(name, value);
        Some(rest)
    }

    /// Words that may be a command.
    fn called(&mut self, words: &[Word], input: &Input, piped: bool) -> Input {
        let calls = matches!(words.first().and_then(Word::bare), Some("&" | "."));
        let words = if calls {
            words.get(1..).unwrap_or(&[])
        } else {
            words
        };
        let Some(first) = words.first() else {
            return Input::Output;
        };
        self.methods(words);
        if !calls && is_value(first) {
            let text = expression::value(words, &self.variables);
            return if text.contains(UNKNOWN) {
                output_of(input)
            } else {
                Input::Text(text)
            };
        }
        if is_keyword(first) {
            return output_of(input);
        }
        if let [
            Part {
                kind: PartKind::Block(_),
                ..
            },
        ] = first.parts.as_slice()
        {
            return Input::Output;
        }
        let argv = words.iter().map(|word| Arg {
            text: expression::text(&word.parts, &self.variables),
            glob: word
                .bare()
                .is_some_and(|text| text.contains(['*', '?', '['])),
            ..Arg::default()
        });
        let mut argv: Vec<Arg> = argv.collect();
        self.canonical(&mut argv);
        self.leaf(argv, input, piped)
    }

    /// Replaces an alias by the command it stands for.
    fn canonical(&self, argv: &mut [Arg]) {
        let Some(first) = argv.first_mut() else {
            return;
        };
        if let Some(own) = self.aliases.get(&first.text.to_lowercase()) {
            first.text.clone_from(own);
        }
        if let Some(name) = expression::alias(&first.text) {
            name.clone_into(&mut first.text);
        }
    }

    /// What commands leave behind for those after them, and what they take from those before.
    fn effects(&mut self, argv: &mut Vec<Arg>, input: &Input) {
        let program = argv
            .first()
            .map(crate::leaf::program_name)
            .unwrap_or_default();
        let operands: Vec<Arg> = argv
            .iter()
            .skip(1)
            .filter(|word| !word.text.starts_with('-'))
            .cloned()
            .collect();
        let before = std::mem::take(&mut self.before);
        match program.as_str() {
            "set-alias" | "new-alias" => {
                if let [name, value, ..] = operands.as_slice() {
                    self.aliases
                        .insert(name.text.to_lowercase(), value.text.clone());
                }
            }
            "get-item" | "get-childitem" | "resolve-path" => {
                self.before = operands;
                if self.before.is_empty() {
                    self.before.push(Arg::plain("."));
                }
            }
            "remove-item" if operands.is_empty() => {
                argv.extend(before);
                if let Input::Text(text) = input {
                    argv.extend(text.lines().map(Arg::plain));
                }
            }
            _ => {}
        }
    }

    /// Records a command; what it hands on.
    fn leaf(&mut self, argv: Vec<Arg>, input: &Input, piped: bool) -> Input {
        let mut argv = argv;
        self.effects(&mut argv, input);
        let leaf = Leaf {
            argv,
            via: self.place.via.clone(),
            input: input.clone(),
            folder: None,
            piped,
        };
        let program = leaf.program();
        let words = leaf.argv.get(1..).unwrap_or(&[]);
        match program.as_str() {
            "invoke-expression" => self.evaluated(words, input),
            "start-process" => self.started(words),
            "[scriptblock]::create" | ".invokescript" => self.evaluated(words, &Input::None),
            _ => {}
        }
        let output = match program.as_str() {
            "write-output" => Input::Text(super::unwrap::joined(words)),
            "invoke-webrequest" | "invoke-restmethod" | "curl" | "wget" => Input::Download,
            _ => output_of(input),
        };
        let place = self.place.clone();
        self.reader.command(&leaf, self.scope, &place);
        output
    }

    /// `iex TEXT` and `TEXT | iex`.
    fn evaluated(&mut self, words: &[Arg], input: &Input) {
        let place = self.place.inside("invoke-expression");
        let operands: Vec<Arg> = words
            .iter()
            .filter(|word| !word.text.to_lowercase().starts_with("-c"))
            .cloned()
            .collect();
        if operands.is_empty() {
            return self
                .reader
                .input(input, Shell::PowerShell, (self.scope, &place));
        }
        let text = super::unwrap::joined(&operands);
        if operands.iter().all(Arg::is_unknown) {
            return self.reader.doubt("unknown-script", "Invoke-Expression");
        }
        self.reader
            .text(&text, Shell::PowerShell, (self.scope, &place));
    }

    /// `Start-Process FILE -ArgumentList …`.
    fn started(&mut self, words: &[Arg]) {
        let dashed = |word: &&Arg| !word.text.starts_with('-');
        let argv: Vec<Arg> = words.iter().filter(dashed).cloned().collect();
        let split = argv
            .iter()
            .enumerate()
            .flat_map(|(index, arg)| -> Vec<Arg> {
                if index == 0 {
                    return vec![arg.clone()];
                }
                arg.text.split_whitespace().map(Arg::plain).collect()
            });
        let leaf = Leaf {
            argv: split.collect(),
            via: self.place.inside("start-process").via,
            ..Leaf::default()
        };
        let place = self.place.inside("start-process");
        self.reader.command(&leaf, self.scope, &place);
    }

    /// `[IO.File]::Delete('x')` and `$x.Delete()`: methods are judged like programs.
    fn methods(&mut self, words: &[Word]) {
        for pair in words.iter().flat_map(|word| word.parts.windows(2)) {
            let Some((name, given)) = expression::method(pair) else {
                continue;
            };
            let commands = given.pipelines.iter().flat_map(|one| &one.commands);
            let words = commands.flat_map(|command| &command.words);
            let texts = words.map(|word| expression::text(&word.parts, &self.variables));
            let argv = std::iter::once(name).chain(texts).map(Arg::plain).collect();
            self.leaf(argv, &Input::None, false);
        }
    }
}

fn output_of(input: &Input) -> Input {
    match input {
        Input::Download => Input::Download,
        _ => Input::Output,
    }
}

/// Whether a word begins with a keyword: `if`, `if(…)`.
fn is_keyword(word: &Word) -> bool {
    match word.parts.first().map(|part| &part.kind) {
        Some(PartKind::Literal(text)) => KEYWORDS.contains(&text.to_lowercase().as_str()),
        _ => false,
    }
}

/// Whether a word is a value and no command: quoted text, a variable, a number, a group.
fn is_value(word: &Word) -> bool {
    match word.parts.first().map(|part| &part.kind) {
        Some(PartKind::Literal(text)) => {
            text.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '[' | '!'))
                || (text.starts_with('-') && text.len() > 1)
        }
        Some(PartKind::Block(_)) | None => false,
        Some(_) => true,
    }
}

/// Whether what stands in parentheses is an expression rather than commands.
fn is_expression(script: &Script) -> bool {
    let commands = script
        .pipelines
        .iter()
        .flat_map(|pipeline| &pipeline.commands);
    let mut firsts = commands.filter_map(|command| command.words.first());
    firsts.all(|word| {
        is_value(word)
            && !word
                .parts
                .iter()
                .any(|part| matches!(part.kind, PartKind::Group(_)))
    })
}
