//! Programs whose way of running others no table tells.

use super::argv::{leading, read};
use super::scope::{Names, Scope};
use super::unwrap::{joined, own_words, requoted};
use super::wrappers::Wrapper;
use super::{Place, Reader, Shell};
use crate::leaf::{Arg, Input, Leaf};
use crate::rules::like;

/// Commands that write what a shell is meant to evaluate, as their own manuals say.
const GENERATORS: &[&str] = &[
    "ssh-agent",
    "gpg-agent",
    "direnv",
    "dircolors",
    "brew shellenv",
    "fnm env",
    "rbenv init",
    "pyenv init",
    "nodenv init",
    "starship init",
    "zoxide init",
    "mise activate",
    "asdf",
    "minikube docker-env",
    "docker-machine env",
    "luarocks path",
    "opam env",
    "thefuck",
];

impl Reader {
    /// `bash -c TEXT`, `bash FILE`, `… | bash`.
    pub(super) fn shell(&mut self, leaf: &Leaf, words: &[Arg], at: (&Scope<'_>, &Place)) {
        let mut asked = false;
        let mut rest = words;
        while let Some((word, after)) = rest.split_first() {
            let Some(flags) = word
                .text
                .strip_prefix(['-', '+'])
                .filter(|flags| !flags.is_empty())
            else {
                break;
            };
            rest = after;
            if flags == "-" {
                break;
            }
            let takes = match flags.strip_prefix('-') {
                Some(long) => matches!(long, "rcfile" | "init-file"),
                None => flags.contains(['o', 'O']),
            };
            asked |= word.text.starts_with('-') && !flags.starts_with('-') && flags.contains('c');
            if takes {
                rest = rest.get(1..).unwrap_or(&[]);
            }
        }
        if asked && rest.first().is_some_and(Arg::is_unknown) {
            return self.doubt("unknown-script", &leaf.words().join(" "));
        }
        match (asked, rest.split_first()) {
            (true, Some((text, arguments))) => {
                let zero = arguments.first().map(|word| word.text.clone());
                let arguments = arguments.get(1..).unwrap_or(&[]).to_vec();
                let scope = Scope {
                    positional: Some(arguments),
                    zero,
                    ..at.0.clone()
                };
                self.text(&text.text, Shell::Posix, (&scope, at.1));
            }
            (true, None) => {}
            (false, Some((file, _))) if !is_input(file, words) => self.file(file, at),
            (false, _) => self.input(&leaf.input, Shell::Posix, at),
        }
    }

    /// A file that is run.
    fn file(&mut self, file: &Arg, at: (&Scope<'_>, &Place)) {
        if let Some(holds) = &file.holds {
            return self.input(holds, Shell::Posix, at);
        }
        let files = &at.0.names.files;
        let bare = file.text.strip_prefix("./").unwrap_or(&file.text);
        if let Some(text) = files.get(&file.text).or_else(|| files.get(bare)).cloned() {
            self.text(&text, Shell::Posix, at);
        }
    }

    /// `. FILE` and `eval`, which run text as if it stood in their place.
    pub(super) fn source(
        &mut self,
        leaf: &Leaf,
        words: &[Arg],
        at: (&Scope<'_>, &Place),
    ) -> Option<Names> {
        if leaf.program() == "eval" {
            let text = joined(words);
            let unknown = words.first().is_some_and(Arg::is_unknown);
            if unknown && words.len() == 1 && self.last_is_generator() {
                return None;
            }
            return self.text(&text, Shell::Posix, at);
        }
        let file = words
            .get(leading(words, &super::Grammar::default())..)?
            .first()?;
        match &file.holds {
            Some(holds) if matches!(holds.as_ref(), Input::Output) && self.last_is_completion() => {
            }
            _ if file.text == "/dev/stdin" => self.input(&leaf.input, Shell::Posix, at),
            _ => self.file(file, at),
        }
        None
    }

    /// Whether the command that was just met writes settings for a shell.
    fn last_is_generator(&self) -> bool {
        let mut before = self.found.leaves.iter().rev().skip(1);
        let words = before.next().map(|leaf| leaf.words().join(" "));
        words.is_some_and(|words| {
            GENERATORS
                .iter()
                .any(|known| words == *known || words.starts_with(&format!("{known} ")))
        })
    }

    fn last_is_completion(&self) -> bool {
        let mut before = self.found.leaves.iter().rev().skip(1);
        before.next().is_some_and(|leaf| {
            leaf.argv
                .iter()
                .skip(1)
                .any(|word| word.text.starts_with("completion"))
        })
    }

    /// `find … -exec COMMAND ;`: each command with the paths that are searched.
    pub(super) fn find(&mut self, leaf: &Leaf, words: &[Arg], at: (&Scope<'_>, &Place)) {
        let is_path = |word: &&Arg| !word.text.starts_with(['-', '(', '!']);
        let paths: Vec<Arg> = words.iter().take_while(is_path).cloned().collect();
        let narrowed = words.iter().any(|word| is_test(&word.text));
        let mut rest = words;
        while let Some(start) = rest.iter().position(|word| is_action(&word.text)) {
            let after = rest.get(start + 1..).unwrap_or(&[]);
            let end = after
                .iter()
                .position(|word| matches!(word.text.as_str(), ";" | "+"));
            let command = after.get(..end.unwrap_or(after.len())).unwrap_or(&[]);
            let filled: Vec<Arg> = command
                .iter()
                .flat_map(|word| found(word, &paths, narrowed))
                .collect();
            self.inner(leaf, &filled, at);
            rest = after.get(command.len()..).unwrap_or(&[]);
        }
    }

    /// `… | xargs COMMAND`: the words of its input follow the command's own.
    pub(super) fn xargs(
        &mut self,
        wrapper: &Wrapper,
        (leaf, words): (&Leaf, &[Arg]),
        at: (&Scope<'_>, &Place),
    ) {
        let own = own_words(wrapper, words);
        if own.is_empty() {
            return;
        }
        let replaced = read(words, &wrapper.grammar())
            .options
            .into_iter()
            .find_map(|option| (option.name == "-I").then_some(option.value).flatten());
        let given: Vec<Arg> = match &leaf.input {
            Input::Text(text) => text.split_whitespace().map(Arg::plain).collect(),
            _ => vec![Arg::unknown()],
        };
        let mut argv = Vec::new();
        if let Some(sign) = replaced.filter(|sign| !sign.text.is_empty()) {
            let whole = joined(&given);
            argv.extend(own.iter().map(|word| Arg {
                text: word.text.replace(&sign.text, &whole),
                ..word.clone()
            }));
        } else {
            argv.extend(own.iter().cloned());
            argv.extend(given);
        }
        self.inner(leaf, &argv, at);
    }

    /// `parallel COMMAND ::: a b`.
    pub(super) fn parallel(
        &mut self,
        wrapper: &Wrapper,
        (leaf, words): (&Leaf, &[Arg]),
        at: (&Scope<'_>, &Place),
    ) {
        let own = own_words(wrapper, words);
        let signs = own.iter().position(|word| word.text.starts_with(":::"));
        let command = own.get(..signs.unwrap_or(own.len())).unwrap_or(&[]);
        let given: Vec<Arg> = match signs.and_then(|at| own.get(at + 1..)) {
            Some(values) => values.to_vec(),
            None => match &leaf.input {
                Input::Text(text) => text.lines().map(Arg::plain).collect(),
                _ => vec![Arg::unknown()],
            },
        };
        for value in given {
            let text = joined(command);
            let text = if text.contains("{}") {
                text.replace("{}", &value.text)
            } else {
                format!("{text} {}", value.text)
            };
            self.text(&text, Shell::Posix, at);
        }
    }

    /// Code of another language, from options, operands or the standard input.
    pub(super) fn codes(
        &mut self,
        wrapper: &Wrapper,
        (leaf, words): (&Leaf, &[Arg]),
        place: &Place,
    ) {
        let program = leaf.program();
        let mut grammar = wrapper.grammar();
        let wanted: Vec<String> = wrapper
            .options
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        grammar.values.extend(wanted.iter().cloned());
        let reading = read(words, &grammar);
        // `python -m module` runs that module, which may read what it likes.
        let is_module = |option: &super::argv::Opt| option.name == "-m";
        let mut given = program.starts_with("py") && reading.options.iter().any(is_module);
        for option in &reading.options {
            if let (true, Some(value)) = (wanted.contains(&option.name), &option.value) {
                given = true;
                self.code(&program, &value.text, place);
            }
        }
        if wanted.is_empty()
            && let Some(first) = reading.operands.first()
        {
            return self.code(&program, &first.text, place);
        }
        let first = reading.operands.first();
        let reads =
            !given && first.is_none_or(|word| matches!(word.text.as_str(), "-" | "/dev/stdin"));
        match &leaf.input {
            Input::Text(text) if reads => self.code(&program, text, place),
            Input::Download if reads => self.doubt("downloaded-script", &program),
            Input::Output if reads => self.doubt("unknown-script", &program),
            _ => {}
        }
        if let Some(holds) = first.and_then(|word| word.holds.as_ref()) {
            match holds.as_ref() {
                Input::Download => self.doubt("downloaded-script", &program),
                Input::Text(text) => self.code(&program, text, place),
                _ => self.doubt("unknown-script", &program),
            }
        }
    }

    /// Settings of git that name commands.
    pub(super) fn git(&mut self, words: &[Arg], at: (&Scope<'_>, &Place)) {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in words.windows(2) {
            if let [flag, value] = pair
                && flag.text == "-c"
                && let Some((name, value)) = value.text.split_once('=')
            {
                pairs.push((name.to_lowercase(), value.to_owned()));
            }
        }
        if let Some(at) = words.iter().position(|word| word.text == "config") {
            let rest: Vec<&Arg> = words.iter().skip(at + 1).collect();
            let operands: Vec<&&Arg> = rest
                .iter()
                .filter(|word| !word.text.starts_with("--"))
                .collect();
            if let [.., name, value] = operands.as_slice() {
                pairs.push((name.text.to_lowercase(), value.text.clone()));
            }
        }
        for (name, value) in pairs {
            if name.starts_with("alias.") {
                let text = match value.strip_prefix('!') {
                    Some(text) => text.to_owned(),
                    None => format!("git {value}"),
                };
                let called = name.strip_prefix("alias.").unwrap_or("");
                let at_call = words
                    .iter()
                    .position(|word| word.text.eq_ignore_ascii_case(called));
                let given = at_call.and_then(|at| words.get(at + 1..)).unwrap_or(&[]);
                let text = format!("{text} {}", requoted(given));
                self.text(&text, Shell::Posix, at);
            } else if runs_command(&name) {
                self.text(value.trim_start_matches('!'), Shell::Posix, at);
            }
        }
    }
}

/// Settings of git whose values are commands; `*` stands for a name somebody chose.
const COMMAND_SETTINGS: [&str; 16] = [
    "core.sshcommand",
    "core.editor",
    "core.pager",
    "core.fsmonitor",
    "core.askpass",
    "core.gitproxy",
    "credential.helper",
    "sequence.editor",
    "diff.external",
    "gpg.program",
    "uploadpack.packobjectshook",
    "pager.*",
    "filter.*",
    "diff.*.textconv",
    "difftool.*.cmd",
    "mergetool.*.cmd",
];

fn runs_command(name: &str) -> bool {
    let required = name.ends_with(".required");
    !required && COMMAND_SETTINGS.iter().any(|setting| like(setting, name))
}

/// Whether a shell reads its standard input although a word stands where a file would.
fn is_input(file: &Arg, words: &[Arg]) -> bool {
    let asked = |word: &Arg| {
        word.text.starts_with('-') && !word.text.starts_with("--") && word.text.contains('s')
    };
    matches!(
        file.text.as_str(),
        "-" | "/dev/stdin" | "/proc/self/fd/0" | "/dev/fd/0"
    ) || words.iter().any(asked)
}

fn is_action(text: &str) -> bool {
    matches!(
        text,
        "-exec" | "-execdir" | "-ok" | "-okdir" | "-x" | "--exec" | "-X" | "--exec-batch"
    )
}

/// Tests that narrow what `find` finds.
fn is_test(text: &str) -> bool {
    matches!(
        text,
        "-name"
            | "-iname"
            | "-path"
            | "-ipath"
            | "-wholename"
            | "-regex"
            | "-iregex"
            | "-mtime"
            | "-mmin"
            | "-ctime"
            | "-atime"
            | "-newer"
            | "-size"
            | "-empty"
            | "-user"
            | "-perm"
    )
}

/// A word with the paths that are found in the place of `{}`.
fn found(word: &Arg, paths: &[Arg], narrowed: bool) -> Vec<Arg> {
    if !word.text.contains("{}") {
        return vec![word.clone()];
    }
    if narrowed || paths.is_empty() {
        let path = if narrowed { "./{}" } else { "." };
        return vec![Arg::plain(word.text.replace("{}", path))];
    }
    let filled = |path: &Arg| Arg::plain(word.text.replace("{}", &path.text));
    paths.iter().map(filled).collect()
}
