//! Which folder of the repository the source of a module means.

use crate::Repo;

/// What the source of a module means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called {
    /// A folder with Terraform files.
    Folder(String),
    /// A folder of the repository in which there is no Terraform.
    Empty(String),
    /// No folder of the repository, though it would have to be one.
    Missing(String),
    /// Another repository, a registry, or something that cannot be told.
    Elsewhere,
}

impl Repo {
    /// What a `source` means to a module in a folder.
    pub fn terraform_call(&self, folder: &str, source: &str) -> Called {
        let is_local = source.starts_with("./") || source.starts_with("../") || source == "..";
        let is_plain = |c: char| c.is_alphanumeric() || "-_./ +@=~".contains(c);
        if !(is_local || source == ".") || !source.chars().all(is_plain) || source.contains("//") {
            return Called::Elsewhere;
        }
        let Some(target) = resolve(folder, source) else {
            return Called::Elsewhere;
        };
        let folders = self.terraform_folders();
        if folders.contains_key(&target) {
            return Called::Folder(target);
        }
        if self.is_hidden(&target) {
            return Called::Elsewhere;
        }
        if target.is_empty() || self.has_folder(&target) {
            Called::Empty(target)
        } else {
            Called::Missing(target)
        }
    }

    /// Whether a path may be there although it is not listed: a link, another repository
    /// inside of this one, or something excluded.
    fn is_hidden(&self, target: &str) -> bool {
        let begins = |path: &str, with: &str| {
            let rest = path.strip_prefix(with);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut above = Some(target);
        while let Some(path) = above {
            // A link to a folder is listed as a file.
            if !path.is_empty() && self.file(path).is_some() {
                return true;
            }
            above = path.rsplit_once('/').map(|(parent, _)| parent);
        }
        let excluded = self.excluded().iter();
        let mut excluded = excluded.map(baton_source::RepoPath::as_str);
        excluded.any(|path| begins(path, target))
            || self.submodules().any(|path| begins(target, path))
    }

    /// The folders of `.gitmodules`.
    fn submodules(&self) -> impl Iterator<Item = &str> {
        let text = self.file(".gitmodules").map_or("", crate::File::text);
        text.lines().filter_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key.trim() == "path").then_some(value.trim())
        })
    }
}

/// A path relative to a folder; `None` when it leads out of the repository.
fn resolve(folder: &str, source: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in source.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Called;
    use crate::{Memory, Options, Repo};

    #[test]
    fn sources_are_found_in_the_repository_or_said_to_be_elsewhere() {
        let paths = ["infra/main.tf", "infra/net/main.tf", "docs/a.md", "sub/x"];
        let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, "")).collect();
        files.push((".gitmodules", "[submodule \"a\"]\n\tpath = vendor/a\n"));
        let repo = Repo::open(Arc::new(Memory::new(files)), &Options::default()).unwrap();
        let folder = |path: &str| Called::Folder(path.to_owned());
        let cases = [
            ("./net", folder("infra/net")),
            ("./net/", folder("infra/net")),
            ("../infra/./net", folder("infra/net")),
            ("../docs", Called::Empty("docs".to_owned())),
            ("./nat", Called::Missing("infra/nat".to_owned())),
            ("../../x", Called::Elsewhere),
            ("../sub/x", Called::Elsewhere),
            ("../vendor/a/net", Called::Elsewhere),
            ("./{{ name }}", Called::Elsewhere),
            ("Azure/naming/azurerm", Called::Elsewhere),
        ];
        for (source, called) in cases {
            assert_eq!(repo.terraform_call("infra", source), called, "{source}");
        }
    }
}
