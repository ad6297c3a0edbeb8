//! Links of a site's pages lead to pages of that site.

use crate::support::links::{Kind, report};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    report(ctx, out, (file, Kind::Route));
}
