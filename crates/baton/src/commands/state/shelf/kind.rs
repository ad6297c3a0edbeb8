//! What a file of a project is, by its name.

/// Kinds by a part of the name; the first that fits counts.
const KINDS: [(&str, &str); 13] = [
    ("session-state", "session-state"),
    ("handoff.md", "handoff"),
    ("requirements.md", "requirements"),
    ("architecture", "architecture"),
    ("03-des-", "design"),
    ("governance-constraints.json", "governance-json"),
    ("governance", "governance"),
    ("implementation-plan", "implementation-plan"),
    ("diagram", "diagram"),
    ("deployment-summary", "deployment-summary"),
    ("07-", "as-built"),
    ("lessons-learned.json", "lessons-json"),
    ("lessons-learned", "lessons"),
];

/// What a file is.
pub(super) fn kind(name: &str) -> &'static str {
    let fits = |part: &str| {
        if part.starts_with(|first: char| first.is_ascii_digit()) {
            name.starts_with(part)
        } else {
            name.contains(part)
        }
    };
    // Reviews are about artifacts, whose names they repeat.
    let is_review = name.starts_with("challenge-findings");
    let found = KINDS.iter().find(|(part, _)| fits(part) && !is_review);
    match (found, name.rsplit_once('.')) {
        (Some((_, kind)), _) => kind,
        (None, Some((_, "json"))) => "json",
        (None, Some((_, "md"))) => "markdown",
        _ => "other",
    }
}

/// The number of the step a file belongs to: the two digits it begins with.
pub(super) fn step(name: &str) -> Option<u32> {
    let (digits, _) = name.split_at_checked(2)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::{kind, step};

    #[test]
    fn names_tell_kind_and_step() {
        let cases = [
            ("00-session-state.json", "session-state", Some(0)),
            ("00-handoff.md", "handoff", Some(0)),
            ("05-iac-handoff.json", "json", Some(5)),
            ("01-requirements.md", "requirements", Some(1)),
            ("02-architecture-assessment.md", "architecture", Some(2)),
            ("03-des-cost-estimate.md", "design", Some(3)),
            ("04-governance-constraints.json", "governance-json", Some(4)),
            ("04-governance-constraints.md", "governance", Some(4)),
            ("04-implementation-plan.md", "implementation-plan", Some(4)),
            ("06-deployment-summary.md", "deployment-summary", Some(6)),
            ("07-design-document.md", "as-built", Some(7)),
            ("09-lessons-learned.json", "lessons-json", Some(9)),
            ("09-lessons-learned.md", "lessons", Some(9)),
            ("challenge-findings-requirements.json", "json", None),
            ("README.md", "markdown", None),
            ("é", "other", None),
        ];
        for (name, expected, number) in cases {
            assert_eq!((kind(name), step(name)), (expected, number), "{name}");
        }
    }
}
