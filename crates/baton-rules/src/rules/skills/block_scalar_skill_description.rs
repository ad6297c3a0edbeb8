//! Descriptions of skills stand on one line.

use crate::support::{agents, skills};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if skills::conventions(ctx).one_line_description {
        agents::demand_one_line(file, out);
    }
}
