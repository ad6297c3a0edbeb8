//! What a manifest of SKUs says, beyond its shape.

use std::collections::BTreeMap;

use baton_repo::sku_manifest::Whole;
use baton_repo::{SkuManifest, Text};
use baton_source::nearest;

use crate::support::sku::{days_since, is_example, matches};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

type Judge = fn(&Ctx<'_>, &SkuManifest, (&File, &mut Findings));

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let Some(manifest) = ctx.repo.sku_manifest(file) else {
        return;
    };
    let judge: Judge = match slug {
        "repeated-service-id" => service_ids,
        "repeated-stamp-id" => stamp_ids,
        "disordered-sku-revisions" => revisions,
        "wrong-current-revision" => current_revision,
        "unknown-sku-revision" => known_revisions,
        "undeclared-sku-environment" => environments,
        "unknown-stamp-service" => stamp_services,
        "differing-service-region" => regions,
        "mismatched-sku-source" => sources,
        "denied-sku" => denied,
        "unlisted-sku" => unlisted,
        "outdated-sku-manifest" => age,
        "undated-sku-price" => undated_prices,
        _ => old_prices,
    };
    judge(ctx, manifest, (file, out));
}

/// Reports each text that stands a second time.
fn repeated<'m>(
    texts: impl Iterator<Item = &'m Text>,
    what: &str,
    (file, out): (&File, &mut Findings),
) {
    let mut seen: BTreeMap<&str, &Text> = BTreeMap::new();
    for text in texts {
        let Some(first) = seen.get(text.value.as_str()) else {
            seen.insert(&text.value, text);
            continue;
        };
        out.report(
            file.at(text),
            format!("`{}` is the id of two {what}", text.value),
        )
        .label(file.at(*first), "the first one")
        .help("Give each an id of its own.");
    }
}

fn service_ids(_ctx: &Ctx<'_>, manifest: &SkuManifest, to: (&File, &mut Findings)) {
    let services = manifest.services.iter();
    repeated(services.filter_map(|one| one.id.as_ref()), "services", to);
}

fn stamp_ids(_ctx: &Ctx<'_>, manifest: &SkuManifest, to: (&File, &mut Findings)) {
    let stamps = manifest.stamps.iter();
    repeated(stamps.filter_map(|one| one.id.as_ref()), "stamps", to);
}

fn revisions(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    const HELP: &str = "Number the revisions upwards, in the order in which they were made.";
    let mut before: Option<Whole> = None;
    for rev in manifest.revisions.iter().filter_map(|one| one.rev) {
        match before {
            None if rev.value != 1 => {
                let message = format!("the first revision is {}, not 1", rev.value);
                out.report(file.at(&rev), message).help(HELP);
            }
            Some(before) if rev.value <= before.value => {
                let message = format!("revision {} stands after {}", rev.value, before.value);
                out.report(file.at(&rev), message)
                    .label(file.at(&before), "the one before")
                    .help(HELP);
            }
            _ => {}
        }
        before = Some(rev);
    }
}

fn newest(manifest: &SkuManifest) -> Option<Whole> {
    let revs = manifest.revisions.iter().filter_map(|one| one.rev);
    revs.max_by_key(|rev| rev.value)
}

fn current_revision(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    let (Some(current), Some(newest)) = (manifest.current_revision, newest(manifest)) else {
        return;
    };
    if current.value != newest.value {
        let (said, is) = (current.value, newest.value);
        out.report(
            file.at(&current),
            format!("the current revision is {is}, not {said}"),
        )
        .label(file.at(&newest), "the newest one")
        .help("Add the revision that is missing, or set the number of the newest one.");
    }
}

fn known_revisions(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    let is_known = |rev: Whole| {
        let mut revs = manifest.revisions.iter().filter_map(|one| one.rev);
        revs.any(|known| known.value == rev.value)
    };
    let services = manifest.services.iter();
    let revs = services.filter_map(|service| service.last_modified_rev);
    for rev in revs.filter(|rev| !is_known(*rev)) {
        out.report(file.at(&rev), format!("there is no revision {}", rev.value))
            .help("Name a revision that `revisions` lists, or add it there.");
    }
}

fn environments(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    let services = manifest.services.iter();
    let overrides = services.flat_map(|service| &service.overrides);
    let stamps = manifest.stamps.iter().flat_map(|stamp| &stamp.environments);
    let names = overrides.map(|other| &other.key).chain(stamps);
    let is_known = |name: &Text| {
        let mut known = manifest.environments.iter();
        known.any(|known| known.value == name.value)
    };
    for name in names.filter(|name| !is_known(name)) {
        let message = format!("the manifest has no environment `{}`", name.value);
        out.report(file.at(name), message)
            .help("Add it to `environments`, or remove what is said about it.");
    }
}

