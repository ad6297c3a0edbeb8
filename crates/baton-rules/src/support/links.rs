//! Where the links of Markdown files lead, worked out once per file for all rules about it.
//!
//! Nothing here asks the network. A link out of the repository is judged by nobody: hosts of
//! repositories give such paths meanings of their own (`../../issues`).

use std::sync::OnceLock;

use baton_repo::markdown_lint::LintRule;
use baton_source::{Applicability, Fix, RepoPath, Severity, Span, nearest};

use super::link_files::{Targets, has_part, is_markdown, link_between};
use super::link_patterns::{COMMON, Patterns, SITE};
use super::link_targets::{Class, Target, decoded, encoded, targets};
use crate::settings::links::Ignored;
use crate::{Ctx, File, Findings};

/// Parts of paths of files that are copied elsewhere before anybody follows their links.
const TEMPLATES: &[&str] = &["templates", "template", "_templates", ".templates"];

/// What is known about links, each part when first asked for.
#[derive(Default)]
pub(crate) struct Shared {
    files: OnceLock<Vec<OnceLock<Vec<Outcome>>>>,
    patterns: OnceLock<[Option<Patterns>; 2]>,
    pub(crate) targets: Targets,
}

/// One thing worth telling about a link.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
    message: String,
    help: Option<String>,
    fix: Option<(String, Applicability, Span, String)>,
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
    /// It is on the web.
    Web,
}

