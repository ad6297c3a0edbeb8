//! Programs that run other programs are followed to those.

use super::argv::{leading, read};
use super::scope::{Names, Scope};
use super::simple::quoted;
use super::wrappers::{self, Runs, TextShell, Wrapper};
use super::{Place, Reader, Shell};
use crate::leaf::{Arg, Leaf};

impl Reader {
    /// Records a program and follows what it runs. The names it leaves behind, where it runs
    /// text as if that stood in its place.
    pub(crate) fn command(
        &mut self,
        leaf: &Leaf,
        scope: &Scope<'_>,
        place: &Place,
    ) -> Option<Names> {
        let first = leaf.argv.first()?.clone();
        if place.depth > super::MAX_DEPTH {
            self.doubt("deeply-wrapped-command", &first.text);
            return None;
        }
        if !self.counts() {
            return None;
        }
        if !first.is_known() || first.glob {
            self.doubt("unknown-program", &leaf.words().join(" "));
        }
        let program = leaf.program();
        self.found.leaves.push(leaf.clone());
        let mut names = self.written_script(leaf, (scope, place));
        for wrapper in wrappers::of(&program) {
            if let Some(after) = subcommand(&wrapper, leaf) {
                let found = self.wrapped(&wrapper, (leaf, after), (scope, place));
                names = found.or(names);
            }
        }
        names
    }

    /// A file that the same command line wrote, run by its path.
    fn written_script(
        &mut self,
        leaf: &Leaf,
        (scope, place): (&Scope<'_>, &Place),
    ) -> Option<Names> {
        let first = leaf.argv.first()?;
        let bare = first.text.strip_prefix("./").unwrap_or(&first.text);
        let files = &scope.names.files;
        let text = files.get(&first.text).or_else(|| files.get(bare))?.clone();
        let place = place.inside(first.text.clone());
        self.text(&text, Shell::Posix, (scope, &place));
        None
    }

    fn wrapped(
        &mut self,
        wrapper: &Wrapper,
        (leaf, words): (&Leaf, &[Arg]),
        (scope, place): (&Scope<'_>, &Place),
    ) -> Option<Names> {
        let inside = place.inside(leaf.program());
        let at = (scope, &inside);
        match wrapper.runs {
            Runs::Words => {
                let rest = own_words(wrapper, words);
                let program = read(words, &wrapper.grammar())
                    .options
                    .into_iter()
                    .find_map(|option| {
                        let named = option.name == wrapper.program_option;
                        option.value.filter(|_| named)
                    });
                let argv: Vec<Arg> = program.into_iter().chain(rest.iter().cloned()).collect();
                return self.inner(leaf, &argv, at);
            }
            Runs::AfterDashes => {
                let dashes = words.iter().position(|word| word.text == "--");
                let rest = dashes.and_then(|dashes| words.get(dashes + 1..));
                return self.inner(leaf, rest.unwrap_or(&[]), at);
            }
            Runs::Text => {
                let text = joined(own_words(wrapper, words));
                return self.text(&text, shell_of(wrapper), at);
            }
            Runs::Options => self.option_texts(wrapper, words, at),
            Runs::Operands => {
                for operand in read(words, &wrapper.grammar()).operands {
                    let text = operand
                        .text
                        .split_once('=')
                        .filter(|_| leaf.program() == "alias");
                    let text = text.map_or(operand.text.as_str(), |(_, text)| text);
                    self.text(text, shell_of(wrapper), at);
                }
            }
            Runs::Input => self.input(&leaf.input, shell_of(wrapper), at),
            Runs::Shell => self.shell(leaf, words, at),
            Runs::PowerShell => self.powershell_call(leaf, words, at),
            Runs::Cmd => self.cmd_call(words, at),
            Runs::Source => return self.source(leaf, words, at),
            Runs::Find => self.find(leaf, words, at),
            Runs::Xargs => self.xargs(wrapper, (leaf, words), at),
            Runs::Parallel => self.parallel(wrapper, (leaf, words), at),
            Runs::Code => self.codes(wrapper, (leaf, words), &inside),
            Runs::Git => self.git(words, at),
        }
        None
    }

    /// Words that are a command of their own.
    pub(super) fn inner(
        &mut self,
        leaf: &Leaf,
        words: &[Arg],
        (scope, place): (&Scope<'_>, &Place),
    ) -> Option<Names> {
        let assigned = words
            .iter()
            .take_while(|word| is_assignment(&word.text))
            .count();
        let words = words.get(assigned..).unwrap_or(&[]);
        if words.is_empty() {
            return None;
        }
        let leaf = Leaf {
            argv: words.to_vec(),
            via: place.via.clone(),
            ..leaf.clone()
        };
        self.command(&leaf, scope, place)
    }

    /// The values of options that are commands.
    fn option_texts(&mut self, wrapper: &Wrapper, words: &[Arg], at: (&Scope<'_>, &Place)) {
        let mut grammar = wrapper.grammar();
        let wanted: Vec<&str> = wrapper.options.split_whitespace().collect();
        grammar
            .values
            .extend(wanted.iter().map(|name| (*name).to_owned()));
        for option in read(words, &grammar).options {
            let named = wanted.iter().any(|name| *name == option.name);
            if let (true, Some(value)) = (named, option.value) {
                self.text(&value.text, shell_of(wrapper), at);
            }
        }
    }
}

/// The words after the subcommand that a wrapper demands; `None` when there is none.
fn subcommand<'a>(wrapper: &Wrapper, leaf: &'a Leaf) -> Option<&'a [Arg]> {
    let words = leaf.argv.get(1..)?;
    if wrapper.subcommands.is_empty() {
        return Some(words);
    }
    let grammar = wrapper.grammar();
    wrapper.subcommands.iter().find_map(|wanted| {
        let mut rest = words;
        for name in wanted.split(' ') {
            rest = rest.get(leading(rest, &grammar)..)?;
            let (first, after) = rest.split_first()?;
            if first.text != name {
                return None;
            }
            rest = after;
        }
        Some(rest)
    })
}

/// What follows a wrapper's own options and operands.
pub(super) fn own_words<'a>(wrapper: &Wrapper, words: &'a [Arg]) -> &'a [Arg] {
    let grammar = wrapper.grammar();
    let mut rest = words;
    let mut operands = wrapper.operands;
    loop {
        rest = rest.get(leading(rest, &grammar)..).unwrap_or(&[]);
        while wrapper.assignments && rest.first().is_some_and(|word| is_assignment(&word.text)) {
            rest = rest.get(1..).unwrap_or(&[]);
        }
        if operands == 0 || rest.is_empty() {
            return rest;
        }
        operands -= 1;
        rest = rest.get(1..).unwrap_or(&[]);
    }
}

/// Whether a word is `NAME=value`.
pub(super) fn is_assignment(text: &str) -> bool {
    let Some((name, _)) = text.split_once('=') else {
        return false;
    };
    let sign = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    !name.is_empty()
        && name.chars().all(sign)
        && !name.starts_with(|sign: char| sign.is_ascii_digit())
}

/// Words as one text, as programs join them.
pub(super) fn joined(words: &[Arg]) -> String {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    texts.join(" ")
}

/// Words as one text that means the same words to a shell.
pub(super) fn requoted(words: &[Arg]) -> String {
    let texts: Vec<String> = words.iter().map(quoted).collect();
    texts.join(" ")
}

fn shell_of(wrapper: &Wrapper) -> Shell {
    match wrapper.shell {
        TextShell::Posix => Shell::Posix,
        TextShell::PowerShell => Shell::PowerShell,
        TextShell::Cmd => Shell::Cmd,
    }
}
