//! What a rule about infrastructure judges: a resource as one use of its module makes it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use baton_iac::evaluate::{Elements, EntrySet, Place, Scope as _, Site, Values};
use baton_iac::model::{Language, Resource};
use baton_iac::program::Instance;
use baton_source::{FileId, Span};

use crate::{Ctx, File};

/// A resource in one use of the module that declares it, and one round of its loop.
pub(crate) struct Subject<'a> {
    /// Its type, of ARM or of a Terraform provider.
    pub(crate) kind: Cow<'a, str>,
    /// Whose names its properties have.
    pub(crate) dialect: Language,
    /// What the template calls it.
    #[expect(dead_code, reason = "for properties that other resources set")]
    pub(crate) address: &'a str,
    /// The header of its declaration.
    #[expect(dead_code, reason = "for properties that are missing")]
    pub(crate) header: Span,
    /// The resource as declared.
    #[expect(dead_code, reason = "for properties that other resources set")]
    pub(crate) resource: &'a Resource,
    /// The use of the module.
    pub(crate) instance: &'a Instance<'a>,
    site: Site<'a>,
}

/// What was told already: a place that several uses of a module share is told once.
#[derive(Default)]
pub(crate) struct Told(BTreeSet<(Option<FileId>, Span, String)>);

impl Told {
    /// Whether nobody has said this of the place.
    pub(crate) fn is_new(&mut self, place: Place, message: &str) -> bool {
        self.0.insert((place.file, place.span, message.to_owned()))
    }
}

/// What a file declares, if `wants` takes its type (in the dialect of the language given with it).
///
/// A file that is used several times gives its resources several times.
pub(crate) fn subjects<'c>(
    ctx: &'c Ctx<'_>,
    file: &File,
    wants: &dyn Fn(Language, &str) -> bool,
) -> Vec<Subject<'c>> {
    let mut all = Vec::new();
    for instance in ctx.program().instances(file.id) {
        let units = instance.module.units.iter();
        for unit in units.filter(|unit| unit.file == file.id) {
            let resources = unit.template.resources.iter();
            let declared = resources.filter(|resource| !resource.existing);
            for resource in declared.filter(|it| wants(instance.language(), &it.kind)) {
                all.extend(rounds(instance, resource));
            }
        }
    }
    all
}

#[expect(dead_code, reason = "for properties that other resources set")]
/// The resources of the same use of the module, this one and those that are only looked up included.
pub(crate) fn siblings<'a>(
    subject: &Subject<'a>,
    wants: &dyn Fn(Language, &str) -> bool,
) -> Vec<Subject<'a>> {
    let instance = subject.instance;
    let resources = instance.module.resources().map(|(_, resource)| resource);
    resources
        .filter(|resource| wants(instance.language(), &resource.kind))
        .flat_map(|resource| rounds(instance, resource))
        .collect()
}

/// The rounds of a resource: each alone if they are known.
fn rounds<'a>(instance: &'a Instance<'a>, resource: &'a Resource) -> Vec<Subject<'a>> {
    let any = Site::resource(instance, resource);
    let subject = |round| Subject {
        kind: Cow::Borrowed(resource.kind.as_str()),
        dialect: instance.language(),
        address: &resource.address,
        header: resource.span,
        resource,
        instance,
        site: Site { round, ..any },
    };
    match any.rounds() {
        Some(count) if count > 0 => (0..count).map(|round| subject(Some(round))).collect(),
        _ => vec![subject(None)],
    }
}

impl<'a> Subject<'a> {
    /// The values of the property at `path`, in the names of its dialect.
    pub(crate) fn lookup(&self, path: &[&str]) -> Values {
        self.site.lookup(path)
    }

    /// The values of the elements of the lists at `path`.
    pub(crate) fn elements(&self, path: &[&str]) -> Values {
        self.site.elements(path)
    }

    #[expect(dead_code, reason = "for rules about elements of lists")]
    /// The elements of the lists at `path`, each to be looked into on its own.
    pub(crate) fn items(&self, path: &[&str]) -> Elements<'a> {
        self.site.items(path)
    }

    /// The properties of every object that the property at `path` may be.
    pub(crate) fn entries(&self, path: &[&str]) -> Vec<EntrySet> {
        self.site.entries(path)
    }
}