/// Tells what is of one kind in a file.
pub(crate) fn report(ctx: &Ctx<'_>, out: &mut Findings, (file, kind): (&File, Kind)) {
    let outcomes = outcomes(ctx, file).iter();
    for outcome in outcomes.filter(|outcome| outcome.kind == kind) {
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

/// Dead links are errors where readers find them and where the repository checks links itself.
fn severity(ctx: &Ctx<'_>, file: &File) -> Severity {
    let path = file.path.as_str();
    let is_read = ["docs/", "doc/"].iter().any(|root| path.starts_with(root));
    let is_top = !path.contains('/');
    if ctx.repo.is_kind(file, "test-data") {
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
    if file.problem().is_some() || is_template(file.path.as_str()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for target in targets(file) {
        found.extend(outcome(ctx, file, &target));
    }
    found
}

fn is_template(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    name.contains(".template.")
        || name.contains("-template.")
        || parts.any(|part| TEMPLATES.contains(&part))
}

fn outcome(ctx: &Ctx<'_>, file: &File, target: &Target) -> Option<Outcome> {
    match target.class() {
        Class::Web => Some(Outcome::new(Kind::Web, target.span, String::new())),
        Class::Other | Class::Placeholder | Class::Rooted => None,
        Class::Relative => of_file(ctx, file, target),
    }
}

/// Judges a link to a file of the repository.
fn of_file(ctx: &Ctx<'_>, file: &File, target: &Target) -> Option<Outcome> {
    let [common, _] = patterns(ctx);
    let common = common
        .as_ref()
        .filter(|_| ctx.settings.links.ignored == Ignored::All);
    if common.is_some_and(|patterns| patterns.ignores(&target.destination)) {
        return None;
    }
    let read = common.and_then(|patterns| patterns.replaced(&target.destination));
    if let Some(destination) = read {
        let other = Target {
            destination,
            span: target.span,
        };
        let is_relative = other.class() == Class::Relative;
        let outcome = is_relative.then(|| found(ctx, file, &other)).flatten()?;
        // What is written is not what is looked for, so nothing here says how to write it.
        return Some(Outcome {
            fix: None,
            ..outcome
        });
    }
    found(ctx, file, target)
}

fn found(ctx: &Ctx<'_>, file: &File, target: &Target) -> Option<Outcome> {
    let path = target.path();
    if path.is_empty() {
        return of_fragment(ctx, (file, file), target);
    }
    let plain = path.replace('\\', "/");
    let unquoted = decoded(&plain);
    let resolved = [plain.as_str(), unquoted.as_str()].map(|path| file.path.join(path));
    let [Some(plain), Some(unquoted)] = resolved else {
        return None;
    };
    let known = [&plain, &unquoted].into_iter();
    let mut known = known.filter(|path| ctx.links.targets.exists(ctx.repo, path.as_str()));
    if let Some(path) = known.next() {
        let to = ctx.repo.file(path.as_str())?;
        return of_fragment(ctx, (file, to), target);
    }
    Some(missing(ctx, file, (target, &unquoted)))
}

fn missing(ctx: &Ctx<'_>, file: &File, (target, path): (&Target, &RepoPath)) -> Outcome {
    let written = target.path();
    let (place, _) = target.places(file.text());
    if let Some(right) = ctx.links.targets.respelt(ctx.repo, path.as_str()) {
        let message = format!("`{written}` leads to nothing, but there is `{right}`");
        let mut outcome = Outcome::new(Kind::Miscased, target.span, message);
        outcome.help = Some(format!(
            "Write the path in the case of `{right}`: most systems tell cases apart."
        ));
        if let Some(text) = respelt(written, right) {
            let title = format!("Write `{text}`");
            outcome.fix = Some((title, Applicability::Safe, place, text));
        }
        return outcome;
    }
    let message = if decoded(written) == path.as_str() {
        format!("`{path}` does not exist")
    } else {
        format!("`{written}` leads to `{path}`, which does not exist")
    };
    let mut outcome = Outcome::new(Kind::Missing, target.span, message);
    if let Some(meant) = ctx.links.targets.meant(ctx.repo, path.as_str()) {
        let text = link_between(file, &meant);
        outcome.help = Some(format!("Did you mean `{text}`?"));
        let title = format!("Write `{text}`");
        outcome.fix = Some((title, Applicability::Unsafe, place, text));
    } else {
        outcome.help = Some("Mend the path, or take the link out.".to_owned());
    }
    outcome
}

/// A path as written, in the case that its last parts have in the repository.
fn respelt(written: &str, right: &str) -> Option<String> {
    let parts: Vec<&str> = written.split('/').collect();
    let is_up = |part: &&str| matches!(*part, "" | "." | "..");
    let named = parts.iter().rev().skip_while(|part| part.is_empty());
    let named = named.take_while(|part| !is_up(part)).count();
    let last = parts.iter().rposition(|part| !part.is_empty())?;
    let mut new: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
    let rights = right.rsplit('/').take(named);
    for (back, right) in rights.enumerate() {
        let part = new.get_mut(last.checked_sub(back)?)?;
        if decoded(part) != right {
            *part = encoded(right);
        }
    }
    // A folder above `..` would stay as it is.
    let text = new.join("/");
    (text != written).then_some(text)
}

/// Judges the part of a file that a link names.
fn of_fragment(ctx: &Ctx<'_>, (from, to): (&File, &File), target: &Target) -> Option<Outcome> {
    let fragment = target.fragment()?;
    if from.id == to.id && judges_own_fragments(ctx, from) {
        return None;
    }
    let targets = &ctx.links.targets;
    if has_part(targets, ctx.repo, (to, &fragment)) {
        return None;
    }
    let path = &to.path;
    if !is_markdown(path.as_str()) {
        let lines = to.text().lines().count();
        let message = format!("`{path}` has {lines} lines, so `#{fragment}` leads beyond its end");
        return Some(Outcome::new(Kind::Fragment, target.span, message));
    }
    let message = format!("`{path}` has no heading or anchor `{fragment}`");
    let mut outcome = Outcome::new(Kind::Fragment, target.span, message);
    let anchors = targets.anchors(ctx.repo, to)?;
    let near = nearest(&fragment, anchors.iter().map(String::as_str));
    let (_, place) = target.places(from.text());
    match (near, place) {
        (Some(near), Some(place)) => {
            outcome.help = Some(format!("Did you mean `#{near}`?"));
            let title = format!("Write `#{near}`");
            outcome.fix = Some((title, Applicability::Unsafe, place, encoded(near)));
        }
        _ => outcome.help = Some("Name a heading that is there.".to_owned()),
    }
    Some(outcome)
}

/// Whether the repository's markdownlint looks after links inside this file.
fn judges_own_fragments(ctx: &Ctx<'_>, file: &File) -> bool {
    let lint = ctx.repo.markdown_lint();
    let rule = LintRule::of("MD051");
    lint.is_configured()
        && lint
            .of(file)
            .is_some_and(|lint| rule.is_some_and(|rule| lint.setting(rule).is_some()))
}

impl Outcome {
    fn new(kind: Kind, span: Span, message: String) -> Outcome {
        Outcome {
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
    use super::{is_template, respelt};

    #[test]
    fn respells_the_parts_that_have_names() {
        assert_eq!(
            respelt("../Docs/guide.MD", "docs/Guide.md").as_deref(),
            Some("../docs/Guide.md")
        );
        assert_eq!(respelt("./a%20B/", "x/A b").as_deref(), Some("./A%20b/"));
        assert_eq!(respelt("../x.md", "Docs/x.md"), None);
    }

    #[test]
    fn templates_are_told_by_folder_and_name() {
        assert!(is_template("a/templates/x.md"));
        assert!(is_template("a/x.template.md"));
        assert!(!is_template("a/templates.md"));
    }
}
