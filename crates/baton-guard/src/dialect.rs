//! Whose words a payload uses, and therefore in whose words it is answered.
//!
//! Visual Studio Code: <https://code.visualstudio.com/docs/agents/reference/hooks-reference>,
//! 2026-07-29. Copilot: <https://docs.github.com/en/copilot/reference/hooks-reference>, looked at
//! on 2026-11-21. Claude Code: <https://code.claude.com/docs/en/hooks>, 2026-08-22.

use serde_json::{Map, Value};

/// Whose words a payload uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Visual Studio Code's own agent: `hookEventName`.
    VsCode,
    /// Copilot, registered for an event like `preToolUse`: `toolName`, `toolArgs`.
    CopilotCamel,
    /// Copilot, registered for an event like `PreToolUse`: `hook_event_name`, `timestamp`.
    CopilotPascal,
    /// Claude Code: `hook_event_name`, no `timestamp`.
    Claude,
    /// What tests of the apex family send: `toolInput`, `userMessage`.
    Legacy,
    /// Nobody can tell; it is answered in all words at once.
    Unknown,
}

/// What the command line says of the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Host {
    /// The payload tells.
    #[default]
    Auto,
    /// Visual Studio Code.
    VsCode,
    /// Copilot, on the command line or in the cloud.
    Copilot,
    /// Claude Code.
    Claude,
}

impl Dialect {
    /// What a payload without any text of its own is answered in.
    pub fn of_host(host: Host) -> Dialect {
        match host {
            Host::Auto => Dialect::Unknown,
            Host::VsCode => Dialect::VsCode,
            Host::Copilot => Dialect::CopilotCamel,
            Host::Claude => Dialect::Claude,
        }
    }

    /// Whose words these are.
    pub fn of(payload: &Map<String, Value>, host: Host) -> Dialect {
        let has = |name: &str| payload.contains_key(name);
        match host {
            Host::VsCode => Dialect::VsCode,
            Host::Claude => Dialect::Claude,
            Host::Copilot if has("hook_event_name") => Dialect::CopilotPascal,
            Host::Copilot => Dialect::CopilotCamel,
            Host::Auto => detected(payload),
        }
    }

    /// Whether answers have a `hookSpecificOutput`.
    pub(crate) fn nests(self) -> bool {
        self != Dialect::CopilotCamel
    }

    /// Whether answers are read at the top level, as Copilot does.
    pub(crate) fn is_flat(self) -> bool {
        !matches!(self, Dialect::VsCode | Dialect::Claude)
    }
}

fn detected(payload: &Map<String, Value>) -> Dialect {
    let has = |name: &str| payload.contains_key(name);
    let has_any = |names: &[&str]| names.iter().any(|name| has(name));
    let camel = has_any(&["toolArgs", "toolResult", "initialPrompt", "transcriptPath"])
        || has_any(&["agentName", "stopReason"])
        || payload.get("timestamp").is_some_and(Value::is_number);
    let legacy = has_any(&["toolInput", "userMessage", "subagentName"]);
    match (has("hookEventName"), has("hook_event_name")) {
        (true, false) => Dialect::VsCode,
        (false, true) if has("permission_mode") || !has("timestamp") => Dialect::Claude,
        (false, true) => Dialect::CopilotPascal,
        (false, false) if legacy => Dialect::Legacy,
        (false, false) if camel && has("timestamp") => Dialect::CopilotCamel,
        (false, false) if has("toolArgs") => Dialect::CopilotCamel,
        (true, true) | (false, false) => Dialect::Unknown,
    }
}
