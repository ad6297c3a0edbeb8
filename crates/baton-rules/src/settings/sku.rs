//! Settings about sizes of services.

use serde::Deserialize;

/// Settings about sizes of services.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sku {
    /// For how many days a manifest counts as fresh.
    pub manifest_days: u32,
    /// For how many days a price counts as fresh.
    pub price_days: u32,
}

impl Default for Sku {
    fn default() -> Sku {
        Sku {
            manifest_days: 90,
            price_days: 30,
        }
    }
}
