//! Names of branches begin as it is agreed.

use baton_source::nearest;

use crate::support::branches::branch;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(branch) = branch(ctx, file) else {
        return;
    };
    let prefixes = &branch.conventions.prefixes;
    let fits = |prefix: &String| branch.name.starts_with(prefix.as_str());
    if prefixes.is_empty() || prefixes.iter().any(fits) {
        return;
    }
    let given = branch.name.split_inclusive('/').next().unwrap_or_default();
    let help = match nearest(given, prefixes.iter().map(String::as_str)) {
        Some(meant) if given.ends_with('/') => format!("Did you mean `{meant}`?"),
        _ => format!("Begin the name with one of `{}`.", prefixes.join("`, `")),
    };
    let message = format!("no branch here begins as `{}` does", branch.name);
    out.report(file.at(&branch.span), message).help(help);
}
