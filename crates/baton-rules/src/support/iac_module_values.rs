//! The properties of what a module of a registry deploys, as a call of it decides them.

use baton_iac::evaluate::{
    Candidate, Element, Elements, EntrySet, Known, Origin, Place, Site, Values, Via,
};
use baton_iac::model::ModuleCall;
use baton_source::Span;

use super::iac::modules::{Given, Mapped, Otherwise, Translation, VirtualResource, version_of};

/// A resource that a call deploys, for one item of a parameter if the module makes one for each.
pub(crate) struct Deployed<'a> {
    resource: &'static VirtualResource,
    version: Option<String>,
    /// The source of the call: what the module decides itself is told there.
    source: Span,
    item: Option<Element<'a>>,
}

impl<'a> Deployed<'a> {
    /// The resources of one kind that a call deploys; those that may exist count.
    pub(crate) fn all(
        resource: &'static VirtualResource,
        call: &'a ModuleCall,
        site: &Site<'a>,
    ) -> Vec<Deployed<'a>> {
        let (language, version) = (site.scope.language(), call.version.as_deref());
        let version = version_of(language, &call.source, version);
        let given = |path: &[&str]| Given::of(&site.lookup(path));
        if resource.exists(version, &given) == Some(false) {
            return Vec::new();
        }
        let deployed = |item| Deployed {
            resource,
            version: version.map(str::to_owned),
            source: call.source_span,
            item,
        };
        let Some(each) = &resource.each else {
            return vec![deployed(None)];
        };
        let path: Vec<&str> = each.split('/').collect();
        let items = site.items(&path).items.into_iter();
        items.map(|item| deployed(Some(item))).collect()
    }

    pub(crate) fn lookup(&self, site: &Site<'a>, path: &[&str]) -> Values {
        match self.mapped(site, path) {
            Mapped::Parameter {
                path,
                in_item,
                translation,
                otherwise,
            } => {
                let values = match (&self.item, in_item) {
                    (Some(item), true) => item.lookup(&path),
                    (None, true) => return unknown(),
                    (_, false) => site.lookup(&path),
                };
                let parameter = path.join(".");
                self.completed(translated(values, translation), &otherwise, &parameter)
            }
            Mapped::Fixed(value) => {
                let mut values = Values::default();
                values.candidates.push(self.own(value, &path.join(".")));
                values
            }
            Mapped::Absent => Values {
                absent: true,
                ..Values::default()
            },
            Mapped::Unmapped => unknown(),
        }
    }

    pub(crate) fn elements(&self, site: &Site<'a>, path: &[&str]) -> Values {
        let Some((path, otherwise)) = self.untranslated(site, path) else {
            return unknown();
        };
        let mut values = site.elements(&path);
        if values.absent {
            values.absent = matches!(otherwise, Otherwise::Absent);
            let is_empty = matches!(
                otherwise,
                Otherwise::Absent | Otherwise::Default(Known::Array { len: 0, .. })
            );
            values.unknown |= !is_empty;
        }
        values
    }

    pub(crate) fn items(&self, site: &Site<'a>, path: &[&str]) -> Elements<'a> {
        match self.untranslated(site, path) {
            Some((path, _)) => site.items(&path),
            None => Elements {
                items: Vec::new(),
                open: true,
            },
        }
    }

    pub(crate) fn entries(&self, site: &Site<'a>, path: &[&str]) -> Vec<EntrySet> {
        match self.untranslated(site, path) {
            Some((path, _)) => site.entries(&path),
            None => Vec::new(),
        }
    }

    fn mapped<'m>(&'m self, site: &Site<'a>, path: &[&'m str]) -> Mapped<'m> {
        let given = |path: &[&str]| Given::of(&site.lookup(path));
        self.resource
            .property(path, self.version.as_deref(), &given)
    }

    /// The argument that is passed on as it is, below the arguments of the call.
    fn untranslated<'m>(
        &'m self,
        site: &Site<'a>,
        path: &[&'m str],
    ) -> Option<(Vec<&'m str>, Otherwise)> {
        match self.mapped(site, path) {
            Mapped::Parameter {
                path,
                in_item: false,
                translation,
                otherwise,
            } if translation.is_none() => Some((path, otherwise)),
            _ => None,
        }
    }

    /// The values with what holds where the argument is absent.
    fn completed(&self, mut values: Values, otherwise: &Otherwise, parameter: &str) -> Values {
        if !values.absent {
            return values;
        }
        match otherwise {
            Otherwise::Default(value) => {
                values.absent = false;
                values.candidates.push(self.own(value.clone(), parameter));
            }
            Otherwise::Absent => {}
            Otherwise::Unknown => {
                values.absent = false;
                values.unknown = true;
            }
        }
        values
    }

    /// A value that the module decides.
    fn own(&self, value: Known, parameter: &str) -> Candidate {
        let at = Place {
            file: None,
            span: self.source,
        };
        Candidate {
            value,
            at,
            source: at,
            key: None,
            via: vec![Via {
                place: at,
                origin: Origin::Module,
                address: parameter.to_owned(),
            }],
        }
    }
}

fn translated(mut values: Values, translation: Translation<'_>) -> Values {
    let mut candidates = Vec::with_capacity(values.candidates.len());
    for mut candidate in values.candidates {
        match translation.apply(&candidate.value) {
            Some(value) => {
                candidate.value = value;
                candidates.push(candidate);
            }
            None => values.unknown = true,
        }
    }
    values.candidates = candidates;
    values
}

fn unknown() -> Values {
    Values {
        unknown: true,
        ..Values::default()
    }
}
