//! An artifact is named exactly as its type, or with a number before it.

use crate::support::artifacts::type_of;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(kind) = type_of(ctx, file) else {
        return;
    };
    let prefix = file.path.name().strip_suffix(kind).unwrap_or("");
    let digits = prefix.strip_suffix('-').unwrap_or(prefix);
    let is_number = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if prefix.is_empty() || is_number && prefix.len() == 3 {
        return;
    }
    let message = format!("the file is judged as `{kind}` because its name ends so");
    out.report(file.whole(), message).help(format!(
        "Rename the file to `{kind}`, or so that it ends otherwise."
    ));
}
