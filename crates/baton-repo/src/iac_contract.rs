//! Contracts: what a plan promises to the step that writes infrastructure code.

use baton_iac::model::Language;
use baton_source::{FileId, Span, Spanned};
use baton_syntax::node::Node;

use crate::{Date, File, FileReference, Moment, Repo, Text};

/// One contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IacContract {
    /// The file.
    pub file: FileId,
    /// The language the code will be written in.
    pub language: Option<Language>,
    /// The plan it was made from.
    pub plan: Option<FileReference>,
    /// The policy map that the code must follow.
    pub policy_map: Option<FileReference>,
    /// The resources, in the order in which they stand; those without a name are left out.
    pub resources: Vec<ContractResource>,
    /// The modules of both languages.
    pub modules: Vec<ContractModule>,
    /// The names of the parameters.
    pub parameters: Vec<Text>,
    /// The parameter that takes the workspace for diagnostics.
    pub workspace_parameter: Option<Text>,
    /// Who the resources are.
    pub identity: Option<ContractIdentity>,
    /// Both ends of each explicit dependency.
    pub ends: Vec<Text>,
}

/// A resource that the code must create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractResource {
    /// What the documents call it.
    pub name: Text,
    /// Its type, such as `Microsoft.Storage/storageAccounts`.
    pub kind: Option<Text>,
    /// The resources that must be there before.
    pub depends_on: Vec<Text>,
}

/// A module that the code must use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractModule {
    /// The list it stands in.
    pub language: Language,
    /// Where it begins: its first key.
    pub span: Span,
    /// The resource it is for.
    pub resource: Option<Text>,
    /// Where it comes from.
    pub source: Option<Text>,
    /// Its version.
    pub version: Option<Text>,
    /// Why it is that version.
    pub pin: Option<PinPolicy>,
}

/// Why a module has the version it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinPolicy {
    /// Its key.
    pub span: Span,
    /// `latest` or `exception`.
    pub mode: Option<Text>,
    /// Whether there is a reason.
    pub has_rationale: bool,
    /// Whether something shows it.
    pub has_evidence: bool,
    /// When somebody must look again.
    pub review_after: Option<Text>,
}

/// Whether an older version is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exception {
    /// It is.
    Stands,
    /// It was, until this day.
    Ended(Date),
    /// Something that an exception needs is not there.
    Incomplete(&'static str),
    /// Nobody asked for one.
    None,
}

/// Who the resources of a contract are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractIdentity {
    /// `none`, `system_assigned`, `user_assigned` or `both`.
    pub kind: Text,
    /// The resources that are identities.
    pub names: Vec<Text>,
}

impl Spanned for ContractModule {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for PinPolicy {
    fn span(&self) -> Span {
        self.span
    }
}

impl IacContract {
    /// Reads a contract; `None` when it is no object.
    pub fn read(file: &File) -> Option<IacContract> {
        let root = file.node().filter(|root| root.is_mapping())?;
        let reference = |key: &str| root.get(key).and_then(FileReference::read);
        let text = |pointer: &str| root.pointer(pointer).and_then(Text::read);
        let language = text("/iac_tool");
        let names = items(root, "params").filter_map(|param| Text::read(param.get("name")?));
        let ends = items(root, "dependencies").flat_map(|dependency| {
            let ends = ["from", "to"].into_iter();
            ends.filter_map(|end| Text::read(dependency.get(end)?))
        });
        Some(IacContract {
            file: file.id,
            language: language.and_then(|tool| language_of(&tool.value)),
            plan: reference("plan_ref"),
            policy_map: reference("l1m_ref"),
            resources: items(root, "resources").filter_map(resource).collect(),
            modules: modules(root),
            parameters: names.collect(),
            workspace_parameter: text("/diagnostics/workspace_id_param"),
            identity: root.get("identity").and_then(identity),
            ends: ends.collect(),
        })
    }

    /// The resource that goes by a name.
    pub fn resource(&self, name: &str) -> Option<&ContractResource> {
        let mut resources = self.resources.iter();
        resources.find(|resource| resource.name.value == name)
    }

