//! Manifests of environments as others may see them.

use baton_syntax::node::Node;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::schema::to_json;

/// How many bytes of a hash are shown.
const SHOWN: usize = 6;

/// What is hidden.
struct Hidden {
    subscriptions: bool,
    object_ids: bool,
    emails: bool,
}

/// The manifest with a hash in place of each value that nobody else should see.
///
/// Object identifiers and addresses of mail are hidden unless `redaction_rules` say otherwise,
/// subscriptions only if they say so.
pub fn redacted(manifest: &Node) -> Value {
    let rules = manifest.get("redaction_rules");
    let rule = |key: &str| {
        rules
            .and_then(|rules| rules.get(key))
            .and_then(Node::as_bool)
    };
    let hidden = Hidden {
        subscriptions: rule("redact_subscription_id") == Some(true),
        object_ids: rule("redact_object_ids") != Some(false),
        emails: rule("redact_emails") != Some(false),
    };
    let mut value = to_json(manifest);
    let environments = value.get_mut("environments").and_then(Value::as_object_mut);
    for (_, environment) in environments.into_iter().flatten() {
        hide_in(environment, &hidden);
    }
    value
}

fn hide_in(environment: &mut Value, hidden: &Hidden) {
    let keys = [
        ("subscription_id", hidden.subscriptions),
        ("deployer_object_id", hidden.object_ids),
        ("kv_admin_object_id", hidden.object_ids),
        ("existing_app_reg_object_ids", hidden.object_ids),
        ("principal_ids", hidden.object_ids),
        ("alert_emails", hidden.emails),
    ];
    for (key, _) in keys.into_iter().filter(|(_, hide)| *hide) {
        if let Some(value) = environment.get_mut(key) {
            hide(value);
        }
    }
}

/// Hides every text in a value.
fn hide(value: &mut Value) {
    match value {
        Value::String(text) if !text.is_empty() => {
            let hash = Sha256::digest(text.as_bytes());
            let hash = hash.iter().take(SHOWN).map(|byte| format!("{byte:02x}"));
            let hash: String = hash.collect();
            *text = format!("sha256:{hash}…");
        }
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(entries) => entries.iter_mut().for_each(|(_, value)| hide(value)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use baton_syntax::json::{self, Dialect};

    use super::redacted;

    fn hidden(text: &str) -> Option<String> {
        let root = json::parse(text, Dialect::Strict).root?;
        Some(redacted(&root).to_string())
    }

    #[test]
    fn values_of_people_become_hashes() {
        let shown = hidden(
            r#"{"environments":{"dev":{"subscription_id":"s","deployer_object_id":"d","principal_ids":{"a":"p"},"alert_emails":["abc"]}}}"#,
        );
        let shown = shown.unwrap_or_default();
        assert!(shown.contains(r#""subscription_id":"s""#));
        assert!(shown.contains("sha256:ba7816bf8f01…"));
        assert!(!shown.contains(r#":"d""#) && !shown.contains(r#":"p""#));
    }

    #[test]
    fn the_manifest_says_what_is_hidden() {
        let shown = hidden(
            r#"{"redaction_rules":{"redact_object_ids":false,"redact_emails":false,"redact_subscription_id":true},"environments":{"dev":{"subscription_id":"s","deployer_object_id":"d","alert_emails":["abc"]}}}"#,
        );
        let shown = shown.unwrap_or_default();
        assert!(!shown.contains(r#":"s""#));
        assert!(shown.contains(r#":"d""#) && shown.contains("abc"));
    }
}
