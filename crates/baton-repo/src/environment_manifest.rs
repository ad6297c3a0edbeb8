//! Values of environments that stay out of infrastructure code.

mod redact;

use baton_source::FileId;
use baton_syntax::node::{Entry, Node};

use crate::{File, Repo, Text};

pub use redact::redacted;

/// One manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentManifest {
    /// The file.
    pub file: FileId,
    /// Its environments.
    pub environments: Vec<Environment>,
}

/// One environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Its name.
    pub name: Text,
    /// The subscription it is deployed to.
    pub subscription: Option<Text>,
    /// The regions it names.
    pub regions: Vec<Text>,
    /// The address spaces of its networks.
    pub address_spaces: Vec<Text>,
}

impl EnvironmentManifest {
    /// Reads a manifest; `None` when it is no object.
    fn read(file: &File) -> Option<EnvironmentManifest> {
        let root = file.node().filter(|root| root.is_mapping())?;
        let entries = root.get("environments").map(Node::entries);
        Some(EnvironmentManifest {
            file: file.id,
            environments: entries
                .unwrap_or_default()
                .iter()
                .map(environment)
                .collect(),
        })
    }
}

fn environment(entry: &Entry) -> Environment {
    let text = |key: &str| entry.value.get(key).and_then(Text::read);
    let regions = ["primary_region", "failover_region"];
    let mut address_spaces = Vec::new();
    if let Some(spaces) = entry.value.get("vnet_address_spaces") {
        collect(spaces, &mut address_spaces);
    }
    Environment {
        name: Text {
            value: entry.key.clone(),
            span: entry.key_span,
        },
        subscription: text("subscription_id"),
        regions: regions.into_iter().filter_map(text).collect(),
        address_spaces,
    }
}

/// Every text below a node: spaces stand in a list, or by network.
fn collect(node: &Node, found: &mut Vec<Text>) {
    found.extend(Text::read(node));
    for item in node.items() {
        collect(item, found);
    }
    for entry in node.entries() {
        collect(&entry.value, found);
    }
}

impl Repo {
    /// The manifests of environments in path order; files that are no objects are left out.
    pub fn environment_manifests(&self) -> &[EnvironmentManifest] {
        self.views.environment_manifests.get_or_init(|| {
            let files = self.of_kind("environment-manifest");
            files.filter_map(EnvironmentManifest::read).collect()
        })
    }

    /// The manifest of environments in a file.
    pub fn environment_manifest(&self, file: &File) -> Option<&EnvironmentManifest> {
        let all = self.environment_manifests();
        let at = all.binary_search_by_key(&file.id, |one| one.file);
        all.get(at.ok()?)
    }
}
