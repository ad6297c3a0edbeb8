//! How shells of Windows are started, and with which text.

use super::scope::Scope;
use super::unwrap::joined;
use super::{Place, Reader, Shell, decode, expression};
use crate::leaf::{Arg, Leaf};

impl Reader {
    /// `powershell -Command TEXT`, `-EncodedCommand TEXT`, `-File FILE`, or its input.
    pub(super) fn powershell_call(&mut self, leaf: &Leaf, words: &[Arg], at: (&Scope<'_>, &Place)) {
        let mut rest = words;
        while let Some((word, after)) = rest.split_first() {
            rest = after;
            let name = word.text.trim_start_matches(['-', '/']).to_lowercase();
            let is_option = word.text.starts_with(['-', '/']) && !name.is_empty();
            if is_option && "command".starts_with(&name) {
                break;
            }
            if is_option
                && (("encodedcommand".starts_with(&name) && name.len() < 15) || name == "ec")
            {
                return self.encoded(after.first(), at);
            }
            if is_option && "file".starts_with(&name) {
                return;
            }
            if is_option && takes_value(&name) {
                rest = rest.get(1..).unwrap_or(&[]);
            } else if !is_option {
                let text = joined(std::slice::from_ref(word));
                let text = format!("{text} {}", joined(rest));
                self.text(&text, Shell::PowerShell, at);
                return;
            }
        }
        match rest {
            [] => self.input(&leaf.input, Shell::PowerShell, at),
            [only] if only.text == "-" => self.input(&leaf.input, Shell::PowerShell, at),
            words => {
                self.text(&joined(words), Shell::PowerShell, at);
            }
        }
    }

    fn encoded(&mut self, word: Option<&Arg>, at: (&Scope<'_>, &Place)) {
        let decoded = word.and_then(|word| decode::base64(&word.text));
        match decoded.and_then(|bytes| expression::utf16(&bytes)) {
            Some(text) => {
                self.text(&text, Shell::PowerShell, at);
            }
            None => self.doubt("unknown-script", "-EncodedCommand"),
        }
    }

    /// `cmd /c TEXT`.
    pub(super) fn cmd_call(&mut self, words: &[Arg], at: (&Scope<'_>, &Place)) {
        let is_run = |word: &Arg| {
            let text = word.text.to_lowercase();
            text.starts_with("/c") || text.starts_with("/k") || text.starts_with("//c")
        };
        if let Some(start) = words.iter().position(is_run) {
            let first = words.get(start).map_or("", |word| word.text.as_str());
            let attached = first.trim_start_matches('/').get(1..).unwrap_or("");
            let rest = words.get(start + 1..).unwrap_or(&[]);
            let text = format!("{attached} {}", joined(rest));
            self.text(&text, Shell::Cmd, at);
        }
    }
}

/// Options of `powershell` that take a value.
fn takes_value(name: &str) -> bool {
    [
        "executionpolicy",
        "ep",
        "windowstyle",
        "version",
        "inputformat",
        "outputformat",
        "psconsolefile",
        "configurationname",
        "workingdirectory",
        "wd",
        "settingsfile",
        "custompipename",
    ]
    .iter()
    .any(|known| known.starts_with(name) && (name.len() > 1 || name == "w"))
}
