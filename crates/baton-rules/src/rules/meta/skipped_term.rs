//! Terms on lines that the block list sets aside.

use crate::settings::meta::Code;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(list) = ctx.blocklist() else {
        return;
    };
    if !list.covers(file.path.as_str()) {
        return;
    }
    for hit in list.hits(file, Code::Judge) {
        let (Some(aside), Some((term, span))) = (hit.aside, hit.places.first()) else {
            continue;
        };
        let written = span.of(file.text());
        let message = format!("`{written}` is let through: a line with `{aside}` is not judged");
        out.report(file.at(span), message).help(format!(
            "Make the text of `excludeLinePatterns` longer if `{}` was to find this.",
            term.id
        ));
    }
}
