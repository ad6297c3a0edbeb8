//! The sizes that infrastructure code sets: the only place here that asks for its values.

use std::sync::LazyLock;

use baton_iac::evaluate::{Candidate, Place, Site, Values};
use baton_iac::model::{Language, ModuleCall};
use serde::Deserialize;

use crate::support::iac_subject::{Subject, subjects};
use crate::{Ctx, File};

/// A size that something may have.
pub(crate) struct Size {
    /// Where it is set.
    pub(crate) at: Place,
    /// What has it: a type, or the source of a module.
    pub(crate) of: String,
    /// What a manifest may call it; the first is as the code says it.
    pub(crate) names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    /// Parts of types that no manifest lists, without hyphens and underscores.
    left_out: Vec<String>,
    row: Vec<Row>,
}

/// Where the size of some type stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Row {
    /// Types; `*` for those that no other row names, `module` for modules of others.
    types: Vec<String>,
    /// The paths of the size.
    paths: Vec<String>,
    /// Paths whose values follow the size, joined with these texts.
    #[serde(default)]
    joined: Vec<(String, String)>,
    /// Whether the size is only whole with what follows it.
    #[serde(default)]
    only_joined: bool,
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let text = include_str!("../../../../rules/sku/sizes.toml");
        toml::from_str(text).unwrap_or(Table {
            left_out: Vec::new(),
            row: Vec::new(),
        })
    });
    &TABLE
}

/// Whether manifests say nothing about a type or a module.
fn is_left_out(kind: &str) -> bool {
    let bare = kind.to_lowercase().replace(['-', '_'], "");
    table()
        .left_out
        .iter()
        .any(|part| bare.contains(part.as_str()))
}

fn row_of(kind: &str) -> Option<&'static Row> {
    let has = |name: &str| {
        let mut rows = table().row.iter();
        rows.find(|row| row.types.iter().any(|one| one.eq_ignore_ascii_case(name)))
    };
    has(kind).or_else(|| has("*"))
}

/// The sizes of the resources of a file.
pub(crate) fn sizes(ctx: &Ctx<'_>, file: &File) -> Vec<Size> {
    let subjects = subjects(ctx, file, &|_: Language, kind: &str| !is_left_out(kind));
    subjects.iter().flat_map(of_subject).collect()
}

fn of_subject(subject: &Subject<'_>) -> Vec<Size> {
    row_of(&subject.kind).map_or_else(Vec::new, |row| {
        of_row(row, &subject.kind, &|path| subject.lookup(path))
    })
}

/// The sizes that a call hands to a module of others.
pub(crate) fn call_sizes(ctx: &Ctx<'_>, file: &File, call: &ModuleCall) -> Vec<Size> {
    if is_left_out(&call.source) {
        return Vec::new();
    }
    let is_about = |row: &&Row| row.types.iter().any(|one| one == "module");
    let mut found = Vec::new();
    let Some(iac) = file.iac() else {
        return Vec::new();
    };
    let program = ctx.program(iac.template.language);
    for instance in program.instances(file.id) {
        let site = Site::call(&**instance, call);
        for row in table().row.iter().filter(is_about) {
            found.extend(of_row(row, &call.source, &|path| site.lookup(path)));
        }
    }
    found
}

fn of_row(row: &Row, of: &str, lookup: &dyn Fn(&[&str]) -> Values) -> Vec<Size> {
    let at = |path: &str| {
        let path: Vec<&str> = path.split('/').collect();
        lookup(&path)
    };
    let more: Vec<(&str, Values)> = row
        .joined
        .iter()
        .map(|(between, path)| (between.as_str(), at(path)))
        .collect();
    let mut sizes = Vec::new();
    for path in &row.paths {
        let values = at(path);
        for candidate in &values.candidates {
            let names = names(row, candidate, &more);
            if !names.is_empty() {
                sizes.push(Size {
                    at: candidate.at,
                    of: of.to_owned(),
                    names,
                });
            }
        }
    }
    sizes
}

/// What a size is called, alone and with what follows it.
fn names(row: &Row, candidate: &Candidate, more: &[(&str, Values)]) -> Vec<String> {
    let Some(name) = candidate.value.as_str().filter(|name| !name.is_empty()) else {
        return Vec::new();
    };
    let mut names = vec![name.to_owned()];
    let mut is_open = false;
    for (between, values) in more {
        is_open |= values.unknown || values.candidates.is_empty();
        let texts: Vec<&str> = values
            .candidates
            .iter()
            .filter_map(|it| it.value.as_text())
            .collect();
        let longer = names.iter().flat_map(|name| {
            texts
                .iter()
                .map(move |text| format!("{name}{between}{text}"))
        });
        let longer: Vec<String> = longer.collect();
        names.extend(longer);
    }
    if row.only_joined {
        // What is not known may complete it.
        return if is_open {
            Vec::new()
        } else {
            names.split_off(1)
        };
    }
    names
}
