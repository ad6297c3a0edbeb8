//! The resources around one: which of them configure it.

use std::collections::{BTreeMap, BTreeSet};

use baton_iac::model::{Language, Resource};
use baton_iac::program::Instance;

use super::iac_rows::{Elsewhere, split};
use super::iac_subject::{Subject, siblings};

/// Whether another resource sets a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// None does.
    No,
    /// One does.
    Yes,
    /// One does for this resource or for another.
    Unclear,
}

/// What is known of the resources around those of a file, found once for all of them.
#[derive(Default)]
pub(crate) struct Around<'a>(BTreeMap<(*const Instance<'a>, *const Elsewhere), Others<'a>>);

/// Resources that set a property of another, by what they say of that.
#[derive(Default)]
struct Others<'a> {
    /// What they refer to.
    addresses: BTreeSet<&'a str>,
    /// What they are nested in, or name as their parent.
    parents: BTreeSet<*const Resource>,
    /// What their names begin with, in small letters.
    names: BTreeSet<String>,
    /// One has only a name to tell by.
    is_named: bool,
    /// One may belong to any.
    is_unclear: bool,
}

impl<'a> Around<'a> {
    /// Whether a property of `subject` is set at one of these places.
    pub(crate) fn sets(&mut self, subject: &Subject<'a>, places: &[Elsewhere]) -> Answer {
        let mut answer = Answer::No;
        for place in places {
            match self.sets_at(subject, place) {
                Answer::Yes => return Answer::Yes,
                Answer::Unclear => answer = Answer::Unclear,
                Answer::No => {}
            }
        }
        answer
    }

    fn sets_at(&mut self, subject: &Subject<'a>, place: &Elsewhere) -> Answer {
        let Some(kind) = &place.kind else {
            return sets_path(subject, place);
        };
        let key = (
            std::ptr::from_ref(subject.instance),
            std::ptr::from_ref(place),
        );
        let others = self.0.entry(key);
        let others = others.or_insert_with(|| Others::of(subject, kind, place));
        others.answer(subject)
    }
}

impl<'a> Others<'a> {
    fn of(subject: &Subject<'a>, kind: &str, place: &Elsewhere) -> Others<'a> {
        let wants = |language: Language, other: &str| match language {
            Language::Terraform => other == kind,
            Language::Bicep | Language::Arm => other.eq_ignore_ascii_case(kind),
        };
        let mut others = Others::default();
        for other in &siblings(subject, &wants) {
            let Some(resource) = other.resource.filter(|it| !it.existing) else {
                continue;
            };
            if !is_named(other, &place.named) || sets_path(other, place) == Answer::No {
                continue;
            }
            match &place.link {
                Some(link) => others.link(other, resource, link),
                None => others.nest(other, resource),
            }
        }
        others
    }

    fn answer(&self, subject: &Subject<'_>) -> Answer {
        let is_parent = |it: &Resource| self.parents.contains(&std::ptr::from_ref(it));
        if self.addresses.contains(subject.address) || subject.resource.is_some_and(is_parent) {
            return Answer::Yes;
        }
        let name = only_name(subject).filter(|_| self.is_named);
        let name = name.map(|name| name.to_ascii_lowercase());
        let is_unclear = self.is_unclear || (self.is_named && name.is_none());
        match name {
            Some(name) if self.names.contains(&name) => Answer::Yes,
            _ if is_unclear => Answer::Unclear,
            _ => Answer::No,
        }
    }

    /// Adds a resource that refers to another by an attribute.
    fn link(&mut self, other: &Subject<'a>, resource: &'a Resource, link: &str) {
        // One that refers by another attribute has that written down, too.
        let Some(property) = resource.body.property(link) else {
            return;
        };
        let module = &other.instance.module;
        let is_resource = |root: &&str| {
            let is_data = root.starts_with("data.") || root.starts_with("azurerm_");
            is_data || module.declares(root)
        };
        let roots = property.value.roots();
        self.is_unclear |= roots.is_empty() || !roots.iter().all(is_resource);
        self.addresses.extend(roots);
    }

    /// Adds a Bicep resource that is a child of another, by its parent or by its name.
    fn nest(&mut self, other: &Subject<'a>, resource: &'a Resource) {
        if resource.body.property("parent_id").is_some() {
            return self.link(other, resource, "parent_id");
        }
        if let Some(parent) = parent(other) {
            self.parents.insert(std::ptr::from_ref(parent));
            return;
        }
        let mut properties = resource.body.properties().iter();
        let is_name = |name: &str| name.eq_ignore_ascii_case("name");
        let Some(name) = properties.find(|it| it.name().is_some_and(is_name)) else {
            self.is_unclear = true;
            return;
        };
        self.addresses.extend(name.value.roots());
        let Some(child) = only_name(other) else {
            self.is_unclear = true;
            return;
        };
        self.is_named = true;
        if let Some((first, _)) = child.rsplit_once('/') {
            self.names.insert(first.to_ascii_lowercase());
        }
    }
}

/// Whether modules are given the resource, or who calls this one can ask for it: they may add to it.
pub(crate) fn is_handed_on(subject: &Subject<'_>) -> bool {
    let instance = subject.instance;
    let module = &instance.module;
    module.hands_on(subject.address, instance.call.is_some())
}

fn sets_path(subject: &Subject<'_>, place: &Elsewhere) -> Answer {
    let Some(path) = &place.path else {
        return Answer::Yes;
    };
    let values = subject.lookup(&split(path));
    if values.candidates.is_empty() && !values.unknown {
        Answer::No
    } else {
        Answer::Yes
    }
}

fn is_named(other: &Subject<'_>, names: &[String]) -> bool {
    let values = other.lookup(&["name"]);
    names.is_empty()
        || values.unknown
        || values.candidates.iter().any(|candidate| {
            let name = candidate.value.as_text().unwrap_or_default();
            let name = name.rsplit('/').next().unwrap_or(name);
            names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name))
        })
}

fn parent<'a>(subject: &Subject<'a>) -> Option<&'a Resource> {
    let child = subject.resource?;
    let at = child.parent?;
    let mut units = subject.instance.module.units.iter();
    let unit = units.find(|unit| {
        let range = unit.template.resources.as_ptr_range();
        range.contains(&std::ptr::from_ref(child))
    });
    unit?.template.resources.get(at)
}

fn only_name(subject: &Subject<'_>) -> Option<String> {
    let values = subject.lookup(&["name"]);
    match values.candidates.as_slice() {
        [one] if !values.unknown => one.value.as_text().map(str::to_owned),
        _ => None,
    }
}
