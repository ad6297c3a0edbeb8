//! The last thing an agent said, from the file its host keeps. The forms of these files are no
//! part of any contract, so that all that are known are tried, and none is relied on.

use serde_json::Value;

/// The last text of the agent in a transcript: one JSON value a line, or one for all.
pub fn last_assistant_message(transcript: &str) -> Option<String> {
    let lines = transcript.lines().rev();
    let mut values = lines.filter_map(|line| serde_json::from_str::<Value>(line.trim()).ok());
    if let Some(said) = values.find_map(|value| said(&value)) {
        return Some(said);
    }
    last_in(&serde_json::from_str(transcript).ok()?)
}

fn last_in(value: &Value) -> Option<String> {
    let items = value.as_array().or_else(|| {
        let names = ["messages", "turns", "requests", "events"];
        names.iter().find_map(|name| value.get(*name)?.as_array())
    })?;
    items.iter().rev().find_map(said)
}

/// What an entry says when it is the agent's.
fn said(entry: &Value) -> Option<String> {
    let word = |name: &str| entry.get(name).and_then(Value::as_str);
    let inner = entry.get("message").or_else(|| entry.get("data"));
    let role = inner.and_then(|inner| inner.get("role")?.as_str());
    let is_agents = [word("type"), word("role"), role].into_iter().flatten();
    let mut is_agents = is_agents.map(|word| word == "assistant" || word == "assistant.message");
    if !is_agents.any(|is| is) {
        return None;
    }
    let content = inner.unwrap_or(entry).get("content").or(inner)?;
    let text = text(content);
    (!text.trim().is_empty()).then_some(text)
}

/// The texts of a content, which may be a list of parts.
fn text(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let parts = parts.iter().map(text_of_part);
            parts
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("\n")
        }
        _ => String::new(),
    }
}

fn text_of_part(part: &Value) -> String {
    let text = part.as_str().or_else(|| part.get("text")?.as_str());
    text.unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::last_assistant_message;

    fn check(transcript: &str, expected: Option<&str>) {
        assert_eq!(
            last_assistant_message(transcript).as_deref(),
            expected,
            "{transcript}"
        );
    }

    #[test]
    fn the_last_text_of_the_agent_is_found_in_every_form() {
        check(
            "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"go\"}}\n\
             {\"type\":\"assistant\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"first\"}]}}\n\
             {\"type\":\"assistant\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"last\"}]}}\n\
             {\"type\":\"assistant\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\"}]}}\n",
            Some("last"),
        );
        check(
            "{\"type\":\"assistant.message\",\"data\":{\"content\":\"done\"}}\n",
            Some("done"),
        );
        check(
            "[{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]",
            Some("a"),
        );
        check(
            "{\"messages\": [\n{\"role\":\"assistant\",\n\"content\":\"a\"}]}",
            Some("a"),
        );
        check("{\"type\":\"user\",\"content\":\"assistant\"}", None);
        check("not JSON\n", None);
        check("", None);
    }
}
