//! What rules about sizes of services share.

use baton_repo::{Moment, SkuManifest};

use crate::{Ctx, File};

/// How many whole days ago a moment was, as seen from the start of today.
pub(crate) fn days_since(ctx: &Ctx<'_>, moment: &str) -> Option<i64> {
    let today = ctx.today.to_string().parse::<Moment>().ok()?;
    let then = moment.parse::<Moment>().ok()?;
    Some((today.seconds - then.seconds).div_euclid(86_400))
}

/// Whether a manifest is there to be copied or to test something, so that it may be old and
/// alone.
pub(crate) fn is_example(file: &File) -> bool {
    let path = file.path.as_str();
    path.ends_with("templates/sku-manifest.template.json")
        || (path.starts_with("tests/") || path.contains("/tests/"))
            && path.contains("/sku-manifest/")
}

/// The file beside another one.
pub(crate) fn sibling<'r>(ctx: &Ctx<'r>, file: &File, name: &str) -> Option<&'r File> {
    let path = format!("{}/{name}", file.path.parent());
    let found = ctx.repo.file(&path)?;
    found.problem().is_none().then_some(found)
}

/// The page of a manifest.
pub(crate) fn page<'r>(ctx: &Ctx<'r>, file: &File) -> Option<&'r File> {
    let name = file.path.name();
    let stem = name.strip_suffix(".json").unwrap_or(name);
    sibling(ctx, file, &format!("{stem}.md"))
}

/// Whether a size matches a pattern with `*` for any characters and `?` for one.
pub(crate) fn matches(size: &str, pattern: &str) -> bool {
    let (size, pattern): (Vec<char>, Vec<char>) =
        (size.chars().collect(), pattern.chars().collect());
    // For each length of the text so far: whether the pattern so far matches it.
    let mut reached = vec![false; size.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for wanted in pattern {
        let mut next = vec![false; size.len() + 1];
        let mut any = false;
        for (at, now) in reached.iter().enumerate() {
            any |= *now;
            let fits = wanted == '?' || size.get(at) == Some(&wanted);
            if wanted == '*' {
                set(&mut next, at, any);
            } else if *now && at < size.len() && fits {
                set(&mut next, at + 1, true);
            }
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

fn set(list: &mut [bool], at: usize, value: bool) {
    if let Some(one) = list.get_mut(at) {
        *one = value;
    }
}

/// The manifest of a project.
pub(crate) fn of_project<'r>(ctx: &Ctx<'r>, project: &str) -> Option<(&'r File, &'r SkuManifest)> {
    let files = ctx.repo.of_kind("sku-manifest");
    let mut files = files.filter(|file| project_of(file.path.parent()) == project);
    let file = files.next()?;
    Some((file, ctx.repo.sku_manifest(file)?))
}

/// The last folder of a path.
pub(crate) fn project_of(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_whole_sizes() {
        for (size, pattern) in [
            ("GP_Gen5_2", "GP_*"),
            ("P1v3", "P?v3"),
            ("P1v3", "*"),
            ("P1v3", "P1v3"),
            ("a*b", "a*b"),
            ("", "*"),
        ] {
            assert!(matches(size, pattern), "{size} {pattern}");
        }
        for (size, pattern) in [
            ("GP_Gen5_2", "GP_"),
            ("P10v3", "P?v3"),
            ("p1v3", "P1v3"),
            ("P1v3", ""),
            ("P", "P?"),
        ] {
            assert!(!matches(size, pattern), "{size} {pattern}");
        }
    }
}
