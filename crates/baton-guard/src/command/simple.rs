//! Simple commands of POSIX shells: assignments, builtins, functions, programs.

use baton_syntax::shell::{Assignment, PartKind, Redirection, Simple};

use super::expand::{readings, texts};
use super::output;
use super::script::Walk;
use crate::leaf::{Arg, Input, Leaf, UNKNOWN};

impl<'a> Walk<'_, 'a> {
    /// A simple command: what it sets, and every way to read what it runs.
    pub(super) fn simple(
        &mut self,
        simple: &'a Simple,
        redirections: &'a [Redirection],
        (input, piped): (Input, bool),
    ) {
        self.words(&simple.words);
        self.assignments(simple);
        if simple.words.is_empty() {
            return;
        }
        for argv in readings(&simple.words, self.ground()) {
            let leaf = Leaf {
                argv,
                via: self.place.via.clone(),
                input: input.clone(),
                folder: self.scope.names.folder.clone(),
                piped,
            };
            self.run(&leaf, redirections);
        }
    }

    fn assignments(&mut self, simple: &'a Simple) {
        for assignment in &simple.assignments {
            self.word(&assignment.value);
            self.parts(assignment.subscript.as_deref().unwrap_or(&[]));
            let values = texts(&assignment.value, self.ground());
            self.told(&assignment.name, &values);
            // What stands before a command is for that command only, which sees it in its
            // environment; its own words do not.
            if simple.words.is_empty() {
                self.assign(assignment, values);
            }
        }
    }

    /// Variables that change what programs do are judged like commands that set them.
    fn told(&mut self, name: &str, values: &[String]) {
        for value in values {
            let argv = vec![Arg::plain("export"), Arg::plain(format!("{name}={value}"))];
            let leaf = Leaf {
                argv,
                via: self.place.via.clone(),
                ..Leaf::default()
            };
            self.reader.found.leaves.push(leaf);
        }
    }

    fn assign(&mut self, assignment: &'a Assignment, values: Vec<String>) {
        if let [part] = assignment.value.parts.as_slice()
            && let PartKind::Array(words) = &part.kind
        {
            let mut all = readings(words, self.ground());
            let words = all.pop().unwrap_or_default();
            let array = self
                .scope
                .names
                .arrays
                .entry(assignment.name.clone())
                .or_default();
            if !assignment.append {
                array.clear();
            }
            array.extend(words);
            return;
        }
        let values = if assignment.append {
            let before = self.scope.names.values(&assignment.name);
            let joined = |old: String| values.iter().map(move |new| old.clone() + new).collect();
            before
                .into_iter()
                .flat_map(|old| -> Vec<String> { joined(old) })
                .collect()
        } else {
            values
        };
        self.scope.set(&assignment.name, values);
    }

    /// A program, a builtin or a function.
    fn run(&mut self, leaf: &Leaf, redirections: &'a [Redirection]) {
        let Some(first) = leaf.argv.first() else {
            return;
        };
        let name = first.text.clone();
        if let Some(function) = self.scope.functions.get(&name).copied() {
            self.called.push(name);
            let words = leaf.argv.get(1..).unwrap_or(&[]).to_vec();
            let before = self.scope.positional.replace(words);
            self.function_body(function);
            self.scope.positional = before;
            return;
        }
        if let Some(text) = self.scope.names.aliases.get(&name).cloned() {
            self.aliased(&text, leaf);
            return;
        }
        self.builtin(leaf);
        self.remember_file(leaf, redirections);
        let place = self.place.clone();
        let found = self.reader.command(leaf, &self.scope, &place);
        if let Some(names) = found {
            self.scope.names = names;
        }
    }

    /// An alias: its text, and the words after it.
    fn aliased(&mut self, text: &str, leaf: &Leaf) {
        let rest = leaf.argv.get(1..).unwrap_or(&[]);
        let quoted: Vec<String> = rest.iter().map(quoted).collect();
        let text = format!("{text} {}", quoted.join(" "));
        let place = self.place.inside("alias");
        let mut scope = self.scope.clone();
        scope.names.aliases.clear();
        self.reader
            .text(&text, super::Shell::Posix, (&scope, &place));
    }

    /// What builtins leave behind for the commands after them.
    fn builtin(&mut self, leaf: &Leaf) {
        let words = leaf.argv.get(1..).unwrap_or(&[]);
        let operands = || words.iter().filter(|word| !word.text.starts_with('-'));
        match leaf.argv.first().map(|word| word.text.as_str()) {
            Some("cd" | "pushd" | "chdir") => {
                let target = operands().next().map_or("~", |word| word.text.as_str());
                self.scope.names.folder = Some(joined(self.scope.names.folder.as_deref(), target));
            }
            Some("export" | "declare" | "typeset" | "local" | "readonly") => {
                for (name, value) in operands().filter_map(|word| word.text.split_once('=')) {
                    self.scope.set(name, vec![value.to_owned()]);
                }
            }
            Some("read" | "mapfile" | "readarray" | "getopts") => self.reads(leaf),
            Some("printf") => {
                if let [flag, name, rest @ ..] = words
                    && flag.text == "-v"
                {
                    let texts: Vec<&str> = rest.iter().map(|arg| arg.text.as_str()).collect();
                    self.scope
                        .set(&name.text, vec![super::decode::printf(&texts)]);
                }
            }
            Some("unset") => operands().for_each(|word| self.scope.names.unset(&word.text)),
            Some("set") => self.positional(words),
            Some("shift") => {
                if let Some(words) = &mut self.scope.positional
                    && !words.is_empty()
                {
                    words.remove(0);
                }
            }
            Some("alias") => {
                for (name, value) in operands().filter_map(|word| word.text.split_once('=')) {
                    let aliases = &mut self.scope.names.aliases;
                    aliases.insert(name.to_owned(), value.to_owned());
                }
            }
            _ => {}
        }
    }

    /// `read`: what a here-string gives, or nobody knows.
    fn reads(&mut self, leaf: &Leaf) {
        let words = leaf.argv.get(1..).unwrap_or(&[]);
        let text = match &leaf.input {
            Input::Text(text) => text.trim_end_matches('\n').to_owned(),
            _ => UNKNOWN.to_string(),
        };
        let names: Vec<&Arg> = words
            .iter()
            .filter(|word| !word.text.starts_with('-'))
            .collect();
        let mut rest = text.as_str();
        for (index, name) in names.iter().enumerate() {
            let value = if index + 1 == names.len() {
                rest.trim()
            } else {
                let (value, after) = rest.trim_start().split_once(' ').unwrap_or((rest, ""));
                rest = after;
                value
            };
            let value = if text.contains(UNKNOWN) {
                UNKNOWN.to_string()
            } else {
                value.to_owned()
            };
            self.scope.set(&name.text, vec![value]);
        }
    }

    /// `set -- a b`.
    fn positional(&mut self, words: &[Arg]) {
        let at = words.iter().position(|word| word.text == "--");
        if let Some(rest) = at.and_then(|at| words.get(at + 1..)) {
            self.scope.positional = Some(rest.to_vec());
        }
    }

    /// Remembers what `echo … > file` wrote, for when that file is run.
    fn remember_file(&mut self, leaf: &Leaf, redirections: &'a [Redirection]) {
        let mut paths: Vec<String> = Vec::new();
        for redirection in redirections.iter().filter(|one| one.operator.writes()) {
            paths.extend(texts(&redirection.target, self.ground()));
        }
        if leaf.program() == "tee" {
            let operands = leaf
                .argv
                .iter()
                .skip(1)
                .filter(|word| !word.text.starts_with('-'));
            paths.extend(operands.map(|word| word.text.clone()));
        }
        if paths.is_empty() {
            return;
        }
        let written = output::of_leaf(leaf, self.ground());
        for path in paths {
            match &written {
                Input::Text(text) => {
                    let old = self.scope.names.files.entry(path).or_default();
                    old.push_str(text);
                }
                _ => {
                    self.scope.names.files.remove(&path);
                }
            }
        }
    }
}

/// A word as a shell reads it again; what nobody knows stays unknown.
pub(crate) fn quoted(arg: &Arg) -> String {
    if arg.glob {
        return arg.text.clone();
    }
    format!("'{}'", arg.text.replace('\'', "'\\''"))
}

/// A path that starts from a folder.
pub(crate) fn joined(folder: Option<&str>, path: &str) -> String {
    let absolute = path.starts_with(['/', '~', UNKNOWN]) || path.get(1..2) == Some(":");
    match folder {
        Some(folder) if !absolute => format!("{folder}/{path}"),
        _ => path.to_owned(),
    }
}
