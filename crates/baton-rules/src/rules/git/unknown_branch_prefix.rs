//! Names of branches begin as it is agreed.

use baton_source::nearest;

use crate::support::branches::branch;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(branch) = branch(ctx, file) else {
        return;
    };
    let prefixes = &branch.conventions.prefixes;
    let fits = |prefix: &String| branch.name.starts_with(prefix.as_str());
    if prefixes.is_empty() || prefixes.iter().any(fits) {
        return;
    }
    let given = branch.name.split_inclusive('/').next().unwrap_or_default();
    let help = match meant(given, prefixes) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => format!("Begin the name with one of `{}`.", prefixes.join("`, `")),
    };
    let message = format!("no branch here begins as `{}` does", branch.name);
    out.report(file.at(&branch.span), message).help(help);
}

/// The prefix that is meant by one that nobody has: a longer or shorter word for the same, or one
/// with a slip in it.
fn meant<'p>(given: &str, prefixes: &'p [String]) -> Option<&'p str> {
    let word = given.strip_suffix('/')?;
    let known = |prefix: &'p String| prefix.strip_suffix('/');
    let same = |known: &&str| {
        let longer = word.starts_with(known) || word.ends_with(known);
        known.len() > 2 && word.len() > 2 && (longer || known.starts_with(word))
    };
    let same = prefixes.iter().filter_map(known).find(same);
    // Few letters are near to many others: without the first one too, nothing is told.
    let begins = |known: &&str| known.bytes().next() == word.bytes().next();
    let near = || nearest(word, prefixes.iter().filter_map(known).filter(begins));
    let meant = same.or_else(near)?;
    let mut all = prefixes.iter().map(String::as_str);
    all.find(|prefix| prefix.strip_suffix('/') == Some(meant))
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn words_for_the_same_are_known() {
        let prefixes = ["feat/", "fix/", "ci/", "docs/", "tools/scripts/", "test/"];
        let prefixes = prefixes.map(str::to_owned);
        for (given, wanted) in [
            ("feature/", Some("feat/")),
            ("hotfix/", Some("fix/")),
            ("doc/", Some("docs/")),
            ("fxi/", Some("fix/")),
            ("tests/", Some("test/")),
            ("wip/", None),
            ("release/", None),
            ("feat", None),
        ] {
            assert_eq!(meant(given, &prefixes), wanted, "{given}");
        }
    }
}
