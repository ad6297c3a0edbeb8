//! Infrastructure code does what the discovered policies demand.

use baton_iac::evaluate::Candidate;
use baton_repo::governance::GovernanceConstraints;
use baton_source::{Location, Severity};

use crate::support::governance_policies::{
    constraints_of, is_known, is_over, region, severity, target,
};
use crate::support::iac::{label_origin, shown};
use crate::support::iac_subject::{Subject, Told, subjects};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

/// Where something is that is everywhere.
const GLOBAL: &str = "global";

/// The file that is judged, the constraints, and what is told.
struct Judging<'c, 'a> {
    ctx: &'c Ctx<'a>,
    file: &'c File,
    from: &'c File,
    constraints: &'c GovernanceConstraints,
    told: Told,
}

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    if slug == "expired-policy-override" {
        expired(ctx, file, out);
        return;
    }
    let Some((from, constraints)) = constraints_of(ctx, file) else {
        return;
    };
    let mut judging = Judging {
        ctx,
        file,
        from,
        constraints,
        told: Told::default(),
    };
    let judge = match slug {
        "denied-property-value" => Judging::properties,
        "disallowed-location" => Judging::location,
        _ => Judging::tags,
    };
    for subject in subjects(ctx, file, &|_, _| true) {
        judge(&mut judging, &subject, out);
    }
}

fn expired(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(constraints) = ctx.repo.constraints(file) else {
        return;
    };
    for policy in &constraints.policies {
        let exemption = policy.exemption.as_ref().filter(|it| is_over(ctx, it));
        let Some(expiry) = exemption.and_then(|it| it.expiry.as_ref()) else {
            continue;
        };
        let message = format!("the override ended on {}", expiry.value);
        let finding = out.report(file.at(expiry), message);
        finding.help("Comply with the policy, or ask for a new override.");
        if let Some(name) = &policy.name {
            finding.label(file.at(name), "the policy");
        }
    }
}

impl Judging<'_, '_> {
    fn properties(&mut self, subject: &Subject<'_>, out: &mut Findings) {
        let mut denied: Vec<(Candidate, String, (Severity, Location))> = Vec::new();
        for policy in &self.constraints.policies {
            let Some(severity) = severity(self.ctx, policy) else {
                continue;
            };
            let (Some(required), Some(target)) = (&policy.required_value, target(policy, subject))
            else {
                continue;
            };
            let path: Vec<&str> = target.path.iter().map(String::as_str).collect();
            let values = subject.lookup(&path).candidates.into_iter();
            let wrong = values.filter(|it| target.is_met(required, it) == Some(false));
            let name = path.last().copied().unwrap_or_default();
            let from = (severity, self.from.at(required));
            denied.extend(wrong.map(|candidate| (candidate, name.to_owned(), from)));
        }
        for (candidate, name, from) in denied {
            self.deny((&subject.kind, &name, &candidate), from, out);
        }
    }

    fn deny(
        &mut self,
        (kind, name, candidate): (&str, &str, &Candidate),
        (severity, policy): (Severity, Location),
        out: &mut Findings,
    ) {
        let value = shown(&candidate.value);
        let is_error = severity == Severity::Error;
        let verb = if is_error { "deny" } else { "object to" };
        let message = format!("policies {verb} `{name}` of `{kind}` being `{value}`");
        if !self.told.is_new(candidate.at, &message) {
            return;
        }
        let finding = out.report(candidate.at.location(self.file.id), message);
        finding
            .severity(severity)
            .label(policy, "the policy demands this")
            .help("Set the value that the policy demands, or ask for an override.");
        label_origin(finding, self.file, candidate);
    }

    fn location(&mut self, subject: &Subject<'_>, out: &mut Findings) {
        let Some(first) = self.constraints.allowed_locations.first() else {
            return;
        };
        let allowed = &self.constraints.allowed_locations;
        let is_allowed = |name: &str| {
            let mut allowed = allowed.iter();
            name == GLOBAL || allowed.any(|one| one.value.to_lowercase().replace(' ', "") == name)
        };
        for candidate in &subject.lookup(&["location"]).candidates {
            let Some(name) = region(&candidate.value).filter(|name| !is_allowed(name)) else {
                continue;
            };
            let message = format!("policies do not allow resources in `{name}`");
            if !self.told.is_new(candidate.at, &message) {
                continue;
            }
            let names: Vec<String> = allowed
                .iter()
                .map(|one| format!("`{}`", one.value))
                .collect();
            let finding = out.report(candidate.at.location(self.file.id), message);
            finding
                .label(self.from.at(first), "where they allow them")
                .help(format!("Deploy to {}.", names.join(" or ")));
            label_origin(finding, self.file, candidate);
        }
    }

    fn tags(&mut self, subject: &Subject<'_>, out: &mut Findings) {
        let wanted = &self.constraints.tags_required;
        let Some(first) = wanted.first() else { return };
        let list = |missing: &[&str]| {
            let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        };
        let mut found: Vec<(Location, String)> = Vec::new();
        let sets = subject.entries(&["tags"]);
        for set in sets.iter().filter(|set| !set.open) {
            let has = |name: &str| {
                set.entries
                    .iter()
                    .any(|one| one.key.eq_ignore_ascii_case(name))
            };
            let missing = wanted.iter().map(|tag| tag.value.as_str());
            let missing: Vec<&str> = missing.filter(|name| !has(name)).collect();
            let message = format!("the tags lack {}, which policies demand", list(&missing));
            if !missing.is_empty() && self.told.is_new(set.at, &message) {
                found.push((set.at.location(self.file.id), message));
            }
        }
        let values = subject.lookup(&["tags"]);
        let has_none = values.absent && !values.unknown && values.candidates.is_empty();
        if has_none && is_known(subject.dialect, &subject.kind) {
            let missing: Vec<&str> = wanted.iter().map(|tag| tag.value.as_str()).collect();
            let message = format!(
                "`{}` has no tags; policies demand {}",
                subject.kind,
                list(&missing)
            );
            found.push((self.file.at(&subject.header), message));
        }
        for (at, message) in found {
            out.report(at, message)
                .label(self.from.at(first), "the tags that policies demand")
                .help("Add the tags, with values that the project agreed on.");
        }
    }
}
