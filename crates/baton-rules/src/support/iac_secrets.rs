//! What makes any literal of infrastructure code a secret: the names and places it is given to.
//!
//! Values that tell by their own form are found by `baton-secrets`, in any file.

use std::sync::LazyLock;

use baton_iac::model::{Language, Resource};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    endings: Vec<String>,
    property: Vec<Property>,
    text: Text,
}

/// A property that holds a secret whatever its name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Property {
    bicep: Option<String>,
    terraform: Option<String>,
    pub(crate) path: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    markers: Vec<String>,
    references: Vec<String>,
}

const SHORTEST: usize = 4;

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../rules/iac/secret-names.toml")).unwrap_or_default()
    });
    &TABLE
}

/// Whether something of this name holds a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let backwards = name.bytes().rev().filter(|byte| !b"_-".contains(byte));
    let backwards = backwards.map(|byte| byte.to_ascii_lowercase());
    let is_end = |ending: &String| {
        let mut rest = backwards.clone();
        ending.bytes().rev().all(|byte| rest.next() == Some(byte))
    };
    table().endings.iter().any(is_end)
}

/// The properties of a resource that hold a secret whatever their name.
pub(crate) fn secret_properties(
    language: Language,
    resource: &Resource,
) -> impl Iterator<Item = &'static Property> {
    let kind = resource.kind.as_str();
    table()
        .property
        .iter()
        .filter(move |property| match language {
            Language::Bicep | Language::Arm => property
                .bicep
                .as_ref()
                .is_some_and(|name| name.eq_ignore_ascii_case(kind)),
            Language::Terraform => property.terraform.as_deref() == Some(kind),
        })
}

/// Whether a literal given to a property of this name is the secret itself.
///
/// A switch never is; a number or a version is one only where a password is asked for, not where
/// a vault merely passes values on.
pub(crate) fn is_secret_value(name: &str, text: &str) -> bool {
    let text = text.trim();
    let is_reference = |prefix: &String| text.starts_with(prefix.as_str());
    let passes_on = name.to_ascii_lowercase().ends_with("value");
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_switch = matches!(text.to_ascii_lowercase().as_str(), "true" | "false");
    let is_setting = is_switch || (passes_on && is_number);
    let points_elsewhere = table().text.references.iter().any(is_reference);
    !(text.is_empty() || is_setting || points_elsewhere)
}

/// Whether a longer text, such as a connection string, carries a secret.
pub(crate) fn carries_secret(text: &str) -> bool {
    // Every marker ends so, and hardly any text holds it.
    if !text.contains('=') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    table().text.markers.iter().any(|marker| {
        lower.match_indices(marker.as_str()).any(|(at, _)| {
            let value = lower.get(at + marker.len()..).unwrap_or("");
            let value = value.trim_start_matches(['"', '\'', '\\']);
            let value = value.split([';', '"', '\'', ' ']).next().unwrap_or("");
            let is_blank = value.starts_with(['<', '{', '$', '@', '*', '%']);
            value.len() >= SHORTEST && !is_blank
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{carries_secret, is_secret_name, is_secret_value, table};

    #[test]
    fn markers_end_with_an_equals_sign() {
        assert!(!table().text.markers.is_empty());
        assert!(table().text.markers.iter().all(|one| one.ends_with('=')));
    }

    #[test]
    fn names() {
        for name in [
            "adminPassword",
            "administrator_login_password",
            "storage-connection-string",
            "clientSecret",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "disablePasswordAuthentication",
            "passwordPolicy",
            "keyVaultUri",
            "secretName",
            "administrator_login_password_wo_version",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn values() {
        assert!(is_secret_value("adminPassword", "P@ssw0rd"));
        assert!(is_secret_value("adminPassword", "123456"));
        for text in ["", "true", "False", "8191", "20348.2461.240510"] {
            assert!(!is_secret_value("secretValue", text), "{text}");
        }
        assert!(!is_secret_value(
            "value",
            "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)"
        ));
        assert!(carries_secret(
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abcd1234==;"
        ));
        assert!(carries_secret("export DB_PASSWORD=\\\"hunter22\\\""));
        for text in [
            "AccountKey=",
            "password=\"\"",
            "Server=x;Password=",
            "Password=<from vault>",
            "no password= here",
        ] {
            assert!(!carries_secret(text), "{text}");
        }
    }
}
