//! Points of an agent's session at which hosts run hooks.

/// A point of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A session begins.
    SessionStart,
    /// A session is over.
    SessionEnd,
    /// A person sends a prompt.
    UserPromptSubmit,
    /// A tool is about to be used.
    PreToolUse,
    /// A person is about to be asked whether a tool may be used.
    PermissionRequest,
    /// A tool was used.
    PostToolUse,
    /// A tool failed.
    PostToolUseFailure,
    /// Another agent begins.
    SubagentStart,
    /// Another agent is done.
    SubagentStop,
    /// The agent is done.
    Stop,
    /// Something that no hook of ours is about.
    Other,
}

/// Every spelling that hosts use, the one that answers repeat first.
///
/// <https://docs.github.com/en/copilot/reference/hooks-reference>, looked at on 2026-11-21.
const NAMES: &[(&str, Event)] = &[
    ("SessionStart", Event::SessionStart),
    ("sessionStart", Event::SessionStart),
    ("SessionEnd", Event::SessionEnd),
    ("sessionEnd", Event::SessionEnd),
    ("UserPromptSubmit", Event::UserPromptSubmit),
    ("userPromptSubmitted", Event::UserPromptSubmit),
    ("userPromptSubmit", Event::UserPromptSubmit),
    ("PreToolUse", Event::PreToolUse),
    ("preToolUse", Event::PreToolUse),
    ("PermissionRequest", Event::PermissionRequest),
    ("permissionRequest", Event::PermissionRequest),
    ("PostToolUse", Event::PostToolUse),
    ("postToolUse", Event::PostToolUse),
    ("PostToolUseFailure", Event::PostToolUseFailure),
    ("postToolUseFailure", Event::PostToolUseFailure),
    ("SubagentStart", Event::SubagentStart),
    ("subagentStart", Event::SubagentStart),
    ("SubagentStop", Event::SubagentStop),
    ("subagentStop", Event::SubagentStop),
    ("Stop", Event::Stop),
    ("agentStop", Event::Stop),
];

impl Event {
    /// The event a host calls so.
    pub fn named(name: &str) -> Event {
        let known = NAMES.iter().find(|(known, _)| *known == name);
        known.map_or(Event::Other, |(_, event)| *event)
    }

    /// Its name where several spellings exist.
    pub fn name(self) -> &'static str {
        let known = NAMES.iter().find(|(_, event)| *event == self);
        known.map_or("Other", |(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, NAMES};

    #[test]
    fn every_spelling_leads_to_an_event_and_back() {
        for (name, event) in NAMES {
            assert_eq!(Event::named(name), *event);
            assert_eq!(Event::named(event.name()), *event);
        }
        assert_eq!(Event::named("preCompact"), Event::Other);
    }
}
