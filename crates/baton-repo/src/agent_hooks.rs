//! Commands that hosts run at points of an agent's session.
//!
//! Hosts write them down differently: Visual Studio Code as a list of hooks for each event,
//! Claude Code as lists of hooks in groups with a matcher, Copilot with a version and keys for
//! each shell. Here they all look alike. What is wrong is a rule's business, as far as it
//! could be read at all; the rest is a [`HookFault`].

mod command;
mod conventions;
mod read;
mod scripts;
#[cfg(test)]
mod tests;

use baton_source::{FileId, Span, Spanned};

use crate::agent::Text;
use crate::{File, Repo};

pub use command::{Call, HookCommand, HookShell, calls};
pub use conventions::{HookConventions, HookHost};
pub use scripts::{Run, Script, ScriptFound};

/// Whose way of writing hooks a manifest follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HookDialect {
    /// Visual Studio Code's: hooks in a list for each event.
    VsCode,
    /// Claude Code's: hooks in groups.
    Claude,
    /// Copilot's: `version` and events in lower camel case.
    Copilot,
}

/// Where hooks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookPlace {
    /// In a file of their own.
    Manifest,
    /// Among other settings.
    Settings,
    /// In the front matter of an agent or a skill.
    FrontMatter,
}

/// The hooks in one file.
#[derive(Debug, Clone, PartialEq)]
pub struct HookManifest {
    /// The file.
    pub file: FileId,
    /// How they are written.
    pub dialect: HookDialect,
    /// Where they are written.
    pub place: HookPlace,
    /// The folder that their host is started in, empty for the root.
    pub folder: String,
    /// The folder of the plugin they belong to.
    pub plugin: Option<String>,
    /// What `version` says: the number, if it is one.
    pub version: Option<(Option<i64>, Span)>,
    /// The events, in their order.
    pub events: Vec<HookEvent>,
    /// What could not be read.
    pub faults: Vec<HookFault>,
}

/// What happens at one point of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct HookEvent {
    /// The name of the event.
    pub name: Text,
    /// The groups; a hook outside of any is a group of its own.
    pub groups: Vec<HookGroup>,
}

/// Hooks with one matcher.
#[derive(Debug, Clone, PartialEq)]
pub struct HookGroup {
    /// Where it stands.
    pub span: Span,
    /// Whether it is written as a group, with a list `hooks`.
    pub nested: bool,
    /// What has to match.
    pub matcher: Option<Text>,
    /// What is done.
    pub hooks: Vec<Hook>,
}

/// One thing that is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Hook {
    /// Where it stands.
    pub span: Span,
    /// Its `type`.
    pub kind: Option<Text>,
    /// Its keys.
    pub keys: Vec<HookKey>,
    /// The commands it runs, one for each system or shell.
    pub commands: Vec<HookCommand>,
    /// How long it may take, in seconds.
    pub timeouts: Vec<HookTimeout>,
    /// The folder it runs in.
    pub cwd: Option<String>,
}

/// A key of a hook.
#[derive(Debug, Clone, PartialEq)]
pub struct HookKey {
    /// Its name.
    pub name: Text,
    /// Whether its value is a text that is not blank.
    pub has_text: bool,
}

/// How long a hook may take.
#[derive(Debug, Clone, PartialEq)]
pub struct HookTimeout {
    /// What is written.
    pub span: Span,
    /// The number, if it is one.
    pub seconds: Option<f64>,
}

/// Something in a manifest that cannot be read as hooks.
#[derive(Debug, Clone, PartialEq)]
pub struct HookFault {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: HookFaultKind,
}

/// The ways in which a manifest cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookFaultKind {
    /// The file is no object.
    NoObject,
    /// There is no `hooks`.
    NoHooks,
    /// `hooks` is no object.
    HooksNoObject,
    /// An event has no list.
    EventNoList(String),
    /// Something in such a list is no object.
    EntryNoObject(String),
    /// The `hooks` of a group is no list.
    GroupNoList,
}

impl Spanned for HookFault {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for HookTimeout {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for HookGroup {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Hook {
    fn span(&self) -> Span {
        self.span
    }
}

impl Hook {
    /// Whether one of the keys is there with a text.
    pub fn says(&self, name: &str) -> bool {
        let mut keys = self.keys.iter();
        keys.any(|key| key.name.value == name && key.has_text)
    }
}

impl HookManifest {
    /// All hooks, with their event and their group.
    pub fn hooks(&self) -> impl Iterator<Item = (&HookEvent, &HookGroup, &Hook)> {
        self.events.iter().flat_map(|event| {
            let groups = event.groups.iter();
            groups.flat_map(move |group| group.hooks.iter().map(move |hook| (event, group, hook)))
        })
    }
}

impl Repo {
    /// Every file with hooks, in path order; what is no JSON or YAML is left out.
    pub fn hook_manifests(&self) -> &[HookManifest] {
        self.views.hook_manifests.get_or_init(|| read::all(self))
    }

    /// The hooks in a file.
    pub fn hooks_in(&self, file: &File) -> Option<&HookManifest> {
        let manifests = self.hook_manifests();
        let at = manifests.binary_search_by_key(&file.id, |manifest| manifest.file);
        manifests.get(at.ok()?)
    }

    /// What such a repository expects of hooks.
    pub fn hook_conventions(&self) -> &HookConventions {
        self.views.hook_conventions.get_or_init(|| {
            let detection = &self.layout().detection;
            HookConventions::of(&detection.pack, &detection.generation)
        })
    }
}
