//! From the names people type after `validate` and `lint` to selectors.

use anyhow::{Result, anyhow};
use baton_check::external::{ADAPTERS, Adapter, Profile, Tag};
use baton_rules::CHECKS;
use baton_source::nearest;

/// The selectors that names stand for in a group such as `validate`.
///
/// A name with a colon is a check as it is; any other is tried with the group before it, and
/// then with the groups that have no command of their own.
pub(super) fn in_group(group: &str, names: &[String]) -> Result<Vec<String>> {
    names.iter().map(|name| one(group, name)).collect()
}

/// The selectors that names stand for where any check, family or rule will do.
pub(super) fn in_any_group(names: &[String]) -> Vec<String> {
    let selector = |name: &String| {
        let short = |known: &str| {
            known
                .split_once(':')
                .is_some_and(|(_, short)| short == name)
        };
        known()
            .find(|known| short(known))
            .map_or_else(|| name.clone(), str::to_owned)
    };
    names.iter().map(selector).collect()
}

/// The checks behind which another program stands and that `all` means in a profile.
pub(super) fn external(profile: Profile) -> impl Iterator<Item = String> {
    let adapters = ADAPTERS.iter();
    let adapters = adapters.filter(move |adapter| profile.holds(adapter.tags));
    adapters.map(|adapter| adapter.check.to_owned())
}

/// The checks that only run where the network may be used.
pub(super) fn networked() -> impl Iterator<Item = &'static Adapter> {
    let adapters = ADAPTERS.iter();
    adapters.filter(|adapter| adapter.tags.contains(&Tag::Network))
}

/// Those of them that people expect to run, since CI runs them.
pub(super) fn expected_online() -> Vec<&'static str> {
    let expected = networked().filter(|adapter| Profile::Ci.holds(adapter.tags));
    expected.map(|adapter| adapter.check).collect()
}

fn one(group: &str, name: &str) -> Result<String> {
    if name == "all" {
        return Ok(name.to_owned());
    }
    let candidates = if name.contains(':') {
        vec![name.to_owned(), format!("{group}:{name}")]
    } else {
        vec![format!("{group}:{name}"), format!("check:{name}")]
    };
    let known = candidates
        .iter()
        .find(|candidate| known().any(|known| known == *candidate));
    known.cloned().ok_or_else(|| unknown(group, name))
}

fn unknown(group: &str, name: &str) -> anyhow::Error {
    let short = |known: &'static str| known.split_once(':').map_or(known, |(_, name)| name);
    let elsewhere = known().find(|known| short(known) == name);
    let in_group = || {
        known()
            .filter(|known| known.split(':').next() == Some(group))
            .map(short)
    };
    let hint = match (elsewhere, nearest(name, in_group())) {
        (Some(check), _) => format!("did you mean `{check}`?"),
        (None, Some(meant)) => format!("did you mean `{meant}`?"),
        (None, None) => {
            "see `baton checks`; paths go with `baton check PATHS --select NAME`".to_owned()
        }
    };
    anyhow!("there is no check `{name}` to {group}; {hint}")
}

fn known() -> impl Iterator<Item = &'static str> {
    let names = |check: &'static baton_rules::CheckName| {
        std::iter::once(check.name).chain(check.aliases.iter().copied())
    };
    CHECKS.iter().flat_map(names)
}

#[cfg(test)]
mod tests {
    use super::one;

    #[test]
    fn names_become_checks() {
        assert_eq!(one("validate", "agents").unwrap(), "validate:agents");
        assert_eq!(one("lint", "h2-sync").unwrap(), "lint:h2-sync");
        assert_eq!(one("validate", "h2-order").unwrap(), "check:h2-order");
        assert_eq!(one("lint", "validate:agents").unwrap(), "validate:agents");
        assert_eq!(one("lint", "links:online").unwrap(), "lint:links:online");
        assert_eq!(one("validate", "all").unwrap(), "all");
    }

    #[test]
    fn unknown_names_are_answered_with_the_nearest() {
        let said = |group, name| one(group, name).unwrap_err().to_string();
        assert_eq!(
            said("validate", "artefacts"),
            "there is no check `artefacts` to validate; did you mean `artifacts`?"
        );
        assert_eq!(
            said("validate", "h2-sync"),
            "there is no check `h2-sync` to validate; did you mean `lint:h2-sync`?"
        );
        assert_eq!(
            said("lint", "quantum"),
            "there is no check `quantum` to lint; see `baton checks`; \
             paths go with `baton check PATHS --select NAME`"
        );
    }
}
