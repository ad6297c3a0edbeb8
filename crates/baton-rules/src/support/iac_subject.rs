//! What a rule about infrastructure judges: a resource as one use of its module makes it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use baton_iac::azapi::{self, Azapi};
use baton_iac::evaluate::{Elements, EntrySet, Place, Scope as _, Site, Values};
use baton_iac::model::{Language, ModuleCall, Resource};
use baton_iac::program::Instance;
use baton_source::{FileId, Span};

use super::iac::modules::{self, VirtualResource};
use super::iac_module_values::Deployed;
use crate::{Ctx, File};

/// A resource in one use of the module that declares it, and one round of its loop.
pub(crate) struct Subject<'a> {
    /// Its type, of ARM or of a Terraform provider.
    pub(crate) kind: Cow<'a, str>,
    /// Whose names its properties have.
    pub(crate) dialect: Language,
    /// What the template calls it, or the module that deploys it.
    pub(crate) address: &'a str,
    /// The header of its declaration.
    pub(crate) header: Span,
    /// The resource as declared; `None` if a module of a registry deploys it.
    pub(crate) resource: Option<&'a Resource>,
    /// The use of the module.
    pub(crate) instance: &'a Instance<'a>,
    site: Site<'a>,
    shape: Shape<'a>,
}

/// How a property is found.
enum Shape<'a> {
    /// Where its path says.
    Plain,
    /// Where the provider for ARM has it.
    Azapi(Azapi<'a>),
    /// Where a module of a registry takes it from.
    Module(Deployed<'a>),
}

/// What was told already: a place that several uses of a module share is told once.
#[derive(Default)]
pub(crate) struct Told(BTreeSet<(Option<FileId>, Span, String)>);

impl Told {
    /// Whether somebody has said this of the place.
    pub(crate) fn has(&self, place: Place, message: &str) -> bool {
        self.0
            .contains(&(place.file, place.span, message.to_owned()))
    }

    /// Whether nobody has said this of the place; from here on somebody has.
    pub(crate) fn is_new(&mut self, place: Place, message: &str) -> bool {
        self.0.insert((place.file, place.span, message.to_owned()))
    }
}

type Wants<'w> = &'w dyn Fn(Language, &str) -> bool;

/// What a file declares, if `wants` takes its type (in the dialect of the language given with it).
///
/// A file that is used several times gives its resources several times.
pub(crate) fn subjects<'c>(ctx: &'c Ctx<'_>, file: &File, wants: Wants<'_>) -> Vec<Subject<'c>> {
    let Some(iac) = file.iac() else {
        return Vec::new();
    };
    let mut all = Vec::new();
    let program = ctx.program(iac.template.language);
    for instance in program.instances(file.id) {
        if let Some(unit) = instance.module.unit(file.id) {
            let resources = unit.template.resources.iter();
            for resource in resources.filter(|resource| !resource.existing) {
                all.extend(declared(instance, resource, wants));
            }
            let calls = unit.template.modules.iter();
            all.extend(calls.flat_map(|call| deployed(instance, call, wants)));
        }
    }
    all
}

/// The resources of the same use of the module, this one and those that are only looked up included.
pub(crate) fn siblings<'a>(subject: &Subject<'a>, wants: Wants<'_>) -> Vec<Subject<'a>> {
    let instance = subject.instance;
    let resources = instance.module.resources().map(|(_, resource)| resource);
    resources
        .flat_map(|resource| declared(instance, resource, wants))
        .collect()
}

/// The rounds of a resource: each alone if they are known.
fn declared<'a>(
    instance: &'a Instance<'a>,
    resource: &'a Resource,
    wants: Wants<'_>,
) -> Vec<Subject<'a>> {
    let azapi = azapi::of(resource);
    let (dialect, kind) = match &azapi {
        Some(azapi) => (Language::Bicep, azapi.kind),
        None => (instance.language(), resource.kind.as_str()),
    };
    if !wants(dialect, kind) {
        return Vec::new();
    }
    let subject = |site| Subject {
        kind: Cow::Borrowed(kind),
        dialect,
        address: &resource.address,
        header: resource.span,
        resource: Some(resource),
        instance,
        site,
        shape: azapi.map_or(Shape::Plain, Shape::Azapi),
    };
    let site = Site::resource(instance, resource);
    if site.is_never(resource.condition.as_ref()) {
        return Vec::new();
    }
    rounds(site).into_iter().map(subject).collect()
}

/// What a call of a module of a registry deploys, in each round of its loop.
fn deployed<'a>(
    instance: &'a Instance<'a>,
    call: &'a ModuleCall,
    wants: Wants<'_>,
) -> Vec<Subject<'a>> {
    let Some(module) = modules::module(instance.language(), &call.source) else {
        return Vec::new();
    };
    let wanted = |resource: &&VirtualResource| wants(resource.dialect(), &resource.kind);
    let resources: Vec<&'static VirtualResource> = module.resources.iter().filter(wanted).collect();
    let mut all = Vec::new();
    let site = Site::call(instance, call);
    if site.is_never(call.condition.as_ref()) {
        return Vec::new();
    }
    for site in rounds(site) {
        for resource in &resources {
            let deployed = Deployed::all(resource, call, &site);
            all.extend(deployed.into_iter().map(|deployed| Subject {
                kind: Cow::Borrowed(resource.kind.as_str()),
                dialect: resource.dialect(),
                address: &call.address,
                header: call.span,
                resource: None,
                instance,
                site,
                shape: Shape::Module(deployed),
            }));
        }
    }
    all
}

/// The rounds of a loop: each alone if they are known.
fn rounds(any: Site<'_>) -> Vec<Site<'_>> {
    let site = |round| Site { round, ..any };
    match any.rounds() {
        Some(count) if count > 0 => (0..count).map(|round| site(Some(round))).collect(),
        _ => vec![any],
    }
}

impl<'a> Subject<'a> {
    /// The values of the property at `path`, in the names of its dialect.
    pub(crate) fn lookup(&self, path: &[&str]) -> Values {
        match &self.shape {
            Shape::Plain => self.site.lookup(path),
            Shape::Azapi(azapi) => open(azapi, self.site.lookup(&azapi.path(path))),
            Shape::Module(deployed) => deployed.lookup(&self.site, path),
        }
    }

    /// The values of the elements of the lists at `path`.
    pub(crate) fn elements(&self, path: &[&str]) -> Values {
        match &self.shape {
            Shape::Plain => self.site.elements(path),
            Shape::Azapi(azapi) => open(azapi, self.site.elements(&azapi.path(path))),
            Shape::Module(deployed) => deployed.elements(&self.site, path),
        }
    }

    /// The elements of the lists at `path`, each to be looked into on its own.
    pub(crate) fn items(&self, path: &[&str]) -> Elements<'a> {
        match &self.shape {
            Shape::Plain => self.site.items(path),
            Shape::Azapi(azapi) => self.site.items(&azapi.path(path)),
            Shape::Module(deployed) => deployed.items(&self.site, path),
        }
    }

    /// The properties of every object that the property at `path` may be.
    pub(crate) fn entries(&self, path: &[&str]) -> Vec<EntrySet> {
        match &self.shape {
            Shape::Plain => self.site.entries(path),
            Shape::Azapi(azapi) => self.site.entries(&azapi.path(path)),
            Shape::Module(deployed) => deployed.entries(&self.site, path),
        }
    }
}

/// The values of a resource that may have more than its text says.
fn open(azapi: &Azapi<'_>, mut values: Values) -> Values {
    if azapi.partial && values.absent {
        values.absent = false;
        values.unknown = true;
    }
    values
}
