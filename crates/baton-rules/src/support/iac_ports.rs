//! Rules of network security groups, wherever they are written.

use std::sync::LazyLock;

use baton_iac::evaluate::{Element, Place, Values};
use baton_iac::model::Language;
use serde::Deserialize;

use super::iac_subject::Subject;

/// One security rule.
pub(crate) struct SecurityRule<'a> {
    /// Where it is written.
    pub(crate) place: Place,
    source: Source<'a>,
}

enum Source<'a> {
    /// A resource of its own; in ARM its properties are one level down.
    Resource(&'a Subject<'a>),
    /// An element of a list in the security group.
    Element(Element<'a>, Language),
}

/// A property of a security rule, in the words of ARM and of Terraform.
#[derive(Clone, Copy)]
pub(crate) struct Field(pub(crate) &'static str, pub(crate) &'static str);

/// `Inbound` or `Outbound`.
pub(crate) const DIRECTION: Field = Field("direction", "direction");
/// `Allow` or `Deny`.
pub(crate) const ACCESS: Field = Field("access", "access");
/// `Tcp`, `Udp`, `*` …
pub(crate) const PROTOCOL: Field = Field("protocol", "protocol");
/// Where traffic comes from.
pub(crate) const SOURCES: [Field; 2] = [
    Field("sourceAddressPrefix", "source_address_prefix"),
    Field("sourceAddressPrefixes", "source_address_prefixes"),
];
/// Where traffic goes.
pub(crate) const TARGETS: [Field; 2] = [
    Field("destinationAddressPrefix", "destination_address_prefix"),
    Field("destinationAddressPrefixes", "destination_address_prefixes"),
];
/// The ports it goes to.
pub(crate) const PORTS: [Field; 2] = [
    Field("destinationPortRange", "destination_port_range"),
    Field("destinationPortRanges", "destination_port_ranges"),
];

/// The security rules that a resource is or holds.
pub(crate) fn security_rules<'a>(subject: &'a Subject<'a>) -> Vec<SecurityRule<'a>> {
    let list: &[&str] = match subject.kind.to_ascii_lowercase().as_str() {
        "azurerm_network_security_group" => &["security_rule"],
        "microsoft.network/networksecuritygroups" => &["properties", "securityRules"],
        _ => {
            let place = Place {
                file: None,
                span: subject.header,
            };
            let source = Source::Resource(subject);
            return vec![SecurityRule { place, source }];
        }
    };
    let elements = subject.items(list).items.into_iter();
    elements
        .map(|element| SecurityRule {
            place: element.place(),
            source: Source::Element(element, subject.dialect),
        })
        .collect()
}

/// The types that are or hold security rules.
pub(crate) fn is_covered(_language: Language, kind: &str) -> bool {
    const KINDS: [&str; 4] = [
        "azurerm_network_security_group",
        "azurerm_network_security_rule",
        "Microsoft.Network/networkSecurityGroups",
        "Microsoft.Network/networkSecurityGroups/securityRules",
    ];
    KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind))
}

impl SecurityRule<'_> {
    /// The known values of some properties, each item of a list on its own.
    pub(crate) fn texts(&self, fields: &[Field]) -> Vec<String> {
        let values = fields.iter().map(|field| self.values(*field));
        values
            .flat_map(|values| values.candidates)
            .filter_map(|candidate| candidate.value.as_text().map(str::to_owned))
            .collect()
    }

    /// Whether none of these is set.
    pub(crate) fn lacks(&self, fields: &[Field]) -> bool {
        fields.iter().all(|field| {
            let values = self.values(*field);
            values.candidates.is_empty() && !values.unknown
        })
    }

    /// Where the first of these properties gets its value.
    pub(crate) fn at(&self, fields: &[Field]) -> Place {
        let mut values = fields.iter().map(|field| self.values(*field));
        let first = values.find_map(|values| values.candidates.first().map(|one| one.at));
        first.unwrap_or(self.place)
    }

    fn values(&self, field: Field) -> Values {
        let path = |language| match language {
            Language::Terraform => vec![field.1],
            _ => vec!["properties", field.0],
        };
        match &self.source {
            Source::Resource(subject) => subject.elements(&path(subject.dialect)),
            Source::Element(element, language) => element.elements(&path(*language)),
        }
    }
}

/// Whether an address prefix means the whole internet.
pub(crate) fn is_anywhere(prefix: &str) -> bool {
    let prefix = prefix.to_ascii_lowercase();
    matches!(
        prefix.as_str(),
        "*" | "0.0.0.0" | "internet" | "any" | "::" | "::/0"
    ) || prefix.ends_with("/0")
}

/// Whether a range of ports, such as `20-25`, contains a port; `*` contains all.
pub(crate) fn contains(range: &str, port: u16) -> bool {
    let number = |text: &str| text.trim().parse::<u16>().ok();
    match range.split_once('-') {
        Some((from, to)) => match (number(from), number(to)) {
            (Some(from), Some(to)) => (from..=to).contains(&port),
            _ => false,
        },
        None => is_all(range) || number(range) == Some(port),
    }
}

/// Whether a range contains all ports.
pub(crate) fn is_all(range: &str) -> bool {
    matches!(range.trim(), "*" | "0-65535" | "1-65535")
}

/// A port that only its own network should reach.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Port {
    pub(crate) number: u16,
    pub(crate) service: String,
}

/// The ports that only their own network should reach.
pub(crate) fn sensitive_ports() -> &'static [Port] {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        port: Vec<Port>,
    }
    static PORTS: LazyLock<Vec<Port>> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/iac/ports.toml");
        toml::from_str::<Table>(text).map_or_else(|_| Vec::new(), |table| table.port)
    });
    &PORTS
}

#[cfg(test)]
mod tests {
    use super::{contains, is_anywhere, sensitive_ports};

    #[test]
    fn ranges_contain_ports() {
        let cases = [
            ("22", 22, true),
            ("20-25", 22, true),
            ("*", 22, true),
            ("0-65535", 3389, true),
            ("443", 22, false),
            ("23-25", 22, false),
            ("ssh", 22, false),
        ];
        for (range, port, expected) in cases {
            assert_eq!(contains(range, port), expected, "{range}");
        }
    }

    #[test]
    fn prefixes_may_mean_everybody() {
        assert!(is_anywhere("0.0.0.0/0") && is_anywhere("Internet") && is_anywhere("*"));
        assert!(!is_anywhere("10.0.0.0/8") && !is_anywhere("VirtualNetwork"));
    }

    #[test]
    fn the_table_of_ports_can_be_read() {
        assert!(sensitive_ports().len() > 10);
    }
}
