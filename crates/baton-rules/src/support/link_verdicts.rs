//! What one link of a Markdown file leads to, and what to write instead.

use baton_repo::markdown_lint::LintRule;
use baton_source::{Applicability, RepoPath, nearest};

use super::link_files::{has_part, is_markdown, link_between, meant};
use super::link_sites::Place;
use super::link_targets::{Class, Target, decoded, encoded};
use super::links::{Kind, Outcome, patterns, site_of};
use crate::settings::links::Ignored;
use crate::{Ctx, File};

/// What hosts of repositories answer for beside a repository's files.
const HOSTED: &[&str] = &[
    "actions",
    "blob",
    "commit",
    "commits",
    "compare",
    "discussions",
    "issues",
    "labels",
    "milestones",
    "projects",
    "pull",
    "pulls",
    "raw",
    "releases",
    "security",
    "tree",
    "wiki",
];

/// What is worth telling about one link.
pub(crate) fn verdict(ctx: &Ctx<'_>, file: &File, target: &Target) -> Option<Outcome> {
    match target.class() {
        Class::Web | Class::Other | Class::Placeholder => None,
        Class::Rooted => of_route(ctx, file, target),
        Class::Relative if is_route(target.path()) && !leads_to_file(ctx, file, target) => {
            match site_of(ctx, file) {
                Some(_) => of_route(ctx, file, target),
                None => of_file(ctx, file, target),
            }
        }
        Class::Relative => of_file(ctx, file, target),
    }
}

/// Whether a path on a page of a site is that of another page, as its name has no extension.
fn is_route(path: &str) -> bool {
    let name = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(path);
    !path.is_empty() && (matches!(name, "." | "..") || !name.contains('.'))
}

fn leads_to_file(ctx: &Ctx<'_>, file: &File, target: &Target) -> bool {
    let path = file.path.join(&decoded(target.path()));
    path.is_some_and(|path| ctx.repo.file(path.as_str()).is_some())
}

/// Judges a link of a page to another page of its site.
fn of_route(ctx: &Ctx<'_>, file: &File, target: &Target) -> Option<Outcome> {
    let site = site_of(ctx, file)?;
    let [common, of_site] = patterns(ctx);
    let patterns = of_site.as_ref().or(common.as_ref());
    let patterns = patterns.filter(|_| ctx.settings.links.ignored == Ignored::All);
    if patterns.is_some_and(|patterns| patterns.ignores(&target.destination)) {
        return None;
    }
    let path = target.path();
    match site.place(file, path) {
        Place::Other => None,
        Place::Page(id) => {
            let page = ctx.repo.by_id(id).filter(|page| !brings_components(page))?;
            let outcome = of_fragment(ctx, (file, page), target)?;
            Some(Outcome {
                kind: Kind::RouteFragment,
                ..outcome
            })
        }
        Place::Nowhere => {
            let message = format!("the site has no page `{path}`");
            let mut outcome = Outcome::new(Kind::Route, (target.span, path), message);
            if let Some(meant) = site.meant(path) {
                outcome.help = Some(format!("Did you mean `{meant}`?"));
                let (place, _) = target.places(file.text());
                let title = format!("Write `{meant}`");
                outcome.fix = Some((title, Applicability::Unsafe, place, encoded(&meant)));
            } else {
                outcome.help = Some("Name a page that is there, or take the link out.".to_owned());
            }
            Some(outcome)
        }
    }
}

/// Whether a page shows what its own repository's components make.
fn brings_components(page: &File) -> bool {
    let lines = page
        .text()
        .lines()
        .filter(|line| line.starts_with("import "));
    let mut sources = lines.filter_map(|line| line.split_once(" from "));
    sources.any(|(_, source)| !source.contains("@astrojs/"))
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
    let first = unquoted.as_str().split('/').next().unwrap_or_default();
    if path.starts_with("..") && HOSTED.contains(&first) {
        return None;
    }
    Some(missing(ctx, file, (target, &unquoted)))
}

fn missing(ctx: &Ctx<'_>, file: &File, (target, path): (&Target, &RepoPath)) -> Outcome {
    let written = target.path();
    let (place, _) = target.places(file.text());
    if let Some(right) = ctx.links.targets.respelt(ctx.repo, path.as_str()) {
        let message = format!("`{written}` leads to nothing, but there is `{right}`");
        let mut outcome = Outcome::new(Kind::Miscased, (target.span, path.as_str()), message);
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
    let mut outcome = Outcome::new(Kind::Missing, (target.span, path.as_str()), message);
    if let Some(meant) = meant(ctx.repo, path.as_str()) {
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
        return Some(Outcome::new(
            Kind::Fragment,
            (target.span, path.as_str()),
            message,
        ));
    }
    let message = format!("`{path}` has no heading or anchor `{fragment}`");
    let mut outcome = Outcome::new(Kind::Fragment, (target.span, path.as_str()), message);
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

#[cfg(test)]
mod tests {
    use super::respelt;

    #[test]
    fn respells_the_parts_that_have_names() {
        assert_eq!(
            respelt("../Docs/guide.MD", "docs/Guide.md").as_deref(),
            Some("../docs/Guide.md")
        );
        assert_eq!(respelt("./a%20B/", "x/A b").as_deref(), Some("./A%20b/"));
        assert_eq!(respelt("../x.md", "Docs/x.md"), None);
    }
}
