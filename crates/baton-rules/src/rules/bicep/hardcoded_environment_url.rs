//! Addresses that differ between Azure's clouds come from `environment()`.

use baton_iac::bicep::walk::walk_declaration;
use baton_iac::bicep::walk::{Visit, walk_decorator, walk_file, walk_string};
use baton_iac::bicep::{Declaration, DeclarationKind, Decorator, StringLiteral, StringPart};
use baton_source::Span;
use baton_syntax::node::Node;

use crate::support::bicep::{Lint, Normally, lint, settings};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const CODE: &str = "no-hardcoded-env-urls";

/// Hosts that Bicep's own configuration refuses, and the one it lets pass, by August 2026.
const REFUSED: &[&str] = &[
    "azuredatalakeanalytics.net",
    "azuredatalakestore.net",
    "batch.core.windows.net",
    "core.windows.net",
    "database.windows.net",
    "datalake.azure.net",
    "gallery.azure.com",
    "graph.windows.net",
    "login.microsoftonline.com",
    "management.azure.com",
    "management.core.windows.net",
    "vault.azure.net",
];
const ALLOWED: &[&str] = &["schema.management.azure.com"];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, (CODE, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let refused = hosts(lint, "disallowedhosts", REFUSED);
    let allowed = hosts(lint, "excludedhosts", ALLOWED);
    let mut texts = Texts(Vec::new());
    walk_file(&mut texts, lint.tree);
    for text in texts.0 {
        let written = text.of(lint.text);
        let passed: Vec<Span> = allowed.iter().flat_map(|it| places(it, written)).collect();
        let mut found: Vec<Span> = refused.iter().flat_map(|it| places(it, written)).collect();
        // The longest host of those that begin at one place is meant.
        found.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
        let mut end = 0;
        for place in found {
            if place.start < end {
                continue;
            }
            end = place.end;
            if passed
                .iter()
                .any(|it| it.start < place.end && place.start < it.end)
            {
                continue;
            }
            let host = place.of(written);
            out.report(
                lint.file.at(&place.shifted(text.start as usize)),
                format!("`{host}` is the host of one of Azure's clouds"),
            )
            .help("Take the address from `environment()`.");
        }
    }
}

fn hosts(lint: &Lint<'_>, key: &str, usual: &[&str]) -> Vec<String> {
    let own = settings(lint.repo, lint.file, CODE).map_or(&[][..], Node::entries);
    let mut own = own.iter();
    match own.find(|it| it.key.eq_ignore_ascii_case(key)) {
        Some(listed) => {
            let items = listed.value.items().iter();
            items.filter_map(Node::as_str).map(str::to_owned).collect()
        }
        None => usual.iter().map(|it| (*it).to_owned()).collect(),
    }
}

/// Where a host stands in a text, not as a part of a longer word.
fn places(host: &str, text: &str) -> Vec<Span> {
    let (text, host) = (text.to_ascii_lowercase(), host.to_ascii_lowercase());
    let mut found = Vec::new();
    if host.is_empty() {
        return found;
    }
    for (at, _) in text.match_indices(&host) {
        let before = Span::new(0, at).of(&text).chars().next_back();
        let end = at + host.len();
        let after = Span::new(end, text.len()).of(&text).chars().next();
        let inside = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        if !inside(before) && !inside(after) {
            found.push(Span::new(at, end));
        }
    }
    found
}

/// The pieces of text in strings that are values.
struct Texts(Vec<Span>);

impl<'t> Visit<'t> for Texts {
    fn declaration(&mut self, it: &'t Declaration) {
        if !matches!(it.kind, DeclarationKind::Metadata(_)) {
            walk_declaration(self, it);
        }
    }

    fn decorator(&mut self, it: &'t Decorator) {
        let name = it.name().map(|name| name.text.as_str());
        if !matches!(name, Some("description" | "metadata")) {
            walk_decorator(self, it);
        }
    }

    fn string(&mut self, it: &'t StringLiteral) {
        for part in &it.parts {
            if let StringPart::Text { span, .. } = part {
                self.0.push(*span);
            }
        }
        walk_string(self, it);
    }
}
