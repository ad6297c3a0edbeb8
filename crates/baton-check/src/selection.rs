//! From names to rules: checks, families, slugs and their aliases.

use std::collections::BTreeSet;

use baton_rules::{CHECKS, Check, Default, RULES, Rule};

/// The rules a run was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    rules: BTreeSet<&'static str>,
    /// Rules named by slug or alias.
    explicit: BTreeSet<&'static str>,
    /// Checks to count, in table order; empty means every check a rule is part of.
    checks: BTreeSet<&'static str>,
    /// Families whose rules were all asked for.
    families: BTreeSet<&'static str>,
    /// Whether checks of style, though named, leave alone a repository that configures none.
    pub configured_only: bool,
}

/// A name that is no check, no family and no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no check, family or rule `{name}`")]
pub struct UnknownSelector {
    /// The name.
    pub name: String,
    /// The nearest name there is.
    pub suggestion: Option<&'static str>,
}

/// Resolves `--select` and `--ignore`; an empty `select` means every rule that runs unasked.
pub fn select(select: &[String], ignore: &[String]) -> Result<Selection, UnknownSelector> {
    let mut selection = Selection::default();
    if select.is_empty() {
        selection.rules.extend(
            RULES
                .iter()
                .filter(|rule| on(rule))
                .map(|rule| rule.meta.slug),
        );
    }
    for name in select {
        let named = resolve(name)?;
        selection.rules.extend(named.rules);
        selection.explicit.extend(named.explicit);
        selection.checks.extend(named.checks);
        selection.families.extend(named.families);
    }
    if select.iter().any(|name| name == "all") {
        // With everything asked for, further names narrow nothing.
        selection.checks.clear();
    }
    let reporters = RULES
        .iter()
        .filter(|rule| matches!(rule.check, Check::Checker));
    selection.rules.extend(reporters.map(|rule| rule.meta.slug));
    for name in ignore {
        let named = resolve(name)?;
        selection.rules.retain(|slug| !named.rules.contains(slug));
        selection
            .explicit
            .retain(|slug| !named.rules.contains(slug));
        selection
            .checks
            .retain(|check| !named.checks.contains(check));
    }
    Ok(selection)
}

impl Selection {
    /// Whether a rule was asked for.
    pub fn contains(&self, slug: &str) -> bool {
        self.rules.contains(slug)
    }

    /// Whether a rule was asked for by its own name.
    pub(crate) fn names_explicitly(&self, slug: &str) -> bool {
        self.explicit.contains(slug)
    }

    /// The checks that were asked for by name, or one of whose rules or families was.
    pub(crate) fn asked(&self) -> BTreeSet<&'static str> {
        if self.configured_only {
            return BTreeSet::new();
        }
        let named = RULES.iter().filter(|rule| {
            let meta = &rule.meta;
            self.explicit.contains(meta.slug) || self.families.contains(meta.family)
        });
        let by_rule = named.flat_map(|rule| rule.meta.checks.iter().copied());
        self.checks.iter().copied().chain(by_rule).collect()
    }

    /// Whether a check's figures are wanted.
    pub(crate) fn counts(&self, check: &str) -> bool {
        self.checks.is_empty() || self.checks.contains(check)
    }
}

/// The rules one name stands for.
fn resolve(name: &str) -> Result<Selection, UnknownSelector> {
    let mut selection = Selection::default();
    if name == "all" {
        selection.rules.extend(
            RULES
                .iter()
                .filter(|rule| on(rule))
                .map(|rule| rule.meta.slug),
        );
        return Ok(selection);
    }
    if let Some(check) = CHECKS
        .iter()
        .find(|check| check.name == name || check.aliases.contains(&name))
    {
        let members = RULES
            .iter()
            .filter(|rule| rule.meta.checks.contains(&check.name));
        selection.rules.extend(members.map(|rule| rule.meta.slug));
        selection.checks.insert(check.name);
        return Ok(selection);
    }
    let named = RULES
        .iter()
        .filter(|rule| rule.meta.slug == name || rule.meta.aliases.contains(&name));
    selection.explicit.extend(named.map(|rule| rule.meta.slug));
    if selection.explicit.is_empty() {
        let family = RULES
            .iter()
            .filter(|rule| rule.meta.family == name && on(rule));
        let family: Vec<&Rule> = family.collect();
        selection
            .families
            .extend(family.first().map(|rule| rule.meta.family));
        let family = family.into_iter();
        selection.rules.extend(family.map(|rule| rule.meta.slug));
    }
    selection.rules.extend(selection.explicit.iter());
    if selection.rules.is_empty() {
        return Err(UnknownSelector {
            name: name.to_owned(),
            suggestion: nearest(name),
        });
    }
    Ok(selection)
}

fn on(rule: &Rule) -> bool {
    rule.meta.default == Default::On
}

/// The known name nearest to one that is not known.
fn nearest(name: &str) -> Option<&'static str> {
    let checks = CHECKS
        .iter()
        .flat_map(|check| std::iter::once(check.name).chain(check.aliases.iter().copied()));
    let rules = RULES.iter().flat_map(|rule| {
        [rule.meta.slug, rule.meta.family]
            .into_iter()
            .chain(rule.meta.aliases.iter().copied())
    });
    baton_source::nearest(name, checks.chain(rules))
}