    /// The modules of the language the code will be written in.
    pub fn own_modules(&self) -> impl Iterator<Item = &ContractModule> {
        let modules = self.modules.iter();
        modules.filter(|module| Some(module.language) == self.language)
    }
}

impl ContractIdentity {
    /// Whether some are resources of their own.
    pub fn is_user_assigned(&self) -> bool {
        matches!(self.kind.value.as_str(), "user_assigned" | "both")
    }
}

impl PinPolicy {
    /// Whether an older version is allowed on a day.
    pub fn exception(&self, today: Date) -> Exception {
        if self
            .mode
            .as_ref()
            .is_none_or(|mode| mode.value != "exception")
        {
            return Exception::None;
        }
        if !self.has_rationale {
            return Exception::Incomplete("rationale");
        }
        if !self.has_evidence {
            return Exception::Incomplete("evidence_url_or_file");
        }
        let Some(day) = self.review_after.as_ref().and_then(day) else {
            return Exception::Incomplete("review_after");
        };
        if day < today {
            Exception::Ended(day)
        } else {
            Exception::Stands
        }
    }
}

impl Repo {
    /// The contracts in path order; files that are no objects are left out.
    pub fn iac_contracts(&self) -> &[IacContract] {
        self.views.iac_contracts.get_or_init(|| {
            let files = self.of_kind("iac-contract");
            files.filter_map(IacContract::read).collect()
        })
    }

    /// The contract in a file.
    pub fn iac_contract(&self, file: &File) -> Option<&IacContract> {
        let contracts = self.iac_contracts();
        let at = contracts.binary_search_by_key(&file.id, |contract| contract.file);
        contracts.get(at.ok()?)
    }
}

/// The language that a tool's name stands for.
pub(crate) fn language_of(tool: &str) -> Option<Language> {
    match tool {
        "Bicep" => Some(Language::Bicep),
        "Terraform" => Some(Language::Terraform),
        _ => None,
    }
}

pub(crate) fn items<'n>(node: &'n Node, key: &str) -> impl Iterator<Item = &'n Node> {
    node.get(key).map(Node::items).unwrap_or_default().iter()
}

pub(crate) fn texts(node: &Node, key: &str) -> Vec<Text> {
    items(node, key).filter_map(Text::read).collect()
}

fn resource(node: &Node) -> Option<ContractResource> {
    Some(ContractResource {
        name: Text::read(node.get("logical_name")?)?,
        kind: node.get("type").and_then(Text::read),
        depends_on: texts(node, "depends_on"),
    })
}

fn modules(root: &Node) -> Vec<ContractModule> {
    let lists = [
        ("bicep", Language::Bicep),
        ("terraform", Language::Terraform),
    ];
    let of = |(key, language)| {
        let list = root.get("modules").and_then(|modules| modules.get(key));
        let list = list.map(Node::items).unwrap_or_default().iter();
        list.map(move |node| module(node, language))
    };
    lists.into_iter().flat_map(of).collect()
}

fn module(node: &Node, language: Language) -> ContractModule {
    let text = |key: &str| node.get(key).and_then(Text::read);
    let first = node.entries().first().map(Spanned::span);
    let pin = node.entry("pin_policy");
    ContractModule {
        language,
        span: first.unwrap_or(node.span),
        resource: text("resource_logical_name"),
        source: text("source"),
        version: text("version"),
        pin: pin.map(|entry| {
            let text = |key: &str| entry.value.get(key).and_then(Text::read);
            let has = |key: &str| text(key).is_some_and(|text| !text.value.trim().is_empty());
            PinPolicy {
                span: entry.key_span,
                mode: text("mode"),
                has_rationale: has("rationale"),
                has_evidence: has("evidence_url_or_file"),
                review_after: text("review_after"),
            }
        }),
    }
}

fn identity(node: &Node) -> Option<ContractIdentity> {
    Some(ContractIdentity {
        kind: Text::read(node.get("type")?)?,
        names: texts(node, "uami_logical_names"),
    })
}

/// The day of a date or of a moment.
fn day(text: &Text) -> Option<Date> {
    let text = text.value.as_str();
    let moment = || {
        let seconds = text.parse::<Moment>().ok()?.seconds;
        Some(Date::from_unix_seconds(u64::try_from(seconds).ok()?))
    };
    text.parse::<Date>().ok().or_else(moment)
}
