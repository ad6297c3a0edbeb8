//! One program that a command line runs, with its words as far as they are known.

/// Stands in a word where only running the command would tell what stands there.
pub const UNKNOWN: char = '\u{FFFC}';

/// A word of a command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arg {
    /// Its text, quotes and backslashes removed, with [`UNKNOWN`] for what is not known.
    pub text: String,
    /// Whether the shell matches it against the names of files.
    pub glob: bool,
    /// What the file it names holds, for `<(…)`.
    pub holds: Option<Box<Input>>,
}

impl Arg {
    /// A word that stands for itself.
    pub fn plain(text: impl Into<String>) -> Arg {
        Arg {
            text: text.into(),
            ..Arg::default()
        }
    }

    /// A word nobody knows.
    pub fn unknown() -> Arg {
        Arg::plain(UNKNOWN)
    }

    /// Whether the whole of it is known.
    pub fn is_known(&self) -> bool {
        !self.text.contains(UNKNOWN)
    }

    /// Whether nothing of it is known.
    pub fn is_unknown(&self) -> bool {
        !self.text.is_empty() && self.text.chars().all(|sign| sign == UNKNOWN)
    }
}

/// What a command reads from its standard input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Input {
    /// Nothing that the command line says.
    #[default]
    None,
    /// A text that the command line holds.
    Text(String),
    /// What comes from another computer.
    Download,
    /// What another program writes; it cannot be told what.
    Output,
    /// A file.
    File(String),
}

/// One program that a command line runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leaf {
    /// Its name and arguments.
    pub argv: Vec<Arg>,
    /// What it was unwrapped from, the outermost first.
    pub via: Vec<String>,
    /// What it reads.
    pub input: Input,
    /// The folder it runs in, as far as the command line says.
    pub folder: Option<String>,
    /// Whether another program reads what it writes.
    pub piped: bool,
}

impl Leaf {
    /// The program's name: without folders, `.exe` and capitals.
    pub fn program(&self) -> String {
        self.argv.first().map_or_else(String::new, program_name)
    }

    /// The words as texts.
    pub fn words(&self) -> Vec<String> {
        self.argv.iter().map(|arg| shown(&arg.text)).collect()
    }
}

/// Programs that carry their version in their name.
const VERSIONED: [&str; 8] = [
    "python", "pypy", "ruby", "perl", "php", "lua", "pip", "mkfs",
];

/// The name by which a program is known, whatever folder it lies in.
pub fn program_name(word: &Arg) -> String {
    let text = word.text.trim_end_matches(['/', '\\']);
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    let name = name.to_lowercase();
    let bare = [".exe", ".cmd", ".bat", ".com", ".ps1"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .filter(|bare| !bare.is_empty());
    let bare = bare.unwrap_or(&name);
    let family = bare.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
    if VERSIONED.contains(&family) {
        return family.to_owned();
    }
    bare.to_owned()
}

/// A text to be shown, with `…` where something is not known.
pub fn shown(text: &str) -> String {
    text.replace(UNKNOWN, "…")
}
