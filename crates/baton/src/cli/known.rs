//! Names that shells complete. Any other text is taken too: who looks the name up has better
//! suggestions.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use baton_rules::{CHECKS, RULES};
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};

/// Takes any text and knows some.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known(pub(super) fn() -> BTreeSet<&'static str>);

impl TypedValueParser for Known {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter().map(PossibleValue::new)))
    }
}

/// Rules.
pub(super) fn slugs() -> BTreeSet<&'static str> {
    RULES.iter().map(|rule| rule.meta.slug).collect()
}

/// Checks without their group, and `all`.
pub(super) fn short_names() -> BTreeSet<&'static str> {
    let short = checks().map(|name| name.split_once(':').map_or(name, |(_, short)| short));
    short.chain(["all"]).collect()
}

/// Checks, families and rules.
pub(super) fn selectors() -> BTreeSet<&'static str> {
    let families = RULES.iter().map(|rule| rule.meta.family);
    checks().chain(families).chain(slugs()).collect()
}

fn checks() -> impl Iterator<Item = &'static str> {
    let aliases = CHECKS.iter().flat_map(|check| check.aliases).copied();
    CHECKS.iter().map(|check| check.name).chain(aliases)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;
    use clap_complete::Shell;

    use crate::cli::Cli;

    #[test]
    fn shells_complete_names() {
        let mut script = Vec::new();
        clap_complete::generate(Shell::Bash, &mut Cli::command(), "baton", &mut script);
        let script = String::from_utf8(script).unwrap();
        for name in [
            "h2-order",
            "validate:agents",
            "outdated-tls",
            "session-lock",
        ] {
            assert!(script.contains(&format!(" {name} ")), "{name}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
