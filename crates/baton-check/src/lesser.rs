//! Findings that add nothing to what another rule says of the same place.

use std::collections::{BTreeMap, BTreeSet};

use baton_rules::RULES;
use baton_source::{Diagnostic, Location, Severity};

use crate::Report;

/// Drops findings of rules that yield to another which found as much in the same place, whether
/// or not a comment answers for that.
pub(crate) fn drop_lesser(report: &mut Report) {
    let yielding = report.findings.iter().filter(|it| !greater(it).is_empty());
    let places: BTreeSet<Location> = yielding.map(|finding| finding.at).collect();
    if places.is_empty() {
        return;
    }
    let answered = report.suppressed.iter().map(|it| &it.finding);
    let mut said: BTreeMap<(Location, &str), Severity> = BTreeMap::new();
    for finding in report.findings.iter().chain(answered) {
        if places.contains(&finding.at) {
            let severity = said.entry((finding.at, finding.rule));
            let severity = severity.or_insert(finding.severity);
            *severity = finding.severity.min(*severity);
        }
    }
    report.findings.retain(|finding| {
        let mut greater = greater(finding).iter();
        !greater.any(|rule| {
            let severity = said.get(&(finding.at, *rule));
            severity.is_some_and(|severity| *severity <= finding.severity)
        })
    });
}

/// The rules that a finding's rule yields to.
fn greater(finding: &Diagnostic) -> &'static [&'static str] {
    let at = RULES.binary_search_by(|rule| rule.meta.slug.cmp(finding.rule));
    let rule = at.ok().and_then(|at| RULES.get(at));
    rule.map_or(&[], |rule| rule.meta.yields_to)
}
