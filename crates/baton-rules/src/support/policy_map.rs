//! What rules about policy maps share.

use baton_repo::PolicyMap;

use crate::{Ctx, File};

/// The policy map in a file.
pub(crate) fn map<'r>(ctx: &Ctx<'r>, file: &File) -> Option<&'r PolicyMap> {
    let mut maps = ctx.repo.policy_maps().iter();
    maps.find(|map| map.file == file.id)
}
