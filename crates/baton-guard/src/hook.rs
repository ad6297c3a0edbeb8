//! The hooks there are, and what comes of running one.

use serde_json::Value;

use crate::answer::{Answer, Rendered, Ruling};
use crate::dialect::{Dialect, Host};
use crate::event::Event;
use crate::object::Object;

/// A hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// Judges what tools are about to do.
    ToolGuardian,
    /// Looks for secrets in what changed.
    SecretsScanner,
    /// Keeps a record of sessions and prompts.
    SessionTelemetry,
    /// Looks at what other agents answer.
    SubagentValidation,
    /// Keeps a record of tools.
    ToolAudit,
}

/// What is answered when a hook cannot do its job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// That the agent may go on.
    Allow,
    /// That it may not.
    Deny,
}

/// A line of a log.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The log.
    pub log: Log,
    /// What it says, without the time.
    pub fields: Object,
}

/// Where a line goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// What the guard decided.
    Guard,
    /// What was scanned for secrets.
    Secrets,
    /// What was noticed about prompts and sessions.
    Governance,
    /// When sessions began and ended.
    Session,
    /// That there were prompts.
    Prompts,
    /// Which tools were used.
    Tools,
}

/// What comes of running a hook.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reply {
    /// What the host is told.
    pub answer: Answer,
    /// What is written down.
    pub records: Vec<Record>,
    /// What is said on standard error on top.
    pub notes: Vec<String>,
}

impl Hook {
    /// All of them.
    pub const ALL: [Hook; 5] = [
        Hook::ToolGuardian,
        Hook::SecretsScanner,
        Hook::SessionTelemetry,
        Hook::SubagentValidation,
        Hook::ToolAudit,
    ];

    /// Its name on the command line and in manifests.
    pub fn name(self) -> &'static str {
        match self {
            Hook::ToolGuardian => "tool-guardian",
            Hook::SecretsScanner => "secrets-scanner",
            Hook::SessionTelemetry => "session-telemetry",
            Hook::SubagentValidation => "subagent-validation",
            Hook::ToolAudit => "tool-audit",
        }
    }

    /// The event it is made for, when nothing says which it is.
    pub fn event(self) -> Event {
        match self {
            Hook::ToolGuardian => Event::PreToolUse,
            Hook::SecretsScanner => Event::Stop,
            Hook::SessionTelemetry => Event::SessionStart,
            Hook::SubagentValidation => Event::SubagentStop,
            Hook::ToolAudit => Event::PostToolUse,
        }
    }

    /// What it answers when it cannot do its job and nobody chose.
    pub fn on_error(self) -> OnError {
        match self {
            Hook::ToolGuardian => OnError::Deny,
            _ => OnError::Allow,
        }
    }
}

impl Log {
    /// The variable that moves it.
    pub fn variable(self) -> Option<&'static str> {
        match self {
            Log::Guard => Some("TOOL_GUARD_LOG_DIR"),
            Log::Secrets => Some("SECRETS_LOG_DIR"),
            _ => None,
        }
    }

    /// The folder it lies in unless that is moved, and its name.
    pub fn place(self) -> (&'static str, &'static str) {
        match self {
            Log::Guard => ("logs/copilot/tool-guardian", "guard.log"),
            Log::Secrets => ("logs/copilot/secrets", "scan.log"),
            Log::Governance => ("logs/copilot/governance", "audit.log"),
            Log::Session => ("logs/copilot", "session.log"),
            Log::Prompts => ("logs/copilot", "prompts.log"),
            Log::Tools => ("logs/copilot", "tool-audit.log"),
        }
    }
}

impl Record {
    /// A line about an event.
    pub fn of(log: Log, event: &'static str) -> Record {
        Record {
            log,
            fields: Object::default().with("event", event),
        }
    }

    /// The same with one more field.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<Value>) -> Record {
        self.fields = self.fields.with(key, value);
        self
    }

    /// The line, without secrets; `now` is the time in UTC, to the second.
    pub fn line(&self, now: &str) -> String {
        let stamped = Object::default().with("timestamp", now);
        stamped.and(self.fields.clone()).covered().line()
    }
}

impl Reply {
    /// Nothing to say.
    pub fn silent() -> Reply {
        Reply::default()
    }

    /// An answer that nothing is written down of.
    pub fn of(answer: Answer) -> Reply {
        Reply {
            answer,
            ..Reply::default()
        }
    }
}

