//! What rules about servers for agents share.

use std::sync::LazyLock;

use baton_repo::File;
use baton_syntax::node::{Entry, Node, Value};
use serde::Deserialize;

use crate::Ctx;

/// What a host understands.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Format {
    /// The host, for a sentence.
    pub(crate) host: String,
    /// The key below which servers stand.
    pub(crate) servers: String,
    /// The key below which they stand in the other format.
    pub(crate) foreign_servers: String,
    /// Whether there are no keys but these.
    pub(crate) closed: bool,
    /// Keys of the file.
    pub(crate) root: Vec<String>,
    /// Values of `type` for servers that the host starts.
    pub(crate) local_transports: Vec<String>,
    /// Values of `type` for servers that run somewhere.
    pub(crate) remote_transports: Vec<String>,
    /// Keys of any server.
    pub(crate) shared: Vec<String>,
    /// Keys of servers that the host starts.
    pub(crate) local: Vec<String>,
    /// Keys of servers that run somewhere.
    pub(crate) remote: Vec<String>,
}

/// The formats there are.
#[derive(Debug, Default, Deserialize)]
struct Formats {
    vscode: Format,
    portable: Format,
}

/// Where a server runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The host starts it.
    Local,
    /// The host calls it.
    Remote,
}

impl Format {
    /// The names of all transports.
    pub(crate) fn transports(&self) -> impl Iterator<Item = &str> {
        let all = self.local_transports.iter().chain(&self.remote_transports);
        all.map(String::as_str)
    }

    /// The keys that servers on a side may have; all of them when the side is not known.
    pub(crate) fn keys(&self, side: Option<Side>) -> Vec<&str> {
        let local = self.local.iter().filter(|_| side != Some(Side::Remote));
        let remote = self.remote.iter().filter(|_| side != Some(Side::Local));
        let keys = self.shared.iter().chain(local).chain(remote);
        keys.map(String::as_str).collect()
    }

    /// Where a server runs, as far as it says.
    pub(crate) fn side(&self, server: &Node) -> Option<Side> {
        let is_of = |names: &[String], name: &str| names.iter().any(|one| one == name);
        match server.get("type").map(|kind| kind.as_str().unwrap_or("")) {
            Some(kind) if is_of(&self.local_transports, kind) => Some(Side::Local),
            Some(kind) if is_of(&self.remote_transports, kind) => Some(Side::Remote),
            None if server.get("command").is_some() => Some(Side::Local),
            None if server.get("url").is_some() => Some(Side::Remote),
            Some(_) | None => None,
        }
    }
}

/// The format of a file.
pub(crate) fn format(ctx: &Ctx<'_>, file: &File) -> &'static Format {
    static FORMATS: LazyLock<Formats> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/editor/mcp.toml");
        toml::from_str(text).unwrap_or_default()
    });
    if ctx.repo.is_kind(file, "mcp-file") {
        &FORMATS.vscode
    } else {
        &FORMATS.portable
    }
}

/// The servers of a file that are objects.
pub(crate) fn servers<'a>(ctx: &Ctx<'_>, file: &'a File) -> impl Iterator<Item = &'a Entry> {
    let servers = file
        .node()
        .and_then(|root| root.get(&format(ctx, file).servers));
    let entries = servers.map(Node::entries).unwrap_or_default().iter();
    entries.filter(|server| server.value.is_mapping())
}

/// Every text in a value, keys aside.
pub(crate) fn texts<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
    match &node.value {
        Value::String(_) => found.push(node),
        Value::Sequence(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| texts(&entry.value, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Formats;

    #[test]
    fn the_table_can_be_read() {
        let text = include_str!("../../../../rules/editor/mcp.toml");
        let formats: Formats = toml::from_str(text).unwrap();
        assert_eq!(formats.vscode.servers, formats.portable.foreign_servers);
        assert_eq!(formats.portable.servers, formats.vscode.foreign_servers);
    }
}
