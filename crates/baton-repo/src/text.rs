//! Which files are read as text by rules that look into every file, and the secrets in them.

use std::sync::LazyLock;

use baton_secrets::{Policy, Secret};
use baton_source::RepoPath;
use serde::Deserialize;

use crate::{File, Repo};

/// The kind of every file that may hold text somebody wrote.
pub(crate) const TEXT: &str = "@text";

/// Where a repository says what it thinks of secrets.
const CONFIG: &str = ".gitleaks.toml";
const IGNORE: &str = ".gitleaksignore";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PassedOver {
    endings: Vec<String>,
    folders: Vec<String>,
}

/// Whether a file may hold text that somebody wrote, as far as its name tells.
pub fn is_text(path: &RepoPath) -> bool {
    static TABLE: LazyLock<PassedOver> = LazyLock::new(|| {
        let table = include_str!("../../../rules/secrets/passed-over.toml");
        toml::from_str(table).unwrap_or_default()
    });
    let ends_with = |ending: &String| {
        let from = path.name().len().checked_sub(ending.len());
        let end = from.and_then(|from| path.name().get(from..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    let mut folders = path.as_str().split('/');
    !TABLE.endings.iter().any(ends_with)
        && !folders.any(|folder| TABLE.folders.iter().any(|known| known == folder))
}

impl Repo {
    /// What the repository says about secrets in gitleaks' files.
    pub fn secret_policy(&self) -> &Policy {
        self.views.secret_policy.get_or_init(|| {
            let text = |path| self.file(path).map_or("", File::text);
            Policy::read(text(CONFIG), text(IGNORE))
        })
    }

    /// The secrets in a file's text that nothing allows.
    pub fn secrets<'a>(&self, file: &'a File) -> &'a [Secret] {
        file.secrets
            .get_or_init(|| self.secret_policy().scan(file.path.as_str(), file.text()))
    }
}

#[cfg(test)]
mod tests {
    use super::is_text;

    #[test]
    fn names_tell() {
        for path in [
            ".env",
            "README.md",
            "src/a.pem",
            "docs/vendors.md",
            "Dockerfile",
        ] {
            assert!(is_text(&path.into()), "{path}");
        }
        for path in [
            "a.PNG",
            "web/package-lock.json",
            "x/vendor/a.go",
            ".terraform.lock.hcl",
        ] {
            assert!(!is_text(&path.into()), "{path}");
        }
    }
}
