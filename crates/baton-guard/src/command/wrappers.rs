//! The table of programs that run what their arguments say.

use std::sync::LazyLock;

use serde::Deserialize;

use super::argv::{Grammar, Style};

/// How a program names what it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Runs {
    /// The words after its options and operands are a command.
    Words,
    /// The words after `--` are a command.
    AfterDashes,
    /// The words after its options and operands are joined and read as commands.
    Text,
    /// The values of some options are commands.
    Options,
    /// Each operand is commands.
    Operands,
    /// It reads commands from its standard input.
    Input,
    /// A shell: `-c TEXT`, a file, or its standard input.
    Shell,
    /// `PowerShell`: `-Command`, `-EncodedCommand`, or its standard input.
    #[serde(rename = "powershell")]
    PowerShell,
    /// `cmd /c TEXT`.
    Cmd,
    /// A script read by the shell itself: `source FILE`.
    Source,
    /// `find … -exec …`.
    Find,
    /// Operands come from its standard input.
    Xargs,
    /// Arguments after `:::`.
    Parallel,
    /// The values of some options, or its operands, are code in another language.
    Code,
    /// Settings of git that name commands.
    Git,
}

/// A program that runs what its arguments say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Wrapper {
    /// What it is called.
    pub(crate) names: Vec<String>,
    /// How it names what it runs.
    pub(crate) runs: Runs,
    /// The form of its options.
    #[serde(default)]
    pub(crate) style: Style,
    /// Options that take the next word as their value, between blanks.
    #[serde(default)]
    pub(crate) values: String,
    /// Options whose values are commands or code, between blanks.
    #[serde(default)]
    pub(crate) options: String,
    /// Words that must come first, one of them.
    #[serde(default)]
    pub(crate) subcommands: Vec<String>,
    /// How many operands stand before the command.
    #[serde(default)]
    pub(crate) operands: usize,
    /// The option that names the program, which then gets what follows the operands.
    #[serde(default)]
    pub(crate) program_option: String,
    /// Whether `NAME=value` may stand before the command.
    #[serde(default)]
    pub(crate) assignments: bool,
    /// Whether what it runs is another shell's text.
    #[serde(default)]
    pub(crate) shell: TextShell,
}

/// In which language the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TextShell {
    /// POSIX shell.
    #[default]
    Posix,
    /// `PowerShell`.
    PowerShell,
    /// The command interpreter of Windows.
    Cmd,
}

impl Wrapper {
    /// How its own options are read.
    pub(crate) fn grammar(&self) -> Grammar {
        Grammar::of(self.style, &self.values)
    }
}

#[derive(Deserialize)]
struct Table {
    wrapper: Vec<Wrapper>,
}

const TEXT: &str = include_str!("../../../../rules/guard/wrappers.toml");

/// Sections of the table with the names they are about, found without reading them.
static SECTIONS: LazyLock<Vec<(&'static str, &'static str)>> =
    LazyLock::new(|| crate::rules::sections(TEXT, "[[wrapper]]", "names"));

/// How a program runs its arguments; several answers where it can in several ways.
pub(crate) fn of(program: &str) -> Vec<Wrapper> {
    crate::rules::sections_of(&SECTIONS, program)
        .filter_map(|section| toml::from_str::<Table>(section).ok())
        .flat_map(|table| table.wrapper)
        .filter(|wrapper| wrapper.names.iter().any(|name| name == program))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{TEXT, Table, of};

    #[test]
    fn every_wrapper_is_found_by_each_of_its_names() {
        let all = toml::from_str::<Table>(TEXT).unwrap().wrapper;
        for wrapper in &all {
            let is = |one: &super::Wrapper| {
                (one.runs, &one.subcommands) == (wrapper.runs, &wrapper.subcommands)
            };
            let missing = wrapper.names.iter().find(|name| !of(name).iter().any(is));
            assert_eq!(missing, None);
        }
    }
}
