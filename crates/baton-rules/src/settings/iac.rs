//! Settings about infrastructure as code.

use serde::Deserialize;

/// Settings about infrastructure as code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Iac {
    /// Tag keys in the spelling they must have, such as `environment`; empty to demand none.
    pub tag_keys: Vec<String>,
    /// What a value is that only a deployment decides: `count` (the default) tells at the end how
    /// many there are, `ignore` nothing; `info`, `warning` and `error` report each.
    pub unknown: Unknown,
    /// Symbolic names or resource names of front ends that are public on purpose: web and function
    /// apps, container apps, Front Door, application gateways, static sites. Data services never are.
    pub public_endpoints: Vec<String>,
    /// Names of environments that are not production, beside `dev`, `test` and the like.
    pub other_environments: Vec<String>,
}

/// What a value is that only a deployment decides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unknown {
    /// Nothing is said.
    Ignore,
    /// Their number is said.
    #[default]
    Count,
    /// Each is an info.
    Info,
    /// Each is a warning.
    Warning,
    /// Each is an error.
    Error,
}
