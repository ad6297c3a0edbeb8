//! A page has a root cell and a layer.

use baton_repo::drawing::{Content, Page};
use baton_source::Span;

use crate::support::drawio::{is_of_agents, page_name, pages, safe};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const ROOT: &str = "<mxCell id=\"0\"/>";
const LAYER: &str = "<mxCell id=\"1\" parent=\"0\"/>";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for page in pages(ctx, file) {
        let Content::Cells(tag) = page.content else {
            continue;
        };
        if is_of_agents(ctx, file) {
            by_name(file, (page, tag), out);
        } else if !has_layer(page) {
            let message = format!("{} has no root cell with a layer in it", page_name(page));
            out.report(file.at(&tag), message)
                .help(format!("Begin the page with `{ROOT}{LAYER}`."));
        }
    }
}

/// What draw.io needs: a cell without parent, and a cell in it. It names them as it likes.
fn has_layer(page: &Page) -> bool {
    let parents = page.parents();
    let mut roots = page.cells.iter().filter(|cell| cell.parent.is_none());
    roots.any(|root| parents.contains(root.name()))
}

/// What agents count on: the two cells have the names 0 and 1.
fn by_name(file: &File, (page, tag): (&Page, Span), out: &mut Findings) {
    let root = page.cell("0");
    let layer = page.cells.iter().find(|cell| {
        let parent = cell.parent.as_ref().map(|parent| parent.value.as_str());
        cell.name() == "1" && parent == Some("0")
    });
    let free = page.cell("1").is_none();
    if root.is_none() {
        let finding = out
            .report(
                file.at(&tag),
                format!("{} has no root cell `0`", page_name(page)),
            )
            .help(format!("Begin the page with `{ROOT}`."));
        // A tag that closes itself has no inside.
        if !tag.of(file.text()).ends_with("/>") {
            let text = if free {
                format!("{ROOT}{LAYER}")
            } else {
                ROOT.to_owned()
            };
            let edit = file.edit(Span::at(tag.end as usize), text);
            finding.fix(safe("Add the cells every page has", vec![edit]));
        }
    }
    if layer.is_none() {
        let message = format!("{} has no layer `1` in the root cell `0`", page_name(page));
        let at = page.cell("1").map_or(file.at(&tag), |cell| file.at(cell));
        out.report(at, message)
            .help(format!("Add `{LAYER}` behind the root cell."));
    }
}
