//! Sizes of a project's services, as its manifest of SKUs says them.

use baton_source::{FileId, Span, Spanned};
use baton_syntax::node::{Entry, Node};

use crate::{File, Repo, Text};

/// One manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkuManifest {
    /// The file.
    pub file: FileId,
    /// The outermost object.
    pub span: Span,
    /// Its region, unless a service says another one.
    pub default_region: Option<Text>,
    /// When it was last written.
    pub updated_at: Option<Text>,
    /// The number of the newest revision.
    pub current_revision: Option<Whole>,
    /// The environments it is for.
    pub environments: Vec<Text>,
    /// Its history.
    pub revisions: Vec<Revision>,
    /// The services.
    pub services: Vec<Service>,
    /// Further deployments of the same services.
    pub stamps: Vec<Stamp>,
    /// Which sizes the policies allow and deny.
    pub patterns: Vec<SkuPattern>,
}

/// A whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// The number.
    pub value: i64,
    /// Where it stands.
    pub span: Span,
}

/// One entry of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub rev: Option<Whole>,
    /// The whole entry.
    pub span: Span,
}

/// One service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The whole entry.
    pub span: Span,
    /// What it is called in the manifest.
    pub id: Option<Text>,
    /// What Azure calls it, for people.
    pub label: Option<Text>,
    /// A short name for machines, which few manifests have.
    pub short_name: Option<Text>,
    /// Its size.
    pub size: Option<Text>,
    /// Its symbolic name in Bicep.
    pub bicep: Option<Text>,
    /// Its address in Terraform.
    pub terraform: Option<Text>,
    /// Its regions.
    pub regions: Vec<Text>,
    /// What it needs of the network and elsewhere.
    pub requires: Vec<Text>,
    /// Who chose the size.
    pub source: Option<Text>,
    /// The step in which it was chosen.
    pub source_step: Option<Text>,
    /// The revision that last changed it.
    pub last_modified_rev: Option<Whole>,
    /// Other values for some environments.
    pub overrides: Vec<Override>,
    /// Its price, where it has one.
    pub price: Option<Span>,
    /// When the price was asked for.
    pub priced_at: Option<Text>,
}

/// Other values for an environment, or for a service in a stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The environment or the service.
    pub key: Text,
    /// The other size.
    pub size: Option<Text>,
}

/// One further deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// What it is called.
    pub id: Option<Text>,
    /// Its environments.
    pub environments: Vec<Text>,
    /// Other values for some services.
    pub overrides: Vec<Override>,
}

/// What the policies say about the sizes of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkuPattern {
    /// The service, as [`Service::label`] says it.
    pub service: String,
    /// Its key.
    pub key: Span,
    /// Whether sizes that match are allowed; otherwise they are denied.
    pub allowed: bool,
    /// Sizes, with `*` for any characters and `?` for one.
    pub pattern: Text,
}

impl Spanned for Whole {
    fn span(&self) -> Span {
        self.span
    }
}

impl SkuManifest {
    /// Reads a manifest; `None` when it is no object.
    fn read(file: &File) -> Option<SkuManifest> {
        let root = file.node().filter(|root| root.is_mapping())?;
        let list = |key: &str| root.get(key).map(Node::items).unwrap_or_default();
        let snapshot = root.get("sku_allowlist_snapshot");
        let mut patterns = Vec::new();
        for (key, allowed) in [("denied_skus", false), ("allowed_skus", true)] {
            let table = snapshot.and_then(|snapshot| snapshot.get(key));
            let entries = table.map(Node::entries).unwrap_or_default();
            patterns.extend(entries.iter().flat_map(|entry| of_service(entry, allowed)));
        }
        Some(SkuManifest {
            file: file.id,
            span: root.span,
            default_region: text(root, "default_region"),
            updated_at: text(root, "updated_at"),
            current_revision: whole(root, "current_revision"),
            environments: texts(root, "environments"),
            revisions: list("revisions").iter().map(revision).collect(),
            services: list("services").iter().map(service).collect(),
            stamps: list("stamps").iter().map(stamp).collect(),
            patterns,
        })
    }

