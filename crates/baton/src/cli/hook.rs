//! The arguments of `hook`.

use baton_guard::{Event, Hook, Host, OnError};
use clap::{Args, ValueEnum};

pub(super) const HOOK_EXAMPLES: &str = "\
Examples:
  baton hook tool-guardian                    What a manifest of hooks holds for PreToolUse
  baton hook session-telemetry --event sessionStart --dialect copilot
  echo '{\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"rm -rf /\"}}' | baton hook tool-guardian

The host of an agent calls this and hands one JSON object in on standard input; standard output is
one JSON document in that host's words. `baton init --agent-hooks` writes the manifests.

Variables of the environment: GUARD_MODE, GUARD_SEVERITY, TOOL_GUARD_ALLOWLIST, SKIP_TOOL_GUARD,
SCAN_MODE, SCAN_SCOPE, SECRETS_ALLOWLIST, SKIP_SECRETS_SCAN, GOVERNANCE_LEVEL, BLOCK_ON_THREAT,
SKIP_GOVERNANCE_AUDIT, SKIP_LOGGING, SKIP_SESSION_TELEMETRY, LOG_LEVEL,
SUBAGENT_VALIDATION_STRICT, TOOL_GUARD_LOG_DIR, SECRETS_LOG_DIR, HOOK_LOG_MAX_BYTES.

Exit codes: 0 whatever is decided, for the document says it; 2 for a prompt that is refused, and
where the document could not be written.";

/// Arguments of `hook`.
#[derive(Debug, Args)]
pub(crate) struct HookArgs {
    /// The hook
    #[arg(value_enum, value_name = "HOOK")]
    pub(crate) hook: HookName,
    /// Whose words the payload and the answer are in
    #[arg(long, value_enum, default_value_t = DialectName::Auto, value_name = "HOST")]
    pub(crate) dialect: DialectName,
    /// What to answer when the hook cannot do its job [default: deny for tool-guardian, else allow]
    #[arg(long, value_enum, value_name = "ANSWER")]
    pub(crate) on_error: Option<OnErrorName>,
    /// The event, where the payload does not name it: `PreToolUse`, `agentStop` …
    #[arg(long, value_name = "NAME", value_parser = event)]
    pub(crate) event: Option<Event>,
}

/// A hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HookName {
    /// Judge what a tool is about to do
    ToolGuardian,
    /// Look for secrets in what changed
    SecretsScanner,
    /// Keep a record of sessions, and look at prompts
    SessionTelemetry,
    /// Look at what another agent answered
    SubagentValidation,
    /// Keep a record of tools
    ToolAudit,
}

/// The host of an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DialectName {
    /// The payload tells
    Auto,
    /// Visual Studio Code
    Vscode,
    /// Copilot
    Copilot,
    /// Claude Code
    Claude,
}

/// The host of an agent, for manifests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AgentHost {
    /// `.github/hooks/baton.json`, which Visual Studio Code reads as well
    Copilot,
    /// `.github/hooks/NAME/hooks.json`, and the settings that make Visual Studio Code read them
    Vscode,
    /// `.claude/settings.json`
    Claude,
}

/// What is answered when a hook cannot do its job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnErrorName {
    /// The agent may go on
    Allow,
    /// It may not
    Deny,
}

impl From<HookName> for Hook {
    fn from(name: HookName) -> Hook {
        match name {
            HookName::ToolGuardian => Hook::ToolGuardian,
            HookName::SecretsScanner => Hook::SecretsScanner,
            HookName::SessionTelemetry => Hook::SessionTelemetry,
            HookName::SubagentValidation => Hook::SubagentValidation,
            HookName::ToolAudit => Hook::ToolAudit,
        }
    }
}

impl From<DialectName> for Host {
    fn from(name: DialectName) -> Host {
        match name {
            DialectName::Auto => Host::Auto,
            DialectName::Vscode => Host::VsCode,
            DialectName::Copilot => Host::Copilot,
            DialectName::Claude => Host::Claude,
        }
    }
}

impl From<OnErrorName> for OnError {
    fn from(name: OnErrorName) -> OnError {
        match name {
            OnErrorName::Allow => OnError::Allow,
            OnErrorName::Deny => OnError::Deny,
        }
    }
}

fn event(name: &str) -> Result<Event, &'static str> {
    match Event::named(name) {
        Event::Other => Err("no hook is about that; write `PreToolUse`, `PostToolUse`, \
             `UserPromptSubmit`, `SessionStart`, `Stop` or `SubagentStop`"),
        event => Ok(event),
    }
}
