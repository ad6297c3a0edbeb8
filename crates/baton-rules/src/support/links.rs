//! Where the links of Markdown files lead, worked out once per file for all rules about it.
//!
//! Nothing here asks the network. A link out of the repository is judged by nobody: hosts of
//! repositories give such paths meanings of their own (`../../issues`).

use std::sync::OnceLock;

use baton_source::{Applicability, Fix, RepoPath, Severity, Span};
use baton_syntax::markdown::slug;

use super::link_files::Targets;
use super::link_patterns::{COMMON, Patterns, SITE};
use super::link_sites::{Site, sites};
use super::link_targets::targets;
use super::link_verdicts::verdict;
use crate::{Ctx, File, Findings};

/// Parts of paths of files that are copied elsewhere before anybody follows their links.
const TEMPLATES: &[&str] = &[
    "templates",
    "template",
    "_templates",
    ".templates",
    "ISSUE_TEMPLATE",
    "PULL_REQUEST_TEMPLATE",
];
/// Folders of what others wrote.
const VENDORED: &[&str] = &[
    "vendor",
    "third_party",
    "third-party",
    "node_modules",
    "bower_components",
];
/// Folders of what nobody looks after any more.
const ARCHIVES: &[&str] = &[".archive", "archive", "archived", "_archive", "_archived"];

/// What is known about links, each part when first asked for.
#[derive(Default)]
pub(crate) struct Shared {
    files: OnceLock<Vec<OnceLock<Vec<Outcome>>>>,
    patterns: OnceLock<[Option<Patterns>; 2]>,
    sites: OnceLock<Vec<Site>>,
    pub(crate) targets: Targets,
}

/// One thing worth telling about a link.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
    /// The path or the route it leads to.
    pub(crate) leads: String,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// Title, who may apply it, and what to write where.
    pub(crate) fix: Option<(String, Applicability, Span, String)>,
}

/// Which rule tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing is there.
    Missing,
    /// It is there under a name in other case.
    Miscased,
    /// The file is there, the part of it is not.
    Fragment,
    /// The site has no such page.
    Route,
    /// The page of the site is there, the part of it is not.
    RouteFragment,
}

/// Tells what is of one kind in a file.
pub(crate) fn report(ctx: &Ctx<'_>, out: &mut Findings, (file, kind): (&File, Kind)) {
    let outcomes = outcomes(ctx, file).iter();
    let changed = ctx.because_of(file);
    let is_told = |outcome: &&Outcome| {
        outcome.kind == kind && changed.is_none_or(|changed| outcome.concerns(changed))
    };
    for outcome in outcomes.filter(is_told) {
        let finding = out.report(file.at(&outcome.span), outcome.message.clone());
        finding.severity(severity(ctx, file));
        if let Some(help) = &outcome.help {
            finding.help(help.clone());
        }
        if let Some((title, applicability, span, text)) = &outcome.fix {
            finding.fix(Fix {
                title: title.clone(),
                applicability: *applicability,
                edits: vec![file.edit(*span, text.clone())],
            });
        }
    }
}

/// What is worth telling about the links of a file.
pub(crate) fn outcomes<'c>(ctx: &'c Ctx<'_>, file: &File) -> &'c [Outcome] {
    let new = || ctx.repo.files().iter().map(|_| OnceLock::new()).collect();
    let cells: &Vec<OnceLock<Vec<Outcome>>> = ctx.links.files.get_or_init(new);
    let cell = cells.get(file.id.0 as usize);
    cell.map_or(&[], |cell| cell.get_or_init(|| judge(ctx, file)))
}

/// What the repository does not want judged: in general, and for the pages of a site.
pub(crate) fn patterns<'c>(ctx: &'c Ctx<'_>) -> &'c [Option<Patterns>; 2] {
    let read = || [COMMON, SITE].map(|path| Patterns::read(ctx, path));
    ctx.links.patterns.get_or_init(read)
}

/// The site that a file is a page of.
pub(crate) fn site_of<'c>(ctx: &'c Ctx<'_>, file: &File) -> Option<&'c Site> {
    if !ctx.repo.is_kind(file, "site-page") {
        return None;
    }
    let sites = ctx.links.sites.get_or_init(|| sites(ctx.repo));
    let mut sites = sites.iter();
    sites.find(|site| site.holds(file.path.as_str()).is_some())
}

/// Dead links are errors where readers find them and where the repository checks links itself.
fn severity(ctx: &Ctx<'_>, file: &File) -> Severity {
    let path = file.path.as_str();
    let is_read = ["docs/", "doc/"].iter().any(|root| path.starts_with(root));
    let is_top = !path.contains('/');
    // Artifacts of a step speak of what later steps bring.
    let mut open = ["test-data", "artifact"].iter();
    if open.any(|kind| ctx.repo.is_kind(file, kind)) {
        return Severity::Warning;
    }
    let is_checked = ctx.repo.layout().is("apex") || ctx.repo.file(COMMON).is_some();
    if is_read || is_top || is_checked || ctx.repo.is_kind(file, "site-page") {
        Severity::Error
    } else {
        Severity::Warning
    }
}

fn judge(ctx: &Ctx<'_>, file: &File) -> Vec<Outcome> {
    if file.problem().is_some() || is_set_aside(file.path.as_str()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for target in targets(file) {
        found.extend(verdict(ctx, file, &target));
    }
    found
}

/// Whether nobody follows a file's links where it lies, or nobody here can mend them.
fn is_set_aside(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default().to_lowercase();
    let is_template = ["-template.", "_template.", ".template."]
        .iter()
        .any(|end| name.contains(end));
    is_template
        || parts.any(|part| {
            [TEMPLATES, VENDORED, ARCHIVES]
                .iter()
                .any(|set| set.contains(&part))
        })
}

impl Outcome {
    /// Whether a change of these paths may be why.
    fn concerns(&self, changed: &[RepoPath]) -> bool {
        let leads = self.leads.trim_matches('/').to_lowercase();
        let last = leads.rsplit('/').next().unwrap_or_default();
        changed.iter().any(|path| {
            let path = path.as_str().to_lowercase();
            if self.kind == Kind::Route {
                return path.split(['/', '.']).any(|part| slug(part) == last);
            }
            path == leads
                || path
                    .strip_prefix(&leads)
                    .is_some_and(|rest| rest.starts_with('/'))
        })
    }

    pub(crate) fn new(kind: Kind, (span, leads): (Span, &str), message: String) -> Outcome {
        Outcome {
            leads: leads.to_owned(),
            kind,
            span,
            message,
            help: None,
            fix: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_set_aside;

    #[test]
    fn templates_are_told_by_folder_and_name() {
        for path in [
            "a/templates/x.md",
            "a/x.template.md",
            ".github/PULL_REQUEST_TEMPLATE.md",
        ] {
            assert!(is_set_aside(path), "{path}");
        }
        assert!(is_set_aside("vendor/a/README.md"));
        assert!(!is_set_aside("a/templates.md"));
    }
}
