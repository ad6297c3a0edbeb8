//! A page holds its cells as text that can be read and compared.

use baton_repo::drawing::Content;
use baton_source::Severity;

use crate::support::drawio::{is_of_agents, page_name, pages};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let matters = is_of_agents(ctx, file);
    for page in pages(ctx, file) {
        let name = page_name(page);
        match page.content {
            Content::Compressed => {
                let finding = out
                    .report(file.at(page), format!("{name} is compressed and was not judged"))
                    .help("Save it without compression: in draw.io, File, Properties, untick Compressed.");
                if !matters {
                    finding.severity(Severity::Info);
                }
            }
            // draw.io opens it as an empty page.
            Content::Empty if matters => {
                out.report(file.at(page), format!("{name} holds no `mxGraphModel`"))
                    .help("Draw the page, or remove it.");
            }
            _ => {}
        }
    }
}
