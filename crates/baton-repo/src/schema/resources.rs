//! What a schema refers to in other files of the repository.

use std::collections::BTreeMap;

use baton_source::Location;
use baton_syntax::node::Node;
use jsonschema::{Retrieve, Uri};
use serde_json::Value;

use super::mapping::{Target, target};
use super::{Schema, to_json};
use crate::{File, Repo};

/// Addresses of files whose schemas have no address of their own.
const BASE: &str = "repository:///";
/// The schemas of schemas; the library has them.
const KNOWN: &[&str] = &["https://json-schema.org/", "http://json-schema.org/"];

/// Why the schema in a file cannot judge.
#[derive(Debug)]
pub enum Unusable {
    /// It is no JSON, which other rules say.
    Unreadable,
    /// It is no schema, or refers to what is nowhere.
    Broken(Location, String),
    /// It refers to an address elsewhere; nothing is fetched.
    Remote(Location, String),
}

/// Texts by address.
#[derive(Debug, Clone, Default)]
pub(super) struct Resources {
    by_address: BTreeMap<String, Value>,
}

impl Retrieve for Resources {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let found = self.by_address.get(uri.as_str()).cloned();
        found.ok_or_else(|| format!("there is no `{uri}` in the repository").into())
    }
}

/// Prepares the schema in a file, with the files it refers to.
pub fn of_file(repo: &Repo, file: &File) -> Result<Schema, Unusable> {
    let Some(node) = file.node() else {
        return Err(Unusable::Unreadable);
    };
    compile(repo, file, node)
}

/// Prepares a schema that stands in a file.
pub fn compile(repo: &Repo, file: &File, node: &Node) -> Result<Schema, Unusable> {
    let mut search = Search {
        repo,
        resources: Resources::default(),
        remote: None,
        missing: None,
    };
    let base = address(node, &format!("{BASE}{}", file.path));
    search.follow(file, node, &base);
    let compiled = Schema::compile_with(node, search.resources, base);
    compiled.map_err(|error| match (search.missing, search.remote) {
        (Some((at, path)), _) if error.keyword == "$ref" => {
            Unusable::Broken(at, format!("`{path}` leads to no file of the repository"))
        }
        (None, Some((at, url))) if error.keyword == "$ref" => Unusable::Remote(at, url),
        _ => Unusable::Broken(file.at(&error), error.message),
    })
}

struct Search<'r> {
    repo: &'r Repo,
    resources: Resources,
    /// The first reference that leads elsewhere.
    remote: Option<(Location, String)>,
    /// The first reference that leads nowhere.
    missing: Option<(Location, String)>,
}

impl Search<'_> {
    /// Collects what a schema refers to, and what that refers to.
    fn follow(&mut self, file: &File, node: &Node, base: &str) {
        for (key, value) in node
            .entries()
            .iter()
            .map(|entry| (&entry.key, &entry.value))
        {
            match (key.as_str(), value.as_str()) {
                ("$ref" | "$dynamicRef" | "$recursiveRef", Some(reference)) => {
                    self.resolve(file, value, (reference, base));
                }
                ("$schema", Some(reference)) if !is_known(reference) => {
                    self.note(file, value, reference);
                }
                ("const" | "enum" | "default" | "examples", _) => {}
                _ => self.follow(file, value, base),
            }
        }
        for item in node.items() {
            self.follow(file, item, base);
        }
    }

    fn resolve(&mut self, file: &File, at: &Node, (reference, base): (&str, &str)) {
        let path = match target(file.path.parent(), reference) {
            _ if reference.starts_with('#') || is_known(reference) => return,
            Target::Local(Some(path)) => path,
            Target::Remote(url) if url == base => return,
            _ => return self.note(file, at, reference),
        };
        let address = joined(base, reference);
        if self.resources.by_address.contains_key(&address) {
            return;
        }
        let other = self.repo.file(&path);
        let Some((other, node)) = other.and_then(|other| Some((other, other.node()?))) else {
            self.missing
                .get_or_insert((file.at(at), reference.to_owned()));
            return;
        };
        let resources = &mut self.resources.by_address;
        resources.insert(address.clone(), to_json(node));
        let base = self::address(node, &address);
        self.follow(other, node, &base);
    }

    fn note(&mut self, file: &File, at: &Node, reference: &str) {
        let at = file.at(at);
        self.remote.get_or_insert((at, reference.to_owned()));
    }
}

fn is_known(reference: &str) -> bool {
    KNOWN.iter().any(|known| reference.starts_with(known))
}

/// The address a schema gives itself, or else the one it was found at.
fn address(node: &Node, found_at: &str) -> String {
    let own = node.get("$id").or_else(|| node.get("id"));
    let own = own.and_then(Node::as_str).filter(|id| !id.starts_with('#'));
    own.map_or_else(|| found_at.to_owned(), |id| joined(found_at, id))
}

/// A reference as an address, seen from another address.
fn joined(base: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let (origin, path) = match base.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            (format!("{scheme}://{host}/"), path)
        }
        None => (String::new(), base),
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match target(folder, reference) {
        Target::Local(Some(path)) => format!("{origin}{path}"),
        _ => reference.to_owned(),
    }
}
