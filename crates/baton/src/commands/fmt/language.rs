//! The languages that `baton fmt` writes.

use baton_iac::{bicep, terraform};
use baton_repo::Repo;
use baton_source::SyntaxError;

/// A language and its formatter.
pub(super) struct Language {
    /// Whether a file of this name is written in it.
    pub(super) is_named: fn(&str) -> bool,
    /// Whether a file or folder of this name is passed over unless the user names it.
    pub(super) is_ignored: fn(&str) -> bool,
    /// Whether files of the repository say how it is to be written.
    pub(super) is_configured: bool,
    /// The formatter.
    pub(super) format: fn(&Place<'_>, &str) -> Formatted,
}

/// Where a text stands.
pub(super) struct Place<'r> {
    /// The repository and the path in it; nothing for a text that is outside.
    pub(super) inside: Option<(&'r Repo, &'r str)>,
}

/// What a formatter makes of a text.
pub(super) struct Formatted {
    /// The text as it should be; nothing where it cannot be formatted.
    pub(super) text: Option<String>,
    /// What could not be read of it.
    pub(super) errors: Vec<SyntaxError>,
}

/// All languages; a name belongs to one of them at most.
const LANGUAGES: &[Language] = &[
    Language {
        is_named: terraform::format::is_formatted,
        is_ignored: terraform::format::is_ignored,
        is_configured: false,
        format: format_terraform,
    },
    Language {
        is_named: bicep::format::is_formatted,
        is_ignored: |_| false,
        is_configured: true,
        format: format_bicep,
    },
];

/// The language of a file, by its name without folders.
pub(super) fn of(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| (language.is_named)(name))
}

/// The language of a file that a folder holds; none if the language passes over its path.
pub(super) fn found(path: &str) -> Option<&'static Language> {
    let name = path.rsplit('/').next().unwrap_or(path);
    of(name).filter(|language| !path.split('/').any(language.is_ignored))
}

fn format_terraform(_: &Place<'_>, text: &str) -> Formatted {
    let error = terraform::syntax_error(text);
    Formatted {
        text: error.is_none().then(|| terraform::format::format(text)),
        errors: error.into_iter().collect(),
    }
}

/// Declarations that cannot be read stay as they are.
fn format_bicep(place: &Place<'_>, text: &str) -> Formatted {
    let options = place
        .inside
        .map(|(repo, path)| repo.bicep_style(path, text).options);
    Formatted {
        text: Some(bicep::format::format(text, &options.unwrap_or_default())),
        errors: bicep::parse(text).1,
    }
}