/// What is answered when a hook cannot do its job: in the words of the host as far as they are
/// known. `input` is what it was sent.
pub fn failure(hook: Hook, why: &str, given: &Given<'_>) -> Failure {
    let event = given.event.unwrap_or(hook.event());
    let name = hook.name();
    let said = format!("{name} could not do its job: {why}");
    let refuses = given.on_error.unwrap_or(hook.on_error()) == OnError::Deny;
    // An agent that goes on because of a hook would never come to an end.
    let loops = matches!(event, Event::Stop | Event::SubagentStop) && is_continuing(given.input);
    let answer = if refuses && !loops {
        let advice = match hook {
            Hook::ToolGuardian => {
                "; nothing passes that was not judged (`--on-error allow` lets it pass)"
            }
            _ => "; `--on-error allow` lets it pass",
        };
        Answer::against(event, format!("{said}{advice}"))
    } else if hook == Hook::ToolGuardian {
        Answer::saying(said.clone())
    } else {
        Answer::ruling(Ruling::None)
    };
    let dialect = given.dialect.unwrap_or(Dialect::of_host(given.host));
    Failure {
        rendered: answer.render(dialect, event),
        record: match hook {
            Hook::ToolGuardian => Some(Record::of(Log::Guard, "guard_error").with("error", why)),
            Hook::SecretsScanner => Some(Record::of(Log::Secrets, "scan_error").with("error", why)),
            Hook::SessionTelemetry | Hook::SubagentValidation | Hook::ToolAudit => None,
        },
        said,
    }
}

/// What comes of a hook that could not do its job.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// What the host is told.
    pub rendered: Rendered,
    /// What is written down.
    pub record: Option<Record>,
    /// What people are told.
    pub said: String,
}

/// What is known when a hook fails.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The host, as the command line has it.
    pub host: Host,
    /// The dialect, where the payload could be read.
    pub dialect: Option<Dialect>,
    /// The event, where it is known.
    pub event: Option<Event>,
    /// What the command line says about failures.
    pub on_error: Option<OnError>,
    /// What was sent.
    pub input: &'a [u8],
}

/// Whether input that may be no JSON says that a hook keeps the agent going.
fn is_continuing(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    ["stop_hook_active\"", "stopHookActive\""]
        .iter()
        .any(|key| {
            let mut after = text.split(key).skip(1);
            after.any(|after| {
                let after = after.trim_start().strip_prefix(':').unwrap_or(after);
                after.trim_start().starts_with("true")
            })
        })
}

#[cfg(test)]
mod tests {
    use super::{Given, Hook, OnError, failure};
    use crate::dialect::Host;
    use crate::event::Event;

    fn answered(
        hook: Hook,
        event: Option<Event>,
        on_error: Option<OnError>,
        input: &str,
    ) -> String {
        let given = Given {
            host: Host::Auto,
            dialect: None,
            event,
            on_error,
            input: input.as_bytes(),
        };
        failure(hook, "it fell", &given).rendered.document
    }

    #[test]
    fn the_guardian_fails_closed_and_the_others_open() {
        for hook in Hook::ALL {
            let said = answered(hook, None, None, "");
            let denies = said.contains("\"permissionDecision\":\"deny\"");
            assert_eq!(denies, hook == Hook::ToolGuardian, "{said}");
            if hook != Hook::ToolGuardian {
                assert_eq!(said, "{\"continue\": true}");
            }
        }
        let said = answered(Hook::ToolGuardian, None, Some(OnError::Allow), "");
        assert!(
            said.starts_with("{\"continue\": true,\"systemMessage\""),
            "{said}"
        );
    }

    #[test]
    fn what_may_not_go_on_depends_on_the_event() {
        let deny = Some(OnError::Deny);
        let said = answered(Hook::SecretsScanner, None, deny, "{");
        assert!(said.contains("\"decision\":\"block\""), "{said}");
        let twice = "{\"stop_hook_active\" : true";
        let said = answered(Hook::SecretsScanner, None, deny, twice);
        assert_eq!(said, "{\"continue\": true}");
        let prompt = Some(Event::UserPromptSubmit);
        let given = Given {
            host: Host::Claude,
            dialect: None,
            event: prompt,
            on_error: deny,
            input: b"",
        };
        let failed = failure(Hook::SessionTelemetry, "it fell", &given);
        assert_eq!(failed.rendered.code, 2);
    }
}
