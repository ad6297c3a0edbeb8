//! Which project a file of infrastructure code belongs to.

use std::collections::BTreeMap;

use baton_iac::model::{ModuleCall, Template};

use crate::{Ctx, File};

const TREES: &[&str] = &["infra/bicep/", "infra/terraform/"];

/// The project of a file below one of the trees of infrastructure code.
pub(crate) fn project(file: &File) -> Option<&str> {
    let path = file.path.as_str();
    let rest = TREES.iter().find_map(|tree| path.strip_prefix(tree))?;
    rest.split_once('/').map(|(project, _)| project)
}

/// The files of each project, in path order.
pub(crate) fn projects<'r>(ctx: &Ctx<'r>) -> BTreeMap<&'r str, Vec<&'r File>> {
    let mut found: BTreeMap<&str, Vec<&File>> = BTreeMap::new();
    let kinds = ["bicep", "terraform"].into_iter();
    for file in kinds.flat_map(|kind| ctx.repo.of_kind(kind)) {
        if let Some(project) = project(file) {
            found.entry(project).or_default().push(file);
        }
    }
    found
}

/// The calls of modules in a file that are not in the repository.
pub(crate) fn foreign_calls(template: &Template) -> impl Iterator<Item = &ModuleCall> {
    let calls = template.modules.iter();
    calls.filter(|call| !call.source.is_empty() && !call.source.starts_with('.'))
}
