//! Texts that matter in certain files, from the pack or from the configuration.

use baton_repo::meta::TextRule;
use baton_syntax::glob::GlobSet;
use regex::{Regex, RegexBuilder};

use crate::settings::meta::ForbiddenText;

/// A text that matters in certain files, ready to be looked for.
pub(crate) struct CompiledText {
    /// The files.
    pub(crate) files: GlobSet,
    /// The text.
    pub(crate) pattern: Regex,
    /// What to do about it.
    pub(crate) message: String,
}

impl CompiledText {
    /// One of a pack; `None` when it cannot be read.
    pub(crate) fn of_pack(rule: &TextRule) -> Option<CompiledText> {
        compiled(
            (&rule.files, &rule.message),
            &rule.pattern,
            rule.ignore_case,
        )
    }

    /// One of the configuration; `None` when a glob cannot be read.
    pub(crate) fn of_settings(rule: &ForbiddenText) -> Option<CompiledText> {
        let pattern = rule.pattern.0.as_str();
        compiled((&rule.files, &rule.message), pattern, rule.ignore_case)
    }
}

fn compiled(
    (files, message): (&[String], &str),
    pattern: &str,
    ignore_case: bool,
) -> Option<CompiledText> {
    let mut builder = RegexBuilder::new(pattern);
    Some(CompiledText {
        files: GlobSet::new(files).ok()?,
        pattern: builder.case_insensitive(ignore_case).build().ok()?,
        message: message.to_owned(),
    })
}
