//! References to what a module does not declare, or in a way that means nothing.

use baton_iac::terraform::{HopKind, Reference};
use baton_source::{Span, nearest};

use super::terraform::Judged;
use super::terraform_members;
use super::terraform_walk::{Form, Site, Time, references};

const UNDECLARED: &str = "undeclared-terraform-name";
const MISUSED: &str = "misused-terraform-symbol";

/// Names that begin no reference to a resource, and of which nothing more is said here.
const OTHER_ROOTS: [&str; 11] = [
    "action", "arg", "check", "lazy", "list", "output", "provider", "run", "template", "tofu",
    "actions",
];

/// Judges the references of a module.
pub(crate) fn judge(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    references(module, &mut |site| check(judged, site));
}

fn check<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>) {
    let reference = site.reference;
    match reference.root.as_str() {
        "path" => known(judged, site, &["module", "root", "cwd"]),
        "terraform" => known(judged, site, &["workspace", "applying"]),
        "each" if !site.place.each => {
            misused(judged, site, "`each` has no meaning without `for_each`");
        }
        "each" => known(judged, site, &["key", "value"]),
        "count" if !site.place.count => {
            misused(judged, site, "`count.index` has no meaning without `count`");
        }
        "count" => known(judged, site, &["index"]),
        "self" if site.place.time != Time::Owned => {
            let message = "`self` is known in provisioners, connections and postconditions alone";
            misused(judged, site, message);
        }
        "self" => {}
        "var" | "local" | "module" => named(judged, site),
        "data" | "ephemeral" | "resource" => typed(judged, site),
        root if OTHER_ROOTS.contains(&root) => {}
        _ => resource(judged, site),
    }
}

fn misused<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>, message: &str) {
    judged.add(
        MISUSED,
        (site.file, site.reference.span),
        message.to_owned(),
    );
}

/// An object with a few attributes.
fn known<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>, names: &[&str]) {
    let Reference { root, .. } = site.reference;
    let Some(name) = site.reference.name(0) else {
        let message = format!("`{root}` needs a name behind it");
        judged
            .add(MISUSED, (site.file, site.reference.prefix(0)), message)
            .help(format!(
                "Write `{root}.{}`.",
                names.join(&format!("` or `{root}."))
            ));
        return;
    };
    if !names.contains(&name) {
        let message = format!("there is no `{root}.{name}`");
        judged
            .add(MISUSED, (site.file, site.reference.prefix(1)), message)
            .meant(nearest(name, names.iter().copied()));
    }
}

fn named<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>) {
    let root = &site.reference.root;
    let Some(name) = site.reference.name(0) else {
        let message = format!("`{root}` needs a name behind it");
        judged.add(MISUSED, (site.file, site.reference.prefix(0)), message);
        return;
    };
    let address = format!("{root}.{name}");
    if judged.module.declarations(&address).is_empty() {
        undeclared(judged, site, (&address, site.reference.prefix(1)));
        return;
    }
    terraform_members::judge(judged, site, &address);
}

fn typed<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>) {
    let root = &site.reference.root;
    let (Some(kind), Some(name)) = (site.reference.name(0), site.reference.name(1)) else {
        let message = format!("`{root}` needs a type and a name behind it");
        judged.add(MISUSED, (site.file, site.reference.prefix(1)), message);
        return;
    };
    let address = match root.as_str() {
        "resource" => format!("{kind}.{name}"),
        _ => format!("{root}.{kind}.{name}"),
    };
    declared(judged, site, (&address, 2));
}

fn resource<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>) {
    let root = &site.reference.root;
    let Some(name) = site.reference.name(0) else {
        let message = format!("`{root}` is no name that means something here");
        let roots = ["var", "local", "module", "data", "each", "count", "path"];
        judged
            .add(UNDECLARED, (site.file, site.reference.prefix(0)), message)
            .meant(nearest(root, roots).filter(|_| site.reference.hops.len() > 1));
        return;
    };
    declared(judged, site, (&format!("{root}.{name}"), 1));
}

/// A resource that has to be declared, with or without a key.
fn declared<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>, (address, hops): (&str, usize)) {
    if judged.module.declarations(address).is_empty() {
        undeclared(judged, site, (address, site.reference.prefix(hops)));
        return;
    }
    if site.place.form != Form::Triggers {
        instance(judged, site, (address, hops));
    }
}

fn undeclared<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>, (address, span): (&str, Span)) {
    let module = judged.module;
    if !module.is_whole {
        return;
    }
    let roots = ["var", "local", "module", "data", "each", "count", "path"];
    let root = &site.reference.root;
    let kind = match root.as_str() {
        "var" => "variable",
        "local" => "local value",
        "module" => "module",
        "data" => "data source",
        "ephemeral" => "ephemeral resource",
        _ => "resource",
    };
    let message = format!("{kind} `{address}` is not declared in this module");
    let other = if kind == "resource" {
        // `locals.x` and `vars.x` look like resources.
        let name = address.rsplit('.').next().unwrap_or(address);
        let meant = nearest(root, roots).map(|root| format!("{root}.{name}"));
        meant.filter(|address| module.declared.contains_key(address))
    } else {
        None
    };
    let prefix = |known: &&str| {
        let end = address.rfind('.').map_or(0, |at| at + 1);
        address
            .get(..end)
            .is_some_and(|kind| known.starts_with(kind))
    };
    let known = module.declared.keys().map(String::as_str).filter(prefix);
    let meant = other.as_deref().or_else(|| nearest(address, known));
    judged
        .add(UNDECLARED, (site.file, span), message)
        .mild(site.place.form == Form::Triggers)
        .meant(meant);
}

/// Whether a resource is asked for an instance when, and only when, it has several.
fn instance<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>, (address, hops): (&str, usize)) {
    let module = judged.module;
    let is_plain = module.declarations(address).len() == 1 && !module.is_in_json(address);
    let (true, Some((file, block))) = (is_plain, module.declaring(address).next()) else {
        return;
    };
    let Some(next) = site.reference.hops.get(hops) else {
        return;
    };
    let mut by = ["count", "for_each"].into_iter();
    let by = by.find_map(|name| block.body.attribute(name));
    let span = site.reference.prefix(hops + 1);
    match (&next.kind, by) {
        (HopKind::Name(_), Some(by)) if site.place.form == Form::Value => {
            let key = if by.name == "count" {
                "[0]"
            } else {
                "[\"…\"]"
            };
            let message = format!(
                "`{address}` has `{}`, and no instance is named here",
                by.name
            );
            judged
                .add("mismatched-instance-key", (site.file, span), message)
                .label(file, by.name_span, "it stands for several here")
                .help(format!(
                    "Write `{address}{key}`, or `{address}[*]` for all."
                ));
        }
        (HopKind::Key(_), None) => {
            let message =
                format!("`{address}` has neither `count` nor `for_each`, so it has no instances");
            judged
                .add("mismatched-instance-key", (site.file, span), message)
                .label(file, block.span, "it stands for one resource")
                .help("Remove the index.");
        }
        _ => {}
    }
}
