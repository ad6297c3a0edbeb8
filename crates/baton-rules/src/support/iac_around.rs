//! The resources around one: which of them configure it.

use baton_iac::model::{Language, Resource};

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

/// Whether a property of `subject` is set at one of these places.
pub(crate) fn sets(subject: &Subject<'_>, places: &[Elsewhere]) -> Answer {
    let mut answer = Answer::No;
    for place in places {
        match sets_at(subject, place) {
            Answer::Yes => return Answer::Yes,
            Answer::Unclear => answer = Answer::Unclear,
            Answer::No => {}
        }
    }
    answer
}

/// Whether modules are given the resource, or who calls this one can ask for it: they may add to it.
pub(crate) fn is_handed_on(subject: &Subject<'_>) -> bool {
    let instance = subject.instance;
    let module = &instance.module;
    module.hands_on(subject.address, instance.call.is_some())
}

fn sets_at(subject: &Subject<'_>, place: &Elsewhere) -> Answer {
    let Some(kind) = &place.kind else {
        return sets_path(subject, place);
    };
    let wants = |language: Language, other: &str| match language {
        Language::Terraform => other == kind,
        Language::Bicep | Language::Arm => other.eq_ignore_ascii_case(kind),
    };
    let mut answer = Answer::No;
    let others = siblings(subject, &wants);
    for other in &others {
        if other.resource.is_none_or(|it| it.existing) {
            continue;
        }
        if !is_named(other, &place.named) || sets_path(other, place) == Answer::No {
            continue;
        }
        let linked = match &place.link {
            Some(link) => links(other, link, subject),
            None => is_child(other, subject),
        };
        match linked {
            Answer::Yes => return Answer::Yes,
            Answer::Unclear => answer = Answer::Unclear,
            Answer::No => {}
        }
    }
    answer
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

/// Whether an attribute refers to the resource.
fn links(other: &Subject<'_>, link: &str, subject: &Subject<'_>) -> Answer {
    let property = other.resource.and_then(|it| it.body.property(link));
    // One that refers by another attribute has that written down, too.
    let Some(property) = property else {
        return Answer::No;
    };
    let roots = property.value.roots();
    if roots.contains(&subject.address) {
        return Answer::Yes;
    }
    let module = &subject.instance.module;
    let is_resource = |root: &&str| {
        let is_data = root.starts_with("data.") || root.starts_with("azurerm_");
        is_data || module.declares(root)
    };
    if !roots.is_empty() && roots.iter().all(is_resource) {
        Answer::No
    } else {
        Answer::Unclear
    }
}

/// Whether a Bicep resource is a child of another, by its parent or by its name.
fn is_child(other: &Subject<'_>, subject: &Subject<'_>) -> Answer {
    let Some(resource) = other.resource else {
        return Answer::Unclear;
    };
    if resource.body.property("parent_id").is_some() {
        return links(other, "parent_id", subject);
    }
    if let Some(parent) = parent(other) {
        return if subject.resource.is_some_and(|it| std::ptr::eq(it, parent)) {
            Answer::Yes
        } else {
            Answer::No
        };
    }
    let name = resource.body.properties().iter().find(|property| {
        property
            .name()
            .is_some_and(|name| name.eq_ignore_ascii_case("name"))
    });
    let Some(name) = name else {
        return Answer::Unclear;
    };
    if name.value.roots().contains(&subject.address) {
        return Answer::Yes;
    }
    match (only_name(subject), only_name(other)) {
        (Some(parent), Some(child)) => match child.rsplit_once('/') {
            Some((first, _)) if first.eq_ignore_ascii_case(&parent) => Answer::Yes,
            _ => Answer::No,
        },
        _ => Answer::Unclear,
    }
}

fn parent<'a>(subject: &Subject<'a>) -> Option<&'a Resource> {
    let child = subject.resource?;
    let mut units = subject.instance.module.units.iter();
    let unit = units.find(|unit| {
        let range = unit.template.resources.as_ptr_range();
        range.contains(&std::ptr::from_ref(child))
    });
    unit?.template.resources.get(child.parent?)
}

fn only_name(subject: &Subject<'_>) -> Option<String> {
    let values = subject.lookup(&["name"]);
    match values.candidates.as_slice() {
        [one] if !values.unknown => one.value.as_text().map(str::to_owned),
        _ => None,
    }
}