    /// Every size that a service may have somewhere, and for which service.
    pub fn sizes(&self) -> impl Iterator<Item = (Option<&Service>, &Text)> {
        let base = self.services.iter().flat_map(|service| {
            let others = service.overrides.iter();
            let others = others.filter_map(|other| other.size.as_ref());
            let sizes = service.size.iter().chain(others);
            sizes.map(move |size| (Some(service), size))
        });
        let stamps = self.stamps.iter().flat_map(|stamp| &stamp.overrides);
        base.chain(
            stamps.filter_map(|other| Some((self.service(&other.key.value), other.size.as_ref()?))),
        )
    }

    /// The service that goes by an id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        let is = |service: &&Service| service.id.as_ref().is_some_and(|own| own.value == id);
        self.services.iter().find(is)
    }
}

fn revision(node: &Node) -> Revision {
    Revision {
        rev: whole(node, "rev"),
        span: node.span,
    }
}

fn service(node: &Node) -> Service {
    let names = node.get("iac_logical_names");
    let name = |key: &str| names.and_then(|names| text(names, key));
    let price = node.entry("cost_estimate_monthly_usd");
    Service {
        span: node.span,
        id: text(node, "id"),
        label: text(node, "service"),
        short_name: text(node, "service_name"),
        size: text(node, "size"),
        bicep: name("bicep"),
        terraform: name("terraform"),
        regions: texts(node, "regions"),
        requires: texts(node, "requires"),
        source: text(node, "source"),
        source_step: text(node, "source_step"),
        last_modified_rev: whole(node, "last_modified_rev"),
        overrides: overrides(node, "environment_overrides"),
        price: price
            .filter(|entry| !entry.value.is_null())
            .map(Spanned::span),
        priced_at: text(node, "cost_estimated_at"),
    }
}

fn stamp(node: &Node) -> Stamp {
    Stamp {
        id: text(node, "id"),
        environments: texts(node, "environments"),
        overrides: overrides(node, "service_overrides"),
    }
}

fn overrides(node: &Node, key: &str) -> Vec<Override> {
    let entries = node.get(key).map(Node::entries).unwrap_or_default();
    let other = |entry: &Entry| Override {
        key: key_of(entry),
        size: text(&entry.value, "size"),
    };
    entries.iter().map(other).collect()
}

fn of_service(entry: &Entry, allowed: bool) -> impl Iterator<Item = SkuPattern> + '_ {
    let patterns = entry.value.items().iter().filter_map(Text::read);
    patterns.map(move |pattern| SkuPattern {
        service: entry.key.clone(),
        key: entry.key_span,
        allowed,
        pattern,
    })
}

fn key_of(entry: &Entry) -> Text {
    Text {
        value: entry.key.clone(),
        span: entry.key_span,
    }
}

fn text(node: &Node, key: &str) -> Option<Text> {
    node.get(key).and_then(Text::read)
}

fn texts(node: &Node, key: &str) -> Vec<Text> {
    let items = node.get(key).map(Node::items).unwrap_or_default();
    items.iter().filter_map(Text::read).collect()
}

fn whole(node: &Node, key: &str) -> Option<Whole> {
    let node = node.get(key)?;
    Some(Whole {
        value: node.as_i64()?,
        span: node.span,
    })
}

impl Repo {
    /// The manifests of SKUs in path order; files that are no objects are left out.
    pub fn sku_manifests(&self) -> &[SkuManifest] {
        self.views.sku_manifests.get_or_init(|| {
            let files = self.of_kind("sku-manifest");
            files.filter_map(SkuManifest::read).collect()
        })
    }

    /// The manifest of SKUs in a file.
    pub fn sku_manifest(&self, file: &File) -> Option<&SkuManifest> {
        let all = self.sku_manifests();
        let at = all.binary_search_by_key(&file.id, |one| one.file);
        all.get(at.ok()?)
    }
}
