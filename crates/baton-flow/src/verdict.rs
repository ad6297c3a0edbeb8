//! What a file with a review's findings comes to.

use serde_json::Value;

use crate::event::ReviewVerdict;

/// The verdict of a file with findings; one that nobody can read is a failed review.
pub fn of_findings(text: &str) -> ReviewVerdict {
    let Ok(Value::Object(root)) = serde_json::from_str::<Value>(text) else {
        return ReviewVerdict::Failed;
    };
    let batches = root.get("batch_results").and_then(Value::as_array);
    let own = root.get("findings").and_then(Value::as_array);
    if own.is_none() && batches.is_none() {
        return ReviewVerdict::Failed;
    }
    let of_batches = batches.into_iter().flatten();
    let of_batches = of_batches.filter_map(|batch| batch.get("findings")?.as_array());
    let mut blocking = own
        .into_iter()
        .chain(of_batches)
        .flatten()
        .filter(|finding| word(finding, "severity") == "must_fix")
        .peekable();
    if blocking.peek().is_none() {
        return ReviewVerdict::Approved;
    }
    if blocking.any(|finding| !word(finding, "requires_step").is_empty()) {
        return ReviewVerdict::RequiresEarlierStep;
    }
    ReviewVerdict::NeedsRevision
}

fn word<'v>(finding: &'v Value, key: &str) -> &'v str {
    let word = finding.get(key).and_then(Value::as_str);
    word.unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::of_findings;
    use crate::event::ReviewVerdict;

    #[test]
    fn must_fix_decides() {
        let cases = [
            ("", ReviewVerdict::Failed),
            ("[]", ReviewVerdict::Failed),
            ("{}", ReviewVerdict::Failed),
            (r#"{"findings": []}"#, ReviewVerdict::Approved),
            (
                r#"{"findings": [{"severity": "should_fix", "requires_step": "step-2"}]}"#,
                ReviewVerdict::Approved,
            ),
            (
                r#"{"findings": [{"severity": "must_fix"}]}"#,
                ReviewVerdict::NeedsRevision,
            ),
            (
                r#"{"findings": [{"severity": "must_fix", "requires_step": "step-2"}]}"#,
                ReviewVerdict::RequiresEarlierStep,
            ),
            (
                r#"{"batch_results": [{"findings": [{"severity": "must_fix"}]}]}"#,
                ReviewVerdict::NeedsRevision,
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(of_findings(text), expected, "{text}");
        }
    }
}