fn stamp_services(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    let overrides = manifest.stamps.iter().flat_map(|stamp| &stamp.overrides);
    let unknown = overrides.filter(|other| manifest.service(&other.key.value).is_none());
    for name in unknown.map(|other| &other.key) {
        let message = format!("there is no service `{}`", name.value);
        let finding = out.report(file.at(name), message);
        let ids = manifest.services.iter();
        let ids = ids.filter_map(|one| one.id.as_ref().map(|id| id.value.as_str()));
        match nearest(&name.value, ids) {
            Some(near) => finding.help(format!("Did you mean `{near}`?")),
            None => finding.help("Name a service by its `id`."),
        };
    }
}

fn regions(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    let Some(default) = &manifest.default_region else {
        return;
    };
    let first = manifest
        .services
        .iter()
        .filter_map(|one| one.regions.first());
    for region in first.filter(|region| region.value != default.value) {
        let (name, default_name) = (&region.value, &default.value);
        let message =
            format!("the first region is `{name}`, that of the manifest `{default_name}`");
        out.report(file.at(region), message)
            .label(file.at(default), "the region of the manifest")
            .help("Keep it if it is meant.");
    }
}

fn sources(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    for service in &manifest.services {
        let (Some(source), Some(step)) = (&service.source, &service.source_step) else {
            continue;
        };
        let wanted = match source.value.as_str() {
            "user-pin" => "1",
            "deploy-substitute" => "6",
            _ => continue,
        };
        if step.value != wanted {
            let message = format!(
                "a `{}` comes from step {wanted}, not {}",
                source.value, step.value
            );
            out.report(file.at(step), message)
                .label(file.at(source), "who chose the size")
                .help("Set the step in which the size was chosen, or who chose it.");
        }
    }
}

fn denied(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    for (service, size) in manifest.sizes() {
        let Some(label) = service.and_then(|service| service.label.as_ref()) else {
            continue;
        };
        let mut patterns = manifest.patterns.iter().filter(|one| !one.allowed);
        let found = patterns
            .find(|one| one.service == label.value && matches(&size.value, &one.pattern.value));
        if let Some(found) = found {
            let message = format!("policies deny `{}` for `{}`", size.value, label.value);
            out.report(file.at(size), message)
                .label(file.at(&found.pattern), "this denies it")
                .help("Choose another size, or have the policy changed and discovered again.");
        }
    }
}

fn unlisted(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    for (service, size) in manifest.sizes() {
        let Some(label) = service.and_then(|service| service.label.as_ref()) else {
            continue;
        };
        let patterns = manifest.patterns.iter();
        let of_service =
            |one: &&baton_repo::sku_manifest::SkuPattern| one.allowed && one.service == label.value;
        let allowed: Vec<_> = patterns.filter(of_service).collect();
        let Some(first) = allowed.first() else {
            continue;
        };
        if allowed
            .iter()
            .any(|one| matches(&size.value, &one.pattern.value))
        {
            continue;
        }
        let message = format!(
            "policies do not allow `{}` for `{}`",
            size.value, label.value
        );
        let list: Vec<String> = allowed
            .iter()
            .map(|one| format!("`{}`", one.pattern.value))
            .collect();
        out.report(file.at(size), message)
            .label(file.at(&first.key), "what they allow")
            .help(format!("Choose one of {}.", list.join(", ")));
    }
}

fn age(ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    let limit = i64::from(ctx.settings.sku.manifest_days);
    let Some(updated) = manifest.updated_at.as_ref().filter(|_| !is_example(file)) else {
        return;
    };
    let days = days_since(ctx, &updated.value).filter(|days| *days > limit);
    if let Some(days) = days {
        let message = format!("the manifest is {days} days old, more than {limit}");
        out.report(file.at(updated), message)
            .help("See whether the sizes still fit, and write a new revision.");
    }
}

fn undated_prices(_ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    let services = manifest.services.iter().filter(|_| !is_example(file));
    for service in services {
        let dated = service.priced_at.as_ref();
        let dated = dated.filter(|text| text.value.parse::<baton_repo::Moment>().is_ok());
        if let (Some(price), None) = (service.price, dated) {
            out.report(
                file.at(&price),
                "nothing says when this price was asked for",
            )
            .help("Write the time as `cost_estimated_at`.");
        }
    }
}

fn old_prices(ctx: &Ctx<'_>, manifest: &SkuManifest, (file, out): (&File, &mut Findings)) {
    let limit = i64::from(ctx.settings.sku.price_days);
    let services = manifest.services.iter().filter(|_| !is_example(file));
    for service in services.filter(|service| service.price.is_some()) {
        let Some(at) = &service.priced_at else {
            continue;
        };
        let days = days_since(ctx, &at.value).filter(|days| *days > limit);
        if let Some(days) = days {
            out.report(
                file.at(at),
                format!("the price is {days} days old, more than {limit}"),
            )
            .help("Ask for the price again.");
        }
    }
}
