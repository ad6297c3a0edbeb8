//! The page of a manifest of SKUs is there and shows what the manifest says.

use baton_source::{Applicability, Fix, Location, Span};
use baton_syntax::node::Node;

use crate::support::sku::{is_example, page};
use crate::support::sku_page::{rendered, shown_revision, wrong_service};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let Some(root) = file
        .node()
        .filter(|root| root.is_mapping() && !is_example(file))
    else {
        return;
    };
    match (slug, page(ctx, file)) {
        ("missing-sku-page", None) => {
            out.report(file.whole(), "there is no page of this manifest beside it")
                .help("Create `sku-manifest.md`, empty if need be; `baton check --fix` fills it.");
        }
        ("outdated-sku-page", Some(page)) => outdated((ctx, file), root, (page, out)),
        _ => {}
    }
}

fn outdated((ctx, file): (&Ctx<'_>, &File), root: &Node, (page, out): (&File, &mut Findings)) {
    let Some((at, message)) = fault(ctx, file, root, page) else {
        return;
    };
    let finding = out.report(at, message);
    finding.help("Bring the page up to date with `baton check --fix`.");
    let text = rendered(page, root);
    if text != page.text() {
        finding.fix(Fix {
            title: "Show what the manifest says".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![page.edit(Span::new(0, page.text().len()), text)],
        });
    }
}

fn fault(ctx: &Ctx<'_>, file: &File, root: &Node, page: &File) -> Option<(Location, String)> {
    let current = ctx.repo.sku_manifest(file)?.current_revision.as_ref()?;
    match shown_revision(page) {
        None => Some((
            page.whole(),
            "the page does not say which revision it shows".to_owned(),
        )),
        Some((cell, None)) => {
            let message = "the cell does not hold the number of a revision in backticks";
            Some((page.at(&cell), message.to_owned()))
        }
        Some((cell, Some(shown))) if shown != current.value => {
            let message = format!(
                "the page shows revision {shown}, the manifest is at {}",
                current.value
            );
            Some((page.at(&cell), message))
        }
        Some(_) => {
            let wrong = wrong_service(page, root)?;
            Some((
                page.at(&wrong),
                "the table of services is not that of the manifest".to_owned(),
            ))
        }
    }
}
