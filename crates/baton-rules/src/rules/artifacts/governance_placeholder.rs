//! Discovered constraints are not placeholders.

use baton_source::Span;

use crate::support::artifacts::of_artifact;
use crate::support::governance::discovery;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const PLACEHOLDERS: [&str; 3] = ["{x}", "{subscription", "unverified"];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((_, section)) = discovery(ctx, file) else {
        return;
    };
    let Some(contract) = of_artifact(ctx, file) else {
        return;
    };
    let text = section.of(file.text());
    let lower = text.to_ascii_lowercase();
    let first = PLACEHOLDERS
        .iter()
        .filter_map(|placeholder| Some((lower.find(placeholder)?, placeholder.len())))
        .min();
    let Some((at, length)) = first else {
        return;
    };
    let span = Span::new(at, at + length).shifted(section.start as usize);
    let found = span.of(file.text());
    out.report(file.at(&span), format!("`{found}` was never filled in"))
        .severity(contract.severity())
        .help("Query the policies of the subscription and write down what was found.");
}
