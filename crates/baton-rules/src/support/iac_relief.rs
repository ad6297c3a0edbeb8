//! What lets a demand of the baseline go: a public front end, an environment that is not
//! production, an exemption that somebody agreed to.

use baton_iac::model::Language;
use baton_source::{Location, Severity};

use super::governance_policies::{constraints_of, is_over, target};
use super::iac_environment::{Environment, environment};
use super::iac_subject::Subject;
use crate::{Ctx, File};

/// Rules about what only production needs.
const OF_PRODUCTION: &[&str] = &[
    "public-network-access",
    "zone-bound-plan",
    "zone-incapable-plan",
    "single-instance-plan",
    "single-region-storage",
    "free-cluster-tier",
    "sleeping-web-app",
];

/// Rules that a front end breaks by being one.
const OF_FRONT_ENDS: &[&str] = &["public-network-access", "network-default-allow"];

/// What may be public on purpose; data services never are.
const FRONT_ENDS: &[&str] = &[
    "Microsoft.Web/sites",
    "Microsoft.Web/sites/slots",
    "Microsoft.Web/staticSites",
    "Microsoft.App/containerApps",
    "Microsoft.Cdn/profiles",
    "Microsoft.Network/applicationGateways",
    "Microsoft.Network/frontDoors",
    "azurerm_linux_web_app",
    "azurerm_linux_web_app_slot",
    "azurerm_windows_web_app",
    "azurerm_windows_web_app_slot",
    "azurerm_linux_function_app",
    "azurerm_linux_function_app_slot",
    "azurerm_windows_function_app",
    "azurerm_windows_function_app_slot",
    "azurerm_static_web_app",
    "azurerm_static_site",
    "azurerm_container_app",
    "azurerm_cdn_frontdoor_profile",
    "azurerm_frontdoor",
    "azurerm_application_gateway",
];

/// What becomes of a finding.
#[derive(Debug, Default)]
pub(crate) struct Relief {
    /// Whether it is none at all.
    pub(crate) is_declared: bool,
    /// Whether it matters one step less.
    pub(crate) is_lowered: bool,
    /// Who agreed that it does not matter, and until when.
    pub(crate) exemption: Option<(Location, String)>,
}

impl Relief {
    /// What holds for a rule about one property of a resource.
    pub(crate) fn of(
        (ctx, file): (&Ctx<'_>, &File),
        slug: &str,
        subject: &Subject<'_>,
        path: &[&str],
    ) -> Relief {
        let is_for_production = OF_PRODUCTION.contains(&slug);
        Relief {
            is_declared: OF_FRONT_ENDS.contains(&slug) && is_public(ctx, subject),
            is_lowered: is_for_production
                && environment(ctx, subject.instance) == Environment::Other,
            exemption: exemption(ctx, file, subject, path),
        }
    }

    /// The severity that is left of one.
    pub(crate) fn severity(&self, severity: Severity) -> Severity {
        match severity {
            _ if self.exemption.is_some() => Severity::Info,
            other if self.is_lowered => milder(other),
            other => other,
        }
    }
}

/// One step less.
pub(crate) fn milder(severity: Severity) -> Severity {
    match severity {
        Severity::Error => Severity::Warning,
        Severity::Warning | Severity::Info => Severity::Info,
    }
}

/// Whether the settings name it among the front ends that are public on purpose.
fn is_public(ctx: &Ctx<'_>, subject: &Subject<'_>) -> bool {
    let declared = &ctx.settings.iac.public_endpoints;
    let is_front_end = FRONT_ENDS
        .iter()
        .any(|kind| kind.eq_ignore_ascii_case(&subject.kind));
    if declared.is_empty() || !is_front_end {
        return false;
    }
    let symbol = subject.address.rsplit('.').next().unwrap_or("");
    let names = subject.lookup(&["name"]);
    let named = names.candidates.iter().filter_map(|one| one.value.as_str());
    let mut known = named.chain([symbol, subject.address]);
    known.any(|name| declared.iter().any(|one| one == name))
}

/// The exemption of a policy about the same property, if its last day is not over.
fn exemption(
    ctx: &Ctx<'_>,
    file: &File,
    subject: &Subject<'_>,
    path: &[&str],
) -> Option<(Location, String)> {
    let (constraints_file, constraints) = constraints_of(ctx, file)?;
    let same = |names: &[String]| match subject.dialect {
        Language::Terraform => names == path,
        Language::Bicep | Language::Arm => {
            let equal = |(one, other): (&String, &&str)| one.eq_ignore_ascii_case(other);
            names.len() == path.len() && names.iter().zip(path).all(equal)
        }
    };
    let policy = constraints.policies.iter().find(|policy| {
        let holds = policy
            .exemption
            .as_ref()
            .is_some_and(|it| !is_over(ctx, it));
        holds && target(policy, subject).is_some_and(|target| same(&target.path))
    })?;
    let exemption = policy.exemption.as_ref()?;
    let name = policy.name.as_ref().map_or("a policy", |name| &name.value);
    let until = exemption.expiry.as_ref();
    let until = until.map_or(String::new(), |day| format!(" until {}", day.value));
    Some((
        constraints_file.at(&exemption.key),
        format!("`{name}` is waived here{until}"),
    ))
}
