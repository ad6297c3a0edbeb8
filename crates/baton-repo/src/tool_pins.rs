//! The oldest versions of tools that a repository can work with, and how tools tell theirs.
//!
//! A repository may name commands beside its pins; they are data of others and never run.

use baton_syntax::json::{self, Dialect};
use baton_syntax::node::{Entry, Node};

/// A tool that can be asked for its version.
#[derive(Debug)]
pub struct Tool {
    /// Its name, which is the one of the program.
    pub name: &'static str,
    /// What makes it tell its version.
    pub arguments: &'static [&'static str],
    /// The key of the version, where it answers in JSON.
    pub key: Option<&'static str>,
}

/// Every tool that can be asked.
pub const TOOLS: &[Tool] = &[
    tool("az", &["version", "--output", "json"], Some("azure-cli")),
    tool("azd", &["version"], None),
    tool("bicep", &["--version"], None),
    tool("checkov", &["--version"], None),
    tool("deno", &["--version"], None),
    tool("docker", &["--version"], None),
    tool("dotnet", &["--version"], None),
    tool("gh", &["--version"], None),
    tool("git", &["--version"], None),
    tool("go", &["version"], None),
    tool("node", &["--version"], None),
    tool("pwsh", &["--version"], None),
    tool("python3", &["--version"], None),
    tool("ruff", &["--version"], None),
    tool("shellcheck", &["--version"], None),
    tool(
        "terraform",
        &["version", "-json"],
        Some("terraform_version"),
    ),
    tool("tflint", &["--version"], None),
    tool("tfsec", &["--version"], None),
    tool("tofu", &["version", "-json"], Some("terraform_version")),
    tool("trivy", &["--version"], None),
    tool("uv", &["--version"], None),
];

/// Three numbers.
pub type Version = [u64; 3];

/// What a repository demands of one tool.
#[derive(Debug)]
pub struct Pin<'a> {
    /// The tool's name, with all that is said about it.
    pub entry: &'a Entry,
    /// The oldest version that will do, as it stands.
    pub least: Option<&'a Node>,
    /// Whether the work can be done without the tool.
    pub optional: bool,
}

impl Pin<'_> {
    /// The oldest version that will do.
    pub fn version(&self) -> Option<Version> {
        version_in(self.least?.as_str()?)
    }
}

impl Tool {
    /// The version in what the tool printed.
    pub fn told(&self, printed: &str) -> Option<Version> {
        match self.key {
            None => version_in(printed),
            Some(key) => {
                let root = json::parse(printed, Dialect::Strict).root?;
                version_in(root.get(key)?.as_str()?)
            }
        }
    }
}

/// The pins in a file.
pub fn pins(root: &Node) -> impl Iterator<Item = Pin<'_>> {
    let entries = root.get("pins").map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| Pin {
        entry,
        least: entry.value.get("min"),
        optional: entry.value.get("optional").and_then(Node::as_bool) == Some(true),
    })
}

/// The tool of a name.
pub fn tool_named(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}

const fn tool(
    name: &'static str,
    arguments: &'static [&'static str],
    key: Option<&'static str>,
) -> Tool {
    Tool {
        name,
        arguments,
        key,
    }
}

/// The first three numbers with dots between them; only what is too large to be one is left out.
pub fn version_in(text: &str) -> Option<Version> {
    let runs = text.split(|next: char| !next.is_ascii_digit() && next != '.');
    runs.into_iter().find_map(|run| {
        let numbers: Vec<&str> = run.split('.').collect();
        let mut triples = numbers.windows(3);
        triples.find_map(|triple| match triple {
            [major, minor, patch] => Some([
                major.parse().ok()?,
                minor.parse().ok()?,
                patch.parse().ok()?,
            ]),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{TOOLS, tool_named, version_in};

    #[test]
    fn versions_are_found_in_sentences() {
        let bicep = "Bicep CLI version 0.30.23 (ac3b3d1a44)";
        assert_eq!(version_in(bicep), Some([0, 30, 23]));
        assert_eq!(version_in("v22.1.0"), Some([22, 1, 0]));
        assert_eq!(
            version_in("go version go1.24.2 linux/amd64"),
            Some([1, 24, 2])
        );
        assert_eq!(version_in("Version: 1.2 or 1.2.3.4"), Some([1, 2, 3]));
        assert_eq!(version_in("20"), None);
        assert_eq!(version_in("1.2.x"), None);
        assert_eq!(version_in("99999999999999999999999.0.0"), None);
    }

    #[test]
    fn tools_tell_their_versions() {
        let told = |name: &str, printed: &str| tool_named(name)?.told(printed);
        let az = r#"{"azure-cli": "2.61.0", "azure-cli-core": "2.60.0"}"#;
        assert_eq!(told("az", az), Some([2, 61, 0]));
        assert_eq!(told("az", "2.61.0"), None);
        assert_eq!(
            told("terraform", r#"{"terraform_version": "1.9.5"}"#),
            Some([1, 9, 5])
        );
        let shellcheck = "ShellCheck - shell script analysis tool\nversion: 0.10.0\n";
        assert_eq!(told("shellcheck", shellcheck), Some([0, 10, 0]));
        assert!(TOOLS.is_sorted_by_key(|tool| tool.name));
    }
}
