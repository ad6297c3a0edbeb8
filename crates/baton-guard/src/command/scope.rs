//! What a script said before: variables, functions, folders, files.

use std::collections::BTreeMap;

use baton_syntax::shell::{Command, Script};

use crate::leaf::{Arg, UNKNOWN};

/// More values of one variable than this are taken for unknown.
const MAX_VALUES: usize = 16;

/// What is known at one place of a script.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope<'a> {
    /// What outlives the script when another one reads it as its own text.
    pub(crate) names: Names,
    /// Functions with the bodies that calling them runs.
    pub(crate) functions: BTreeMap<String, Function<'a>>,
    /// `$1` and those after it; `None` where anything may stand there.
    pub(crate) positional: Option<Vec<Arg>>,
    /// `$0`, when it is known.
    pub(crate) zero: Option<String>,
    /// Whether this place may never be reached, so that what was known before may still hold.
    pub(crate) perhaps: bool,
}

/// A function and the script that holds its here-documents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Function<'a> {
    /// The script.
    pub(crate) script: &'a Script,
    /// The text of that script.
    pub(crate) text: &'a str,
    /// What the function does.
    pub(crate) body: &'a Command,
}

/// Variables, aliases, the folder, and files that were written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    variables: BTreeMap<String, Vec<String>>,
    /// Variables that hold several words.
    pub(crate) arrays: BTreeMap<String, Vec<Arg>>,
    /// Words that stand for other commands.
    pub(crate) aliases: BTreeMap<String, String>,
    /// What the script wrote to files, as far as that is known.
    pub(crate) files: BTreeMap<String, String>,
    /// The folder that `cd` went to.
    pub(crate) folder: Option<String>,
}

impl Scope<'_> {
    /// Remembers what a variable is set to.
    pub(crate) fn set(&mut self, name: &str, new: Vec<String>) {
        self.names.arrays.remove(name);
        let values = self.names.variables.entry(name.to_owned()).or_default();
        if !self.perhaps {
            values.clear();
        }
        for value in new {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if values.len() > MAX_VALUES {
            *values = vec![UNKNOWN.to_string()];
        }
    }
}

impl Names {
    /// What a variable may hold; a text of one unknown sign when nobody knows.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        if let Some(values) = self.variables.get(name).filter(|values| !values.is_empty()) {
            return values.clone();
        }
        let own = match name {
            "HOME" => "~",
            "PWD" => self.folder.as_deref().unwrap_or("."),
            "IFS" => " \t\n",
            "TMPDIR" | "RUNNER_TEMP" => "/tmp/.",
            "SHELL" | "BASH" => "/bin/sh",
            _ => return vec![UNKNOWN.to_string()],
        };
        vec![own.to_owned()]
    }

    /// Forgets a variable.
    pub(crate) fn unset(&mut self, name: &str) {
        self.variables.remove(name);
        self.arrays.remove(name);
    }
}
