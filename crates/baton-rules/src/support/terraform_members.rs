//! What is taken out of variables, local values and modules whose parts are known.

use baton_iac::model::{Expr, ExprKind};
use baton_iac::terraform::HopKind;
use baton_iac::terraform::constraint::{Type, constraint};
use baton_repo::TerraformModule;
use baton_repo::terraform_module::DeclaredBy;
use baton_source::nearest;

use super::terraform::Judged;
use super::terraform_walk::{Form, Site};

/// Judges a reference to something that is declared.
pub(crate) fn judge<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>, address: &str) {
    if site.place.form != Form::Value {
        return;
    }
    match site.reference.root.as_str() {
        "var" => {
            if let Some(kind) = variable_type(judged.module, address) {
                members(judged, site, &kind);
            }
        }
        "local" => local(judged, site, address),
        _ => output(judged, site, address),
    }
}

/// The type of a variable, if it is known.
pub(crate) fn variable_type(module: &TerraformModule<'_>, address: &str) -> Option<Type> {
    if module.is_in_json(address) {
        return None;
    }
    let (_, attribute) = module.argument(address, "type")?;
    let (kind, errors) = constraint(&attribute.value);
    errors.is_empty().then_some(kind)
}

const UNKNOWN: &str = "unknown-object-attribute";

/// Every step into a value of a type, as far as it can be told.
fn members<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>, kind: &Type) {
    if site.reference.is_guarded {
        return;
    }
    let mut kind = kind;
    for (at, hop) in site.reference.hops.iter().enumerate().skip(1) {
        kind = match (&hop.kind, kind) {
            (HopKind::Name(name), Type::Object(fields)) => {
                let Some(member) = kind.member(name) else {
                    let span = site.reference.prefix(at + 1);
                    let message = format!("the type of this object has no attribute `{name}`");
                    let names = fields.iter().map(|field| field.name.as_str());
                    judged
                        .add(UNKNOWN, (site.file, span), message)
                        .mild(site.reference.is_lazy)
                        .meant(nearest(name, names));
                    return;
                };
                member
            }
            (HopKind::Key(_) | HopKind::Computed, Type::List(inner) | Type::Map(inner))
            | (HopKind::Splat, Type::List(inner) | Type::Set(inner))
            | (HopKind::Name(_), Type::Map(inner)) => inner,
            _ => return,
        };
    }
}

/// A step into an object that is written down in `locals`.
fn local<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>, address: &str) {
    let module = judged.module;
    let [one] = module.declarations(address) else {
        return;
    };
    let DeclaredBy::Argument(attribute) = one.by else {
        return;
    };
    if site.reference.is_guarded {
        return;
    }
    let mut value: &Expr = &attribute.value;
    for (at, hop) in site.reference.hops.iter().enumerate().skip(1) {
        let (HopKind::Name(name), ExprKind::Object(properties)) = (&hop.kind, &value.kind) else {
            return;
        };
        if properties.iter().any(|it| it.name().is_none()) {
            return;
        }
        let mut named = properties.iter().rev();
        let Some(found) = named.find(|it| it.name() == Some(name)) else {
            let span = site.reference.prefix(at + 1);
            let message = format!("`{address}` has no attribute `{name}`");
            let names = properties.iter().filter_map(|it| it.name());
            judged
                .add(UNKNOWN, (site.file, span), message)
                .mild(site.reference.is_lazy)
                .meant(nearest(name, names))
                .label(one.file, one.span, "it is made here");
            return;
        };
        value = &found.value;
    }
}

/// An output of a module in this repository.
fn output<'r>(judged: &mut Judged<'_, 'r>, site: &Site<'r, '_>, address: &str) {
    let module = judged.module;
    let hops = &site.reference.hops;
    let plain = module.declarations(address).len() == 1 && !module.is_in_json(address);
    let (true, Some((file, call))) = (plain, module.declaring(address).next()) else {
        return;
    };
    let counted = call.body.attribute("count");
    let is_keyed = hops
        .get(1)
        .is_some_and(|hop| matches!(hop.kind, HopKind::Key(_)));
    let at = if is_keyed { 2 } else { 1 };
    let Some(name) = site.reference.name(at) else {
        return;
    };
    let span = site.reference.prefix(at + 1);
    if let (Some(count), false) = (counted, is_keyed) {
        let message = format!("`{address}` has `count`, and no instance is named here");
        judged
            .add("mismatched-instance-key", (site.file, span), message)
            .label(file, count.name_span, "it stands for several here")
            .help(format!(
                "Write `{address}[0].{name}`, or `{address}[*].{name}` for all."
            ));
        return;
    }
    // What looks like an output may be the key of an instance.
    let is_instance = call.body.attribute("for_each").is_some() && !is_keyed;
    let label = call.label(0).unwrap_or("");
    let (false, false, Some(callee)) =
        (is_instance, site.reference.is_guarded, judged.callee(label))
    else {
        return;
    };
    if !callee.declarations(&format!("output.{name}")).is_empty() {
        return;
    }
    let outputs = callee
        .declared
        .keys()
        .filter_map(|it| it.strip_prefix("output."));
    let meant = nearest(name, outputs);
    let message = format!("module `{label}` has no output `{name}`");
    judged
        .add("undeclared-module-output", (site.file, span), message)
        .mild(site.reference.is_lazy)
        .meant(meant)
        .label(
            file,
            call.span,
            format!("it is the module in `{}`", shown(callee.folder)),
        );
}

/// A folder in a sentence.
pub(crate) fn shown(folder: &str) -> &str {
    if folder.is_empty() { "." } else { folder }
}
