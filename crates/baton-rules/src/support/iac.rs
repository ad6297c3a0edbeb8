//! Words for values, and what they come from.

use baton_iac::evaluate::{Candidate, Known, Origin, Scope};
use baton_source::Diagnostic;

use crate::File;

pub(crate) mod modules;

/// A value as a reader would write it.
pub(crate) fn shown(value: &Known) -> String {
    value
        .as_text()
        .map_or_else(|| "a list or an object".to_owned(), str::to_owned)
}

/// The word for a kind of named value.
pub(crate) fn origin_word(origin: Origin) -> &'static str {
    match origin {
        Origin::Default | Origin::Fallback => "default",
        Origin::Definition => "value",
        Origin::Assignment => "assignment",
        Origin::Argument => "argument",
        Origin::Iteration => "collection",
        Origin::Module => "module's value",
    }
}

/// Points at the named values through which a value arrives.
pub(crate) fn label_origin(finding: &mut Diagnostic, file: &File, candidate: &Candidate) {
    for via in &candidate.via {
        let word = origin_word(via.origin);
        finding.label(
            via.place.location(file.id),
            format!("the {word} of `{}` is used", via.address),
        );
    }
}

/// A scope as the evaluator wants it.
pub(crate) fn scope_of(template: &baton_iac::model::Template) -> impl Scope + '_ {
    baton_iac::evaluate::FileScope::new(template)
}
