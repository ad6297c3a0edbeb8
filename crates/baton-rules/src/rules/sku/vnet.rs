//! Services that need a network, and the decision about it.

use baton_repo::SkuManifest;
use baton_source::Span;
use baton_syntax::node::{Node, Value};

use crate::support::sku::{is_example, sibling};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

const HEADING: &str = "vnet-attached service whitelist";
const NEEDS: &[&str] = &["vnet-integration", "private-endpoints"];

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    if slug == "missing-vnet-whitelist" {
        whitelist(ctx, file, out);
        return;
    }
    let Some(manifest) = ctx.repo.sku_manifest(file).filter(|_| !is_example(file)) else {
        return;
    };
    let Some(why) = needs_network(ctx, manifest) else {
        return;
    };
    let state = sibling(ctx, file, "00-session-state.json");
    let decisions = state
        .and_then(File::node)
        .and_then(|root| root.get("decisions"));
    if decisions
        .and_then(|decisions| decisions.get("vnet_mode"))
        .is_some_and(is_set)
    {
        return;
    }
    out.report(
        file.at(&why),
        "a service needs a network, but nobody decided about one",
    )
    .help("Record `decisions.vnet_mode` in `00-session-state.json`.");
}

/// Whether something was decided.
fn is_set(node: &Node) -> bool {
    match &node.value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

/// What says that a network is needed.
fn needs_network(ctx: &Ctx<'_>, manifest: &SkuManifest) -> Option<Span> {
    let listed: Vec<&str> = ctx
        .repo
        .of_kind("vnet-planning")
        .flat_map(services)
        .collect();
    manifest.services.iter().find_map(|service| {
        let name = service.short_name.as_ref();
        let name = name.filter(|name| listed.contains(&name.value.as_str()));
        let mut needs = service.requires.iter();
        let need = needs.find(|need| NEEDS.contains(&need.value.as_str()));
        name.or(need).map(|text| text.span)
    })
}

/// The services that a page lists as always attached to a network.
fn services(page: &File) -> Vec<&str> {
    let text = page.text();
    let markdown = page.markdown();
    let heading = markdown
        .headings
        .iter()
        .find(|it| it.level == 2 && it.text == HEADING);
    let Some(heading) = heading else {
        return Vec::new();
    };
    let mut fences = markdown.fences.iter().filter(|fence| {
        fence.span.start > heading.span.end && ["yaml", "yml"].contains(&fence.info.trim())
    });
    let lines = fences.next().map(|fence| fence.content.of(text).lines());
    let items = lines.into_iter().flatten();
    let items = items.filter_map(|line| line.trim().strip_prefix("- ").map(str::trim));
    items
        .filter(|item| {
            item.chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        })
        .collect()
}

fn whitelist(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let (message, at) = match ctx.repo.of_kind("vnet-planning").next() {
        None => (
            "nothing lists the services that are always attached to a network",
            file.whole(),
        ),
        Some(page) if services(page).is_empty() => (
            "the list of services that are always attached to a network is missing or empty",
            page.whole(),
        ),
        Some(_) => return,
    };
    let help = format!("List them in a YAML block below `## {HEADING}` in `vnet-planning.md`.");
    out.report(at, message).help(help);
}
