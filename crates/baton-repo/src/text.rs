//! Which files are read as text by rules that look into every file, and the secrets in them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_secrets::{Policy, Secret};
use baton_source::RepoPath;
use serde::Deserialize;

use crate::{File, Repo};

/// The kind of every file that may hold text somebody wrote.
pub(crate) const TEXT: &str = "@text";

/// Which paths there are, in `reads`.
pub(crate) const PATHS: &str = "@paths";

/// Where a repository says what it thinks of secrets.
const CONFIG: &str = ".gitleaks.toml";
const IGNORE: &str = ".gitleaksignore";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PassedOver {
    endings: Endings,
    test_folders: Vec<String>,
    test_endings: Endings,
    folders: Vec<String>,
}

/// Ends of names by their last byte: every path is asked about, and few end alike.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
struct Endings(BTreeMap<u8, Vec<String>>);

impl From<Vec<String>> for Endings {
    fn from(endings: Vec<String>) -> Endings {
        let mut by_last: BTreeMap<u8, Vec<String>> = BTreeMap::new();
        for ending in endings {
            let last = ending.bytes().last().unwrap_or_default();
            by_last.entry(last).or_default().push(ending);
        }
        Endings(by_last)
    }
}

impl Endings {
    /// Whether a name ends so, in lower case.
    fn fit(&self, name: &str) -> bool {
        let last = name.bytes().last().unwrap_or_default();
        let like = self.0.get(&last.to_ascii_lowercase()).into_iter().flatten();
        like.into_iter().any(|ending| {
            let from = name.len().checked_sub(ending.len());
            let end = from.and_then(|from| name.get(from..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(ending))
        })
    }
}

/// Whether a file may hold text that somebody wrote, as far as its name tells.
pub fn is_text(path: &RepoPath) -> bool {
    !is_one_of(path, (&table().endings, &table().folders))
}

/// Whether a file is a test or belongs to one, as far as its name tells.
pub fn is_test(path: &RepoPath) -> bool {
    is_one_of(path, (&table().test_endings, &table().test_folders))
}

fn table() -> &'static PassedOver {
    static TABLE: LazyLock<PassedOver> = LazyLock::new(|| {
        let table = include_str!("../../../rules/secrets/passed-over.toml");
        toml::from_str(table).unwrap_or_default()
    });
    &TABLE
}

fn is_one_of(path: &RepoPath, (endings, folders): (&Endings, &[String])) -> bool {
    let mut above = path.as_str().split('/');
    endings.fit(path.name()) || above.any(|folder| folders.iter().any(|known| known == folder))
}

/// Whether a path says what counts as a secret.
pub(crate) fn tells_of_secrets(path: &RepoPath) -> bool {
    matches!(path.as_str(), CONFIG | IGNORE)
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
