//! What hosts understand of hooks, and what a pack expects of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::HookDialect;
use crate::pack::by_generation;

/// What one generation of a pack expects of hooks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "each is one line of a table")]
pub struct HookConventions {
    /// Whether a repository without hooks misses them.
    pub expected: bool,
    /// The only events there are; empty where the host decides.
    pub events: Vec<String>,
    /// The only types there are; empty where the host decides.
    pub types: Vec<String>,
    /// Whether hooks stand in no groups.
    pub flat: bool,
    /// The longest a hook may take, in seconds.
    pub timeout_max: Option<u32>,
    /// The program that scripts are given to.
    pub interpreter: Option<String>,
    /// How the first line of a script begins.
    pub shebang: Option<String>,
    /// Whether scripts end at the first failure.
    pub strict_mode: bool,
    /// Folders that hold no hook.
    pub shared_folders: Vec<String>,
    /// Whether settings list the folder of each hook.
    pub listed: bool,
}

/// What a host understands.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HookHost {
    /// Its name, for a sentence.
    pub host: String,
    /// The events it knows.
    pub events: Vec<String>,
    /// The keys of a hook.
    pub keys: Vec<String>,
    /// Whether `type` has to be there.
    pub type_required: bool,
    /// What a hook of each type needs: one key of every list.
    pub types: BTreeMap<String, Vec<Vec<String>>>,
    /// Events whose hooks run whatever their matcher says.
    pub unmatched_events: Vec<String>,
    /// Events that matchers compare with the name of a tool.
    pub tool_events: Vec<String>,
    /// Its tools.
    pub tools: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hosts {
    vscode: HookHost,
    copilot: HookHost,
    claude: HookHost,
}

impl HookDialect {
    /// What the hosts that write so understand.
    pub fn host(self) -> &'static HookHost {
        static HOSTS: LazyLock<Hosts> = LazyLock::new(|| {
            let text = include_str!("../../../../rules/agent-hooks/hosts.toml");
            toml::from_str(text).unwrap_or_default()
        });
        match self {
            HookDialect::VsCode => &HOSTS.vscode,
            HookDialect::Claude => &HOSTS.claude,
            HookDialect::Copilot => &HOSTS.copilot,
        }
    }
}

impl HookConventions {
    /// Those of a pack's generation; nothing is expected in a pack without a table.
    pub(crate) fn of(pack: &str, generation: &str) -> HookConventions {
        let text = match pack {
            "apex" => include_str!("../../../../rules/packs/apex/agent-hooks.toml"),
            _ => "",
        };
        by_generation(text, generation).unwrap_or_default()
    }
}
