//! Commands that run what their arguments say: `sudo`, `xargs`, `bash -c` …

use super::Word;

/// What a command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inner<'a> {
    /// The command that these words are.
    Words(&'a [Word]),
    /// The commands that this word's text holds; see [`Word::static_excerpt`].
    Text(&'a Word),
}

/// A command that runs another, and how many of its words are its own.
struct Wrapper {
    name: &'static str,
    /// Short options that take a value.
    short: &'static str,
    /// Long options that take a value in the next word.
    long: &'static [&'static str],
    /// Operands before the command.
    operands: usize,
}

const WRAPPERS: [Wrapper; 18] = [
    Wrapper {
        name: "sudo",
        short: "ugphCDRTUrt",
        long: &[
            "--user", "--group", "--prompt", "--host", "--chdir", "--role", "--type",
        ],
        operands: 0,
    },
    wrapper("doas", "uC", 0),
    wrapper("command", "", 0),
    wrapper("builtin", "", 0),
    wrapper("exec", "a", 0),
    wrapper("eval", "", 0),
    wrapper("nohup", "", 0),
    wrapper("setsid", "", 0),
    wrapper("time", "fo", 0),
    wrapper("chronic", "", 0),
    wrapper("busybox", "", 0),
    wrapper("env", "uCS", 0),
    wrapper("nice", "n", 0),
    wrapper("ionice", "cnp", 0),
    wrapper("stdbuf", "ioe", 0),
    wrapper("timeout", "ks", 1),
    wrapper("chroot", "", 1),
    Wrapper {
        name: "xargs",
        short: "adEILnPs",
        long: &[
            "--arg-file",
            "--delimiter",
            "--max-args",
            "--max-procs",
            "--max-chars",
        ],
        operands: 0,
    },
];

/// Shells that take commands as text.
const SHELLS: [&str; 7] = ["sh", "bash", "zsh", "dash", "ksh", "ash", "mksh"];

const fn wrapper(name: &'static str, short: &'static str, operands: usize) -> Wrapper {
    Wrapper {
        name,
        short,
        long: &[],
        operands,
    }
}

/// What a command runs, if it runs another.
///
/// Asking again with the words it answers shows what that one runs.
pub fn inner(words: &[Word]) -> Option<Inner<'_>> {
    let (first, rest) = words.split_first()?;
    let name = first.static_text()?;
    let name = name.rsplit('/').next().unwrap_or("");
    if SHELLS.contains(&name) {
        return shell_text(rest);
    }
    if name == "find" {
        return executed(rest);
    }
    if name == "eval"
        && let [only] = rest
    {
        return Some(Inner::Text(only));
    }
    let wrapper = WRAPPERS.iter().find(|wrapper| wrapper.name == name)?;
    wrapped(wrapper, rest)
}

/// The command after a wrapper's own options and operands.
fn wrapped<'a>(wrapper: &Wrapper, words: &'a [Word]) -> Option<Inner<'a>> {
    let mut operands = wrapper.operands;
    let mut rest = words;
    while let Some((word, after)) = rest.split_first() {
        let text = word.static_text().unwrap_or_default();
        if text == "--" && operands == 0 {
            rest = after;
            break;
        }
        // `command -v name` asks whether there is one and runs nothing.
        if wrapper.name == "command" && matches!(text.as_str(), "-v" | "-V") {
            return None;
        }
        let own = wrapper.own(&text);
        if own == 0 && operands == 0 {
            break;
        }
        operands -= usize::from(own == 0);
        rest = rest.get(own.max(1)..).unwrap_or(&[]);
    }
    (!rest.is_empty()).then_some(Inner::Words(rest))
}

impl Wrapper {
    /// How many words an option takes up; 0 when the word is none.
    fn own(&self, text: &str) -> usize {
        if text.starts_with("--") {
            return 1 + usize::from(self.long.contains(&text));
        }
        if let Some(flags) = text.strip_prefix('-').filter(|flags| !flags.is_empty()) {
            let value = flags.find(|flag| self.short.contains(flag));
            return 1 + usize::from(value.is_some_and(|at| at + 1 == flags.len()));
        }
        let assigns = matches!(self.name, "env" | "sudo") && text.contains('=');
        usize::from(assigns)
    }
}

/// The text after `-c`.
fn shell_text(words: &[Word]) -> Option<Inner<'_>> {
    let mut asked = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let text = word.static_text().unwrap_or_default();
        let Some(flags) = text.strip_prefix(['-', '+']) else {
            return asked.then_some(Inner::Text(word));
        };
        if flags.starts_with('-') {
            if matches!(text.as_str(), "--rcfile" | "--init-file") {
                words.next();
            }
            continue;
        }
        asked |= text.starts_with('-') && flags.contains('c');
        if flags.contains('o') || flags.contains('O') {
            words.next();
        }
    }
    None
}

/// The command of `find … -exec`.
fn executed(words: &[Word]) -> Option<Inner<'_>> {
    let at = words.iter().position(|word| {
        let action = word.bare().unwrap_or("");
        matches!(action, "-exec" | "-execdir" | "-ok" | "-okdir")
    })?;
    let rest = words.get(at + 1..)?;
    let end = rest
        .iter()
        .position(|word| matches!(word.static_text().as_deref(), Some(";" | "+")));
    Some(Inner::Words(rest.get(..end.unwrap_or(rest.len()))?))
}
