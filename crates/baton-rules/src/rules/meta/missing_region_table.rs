//! Both files have the table of regions below its heading.

use crate::support::regions::{find_heading, rows};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(regions) = &ctx.repo.meta_conventions().regions else {
        return;
    };
    let title = &regions.heading;
    let Some(heading) = find_heading(file, title) else {
        out.report(file.whole(), format!("there is no heading `### {title}`"))
            .help(format!(
                "Add `### {title}` with the table of regions below it."
            ));
        return;
    };
    let found = rows(file, heading).len();
    if found < 3 {
        let message = format!("no table of regions follows, but {found} of the 3 lines it needs");
        let message = if found == 0 {
            "no table of regions follows".to_owned()
        } else {
            message
        };
        out.report(file.at(heading), message)
            .help("Put the table right below the heading: names, a line of dashes, and regions.");
    }
}
