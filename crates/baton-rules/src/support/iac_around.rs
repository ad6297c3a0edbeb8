//! The resources around one: which of them configure it.

use baton_iac::evaluate::{Scope, Site};
use baton_iac::model::{Expr, ExprKind, Key, Language, Resource, Step, Template, TemplatePart};

use super::iac_rows::{Elsewhere, split};

/// What is deployed together with a resource.
pub(crate) struct Around<'a> {
    /// The language of all of it.
    pub(crate) language: Language,
    /// What the names in it stand for.
    pub(crate) scope: &'a dyn Scope,
    /// The files, the resource's own first.
    pub(crate) templates: Vec<&'a Template>,
}

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

impl Around<'_> {
    /// Whether a property of `resource` is set at one of these places.
    pub(crate) fn sets(&self, resource: &Resource, places: &[Elsewhere]) -> Answer {
        let mut answer = Answer::No;
        for place in places {
            match self.sets_at(resource, place) {
                Answer::Yes => return Answer::Yes,
                Answer::Unclear => answer = Answer::Unclear,
                Answer::No => {}
            }
        }
        answer
    }

    /// Whether modules are given the resource, or others can ask for it: they may add to it.
    pub(crate) fn is_handed_on(&self, resource: &Resource) -> bool {
        self.templates.iter().any(|template| {
            let calls = template.modules.iter().map(|call| &call.arguments);
            let outputs = template.symbols.iter().filter_map(|symbol| {
                let is_output = symbol.kind == baton_iac::model::SymbolKind::Output;
                symbol.value.as_ref().filter(|_| is_output)
            });
            calls
                .chain(outputs)
                .any(|expr| mentions(expr, &resource.address))
        })
    }

    fn sets_at(&self, resource: &Resource, place: &Elsewhere) -> Answer {
        let Some(kind) = &place.kind else {
            return self.sets_path(resource, place);
        };
        let mut answer = Answer::No;
        for template in &self.templates {
            let others = template.resources.iter().filter(|other| {
                let is_kind = match self.language {
                    Language::Terraform => other.kind == *kind,
                    _ => other.kind.eq_ignore_ascii_case(kind),
                };
                is_kind && !other.existing
            });
            for other in others {
                match self.configures(template, other, (resource, place)) {
                    Answer::Yes => return Answer::Yes,
                    Answer::Unclear => answer = Answer::Unclear,
                    Answer::No => {}
                }
            }
        }
        answer
    }

    fn configures(
        &self,
        template: &Template,
        other: &Resource,
        (resource, place): (&Resource, &Elsewhere),
    ) -> Answer {
        if !self.is_named(other, &place.named) || self.sets_path(other, place) == Answer::No {
            return Answer::No;
        }
        match &place.link {
            Some(link) => self.links(other, link, resource),
            None => self.is_child(template, other, resource),
        }
    }

    fn sets_path(&self, resource: &Resource, place: &Elsewhere) -> Answer {
        let Some(path) = &place.path else {
            return Answer::Yes;
        };
        let values = Site::resource(self.scope, resource).lookup(&split(path));
        if values.candidates.is_empty() && !values.unknown {
            Answer::No
        } else {
            Answer::Yes
        }
    }

    fn is_named(&self, other: &Resource, names: &[String]) -> bool {
        let values = Site::resource(self.scope, other).lookup(&["name"]);
        names.is_empty()
            || values.unknown
            || values.candidates.iter().any(|candidate| {
                let name = candidate.value.as_text().unwrap_or_default();
                let name = name.rsplit('/').next().unwrap_or(name);
                names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name))
            })
    }

    /// Whether an attribute refers to the resource.
    fn links(&self, other: &Resource, link: &str, resource: &Resource) -> Answer {
        let Some(property) = other.body.property(link) else {
            return Answer::Unclear;
        };
        let mut answer = Answer::No;
        let mut roots = Vec::new();
        references(&property.value, &mut roots);
        if roots.iter().any(|root| *root == resource.address) {
            return Answer::Yes;
        }
        let is_other = |root: &&str| {
            root.split_once('.')
                .is_some_and(|(kind, _)| kind.starts_with("azurerm_") || kind == "data")
        };
        if roots.is_empty() || !roots.iter().all(is_other) {
            answer = Answer::Unclear;
        }
        answer
    }

    /// Whether a Bicep resource is a child of another, by its parent or by its name.
    fn is_child(&self, template: &Template, other: &Resource, resource: &Resource) -> Answer {
        if let Some(parent) = other.parent {
            let parent = template.resources.get(parent);
            return if parent.is_some_and(|parent| std::ptr::eq(parent, resource)) {
                Answer::Yes
            } else {
                Answer::No
            };
        }
        let name = other.body.properties().iter().find(|property| {
            property
                .name()
                .is_some_and(|name| name.eq_ignore_ascii_case("name"))
        });
        let Some(name) = name else {
            return Answer::Unclear;
        };
        if mentions(&name.value, &resource.address) {
            return Answer::Yes;
        }
        let values = Site::resource(self.scope, resource).lookup(&["name"]);
        let others = Site::resource(self.scope, other).lookup(&["name"]);
        let text = |values: &baton_iac::evaluate::Values| match values.candidates.as_slice() {
            [one] if !values.unknown => one.value.as_text().map(str::to_owned),
            _ => None,
        };
        match (text(&values), text(&others)) {
            (Some(parent), Some(child)) => match child.rsplit_once('/') {
                Some((first, _)) if first.eq_ignore_ascii_case(&parent) => Answer::Yes,
                _ => Answer::No,
            },
            _ => Answer::Unclear,
        }
    }
}

/// Whether an expression refers to something.
fn mentions(expr: &Expr, address: &str) -> bool {
    let mut roots = Vec::new();
    references(expr, &mut roots);
    roots.contains(&address)
}

/// Everything that an expression refers to.
fn references<'e>(expr: &'e Expr, roots: &mut Vec<&'e str>) {
    match &expr.kind {
        ExprKind::Reference { root, path } => {
            roots.push(root);
            indexes(path, roots);
        }
        ExprKind::Access { base, path } => {
            references(base, roots);
            indexes(path, roots);
        }
        ExprKind::Template(parts) => {
            for part in parts {
                if let TemplatePart::Value(value) = part {
                    references(value, roots);
                }
            }
        }
        ExprKind::Array(items) => items.iter().for_each(|item| references(item, roots)),
        ExprKind::Object(properties) => {
            for property in properties {
                if let Key::Computed(key) = &property.key {
                    references(key, roots);
                }
                references(&property.value, roots);
            }
        }
        ExprKind::Conditional {
            condition,
            then,
            otherwise,
        } => {
            for part in [condition, then, otherwise] {
                references(part, roots);
            }
        }
        ExprKind::Call { arguments, .. } => {
            arguments.iter().for_each(|item| references(item, roots));
        }
        ExprKind::Operation { operands, .. } => {
            operands.iter().for_each(|item| references(item, roots));
        }
        ExprKind::Spread(inner) => references(inner, roots),
        _ => {}
    }
}

fn indexes<'e>(path: &'e [Step], roots: &mut Vec<&'e str>) {
    for step in path {
        if let Step::Index(index) = step {
            references(index, roots);
        }
    }
}
