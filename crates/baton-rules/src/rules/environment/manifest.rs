//! What manifests of environments say, beyond their shape.

use std::collections::BTreeMap;
use std::net::IpAddr;

use baton_repo::EnvironmentManifest;
use baton_repo::environment_manifest::Environment;
use baton_source::{Applicability, Fix};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let Some(manifest) = ctx.repo.environment_manifest(file) else {
        return;
    };
    let judge: fn(&EnvironmentManifest, &File, &mut Findings) = match slug {
        "unreadable-address-space" => address_spaces,
        "region-display-name" => regions,
        _ => subscriptions,
    };
    judge(manifest, file, out);
}

fn address_spaces(manifest: &EnvironmentManifest, file: &File, out: &mut Findings) {
    let spaces = manifest.environments.iter();
    for space in spaces.flat_map(|environment| &environment.address_spaces) {
        let Some(fault) = fault(&space.value) else {
            continue;
        };
        out.report(file.at(space), format!("`{}` {fault}", space.value))
            .help("Write the first address of the range and its length, such as `10.0.0.0/16`.");
    }
}

/// What is wrong with a range of addresses.
fn fault(space: &str) -> Option<&'static str> {
    const NONE: &str = "is no range of addresses";
    let Some((address, length)) = space.split_once('/') else {
        return Some(NONE);
    };
    let (Ok(address), Ok(length)) = (address.parse::<IpAddr>(), length.parse::<u32>()) else {
        return Some(NONE);
    };
    let (bits, width) = match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    };
    let Some(host) = width_of_host(width, length) else {
        return Some("has a length that no range can have");
    };
    let inside = bits.trailing_zeros().min(width);
    (inside < host).then_some("does not begin with the first address of its range")
}

fn width_of_host(width: u32, length: u32) -> Option<u32> {
    width.checked_sub(length)
}

fn regions(manifest: &EnvironmentManifest, file: &File, out: &mut Findings) {
    let regions = manifest.environments.iter();
    for region in regions.flat_map(|environment| &environment.regions) {
        let name = region.value.to_lowercase().replace(' ', "");
        if name == region.value {
            continue;
        }
        let message = format!("the region `{}` is called `{name}` in code", region.value);
        out.report(file.at(region), message)
            .help("Use the name without blanks and capitals, as code and policies do.")
            .fix(Fix {
                title: format!("Write `{name}`"),
                applicability: Applicability::Safe,
                edits: vec![file.edit(region.span, format!("\"{name}\""))],
            });
    }
}

fn subscriptions(manifest: &EnvironmentManifest, file: &File, out: &mut Findings) {
    let mut production: BTreeMap<String, &Environment> = BTreeMap::new();
    let of = |environment: &Environment| {
        let subscription = environment.subscription.as_ref();
        subscription.map(|text| text.value.to_lowercase())
    };
    for environment in manifest
        .environments
        .iter()
        .filter(|one| is_production(one))
    {
        if let Some(subscription) = of(environment) {
            production.insert(subscription, environment);
        }
    }
    for environment in &manifest.environments {
        let (false, Some(subscription)) = (is_production(environment), &environment.subscription)
        else {
            continue;
        };
        let Some(other) = of(environment).and_then(|key| production.get(&key)) else {
            continue;
        };
        let (name, prod) = (&environment.name.value, &other.name);
        let message = format!(
            "`{name}` is deployed to the subscription of `{}`",
            prod.value
        );
        out.report(file.at(subscription), message)
            .label(file.at(prod), "this environment has it too")
            .help("Give production a subscription of its own: rights and limits are shared within one.");
    }
}

fn is_production(environment: &Environment) -> bool {
    let name = environment.name.value.to_lowercase();
    name == "prod" || name == "production" || name == "prd"
}
