//! Version requirements: `0.1`, `>=0.1, <0.3`, `=0.1.2`.

/// Whether a version meets every part of a requirement; `None` when either is not readable.
///
/// A bare version means itself and everything that only adds further numbers to it.
pub(crate) fn satisfies(version: &str, requirement: &str) -> Option<bool> {
    let version = numbers(version)?;
    let mut all = true;
    for part in requirement.split(',').map(str::trim) {
        all &= meets(&version, part)?;
    }
    Some(all)
}

fn meets(version: &[u64], part: &str) -> Option<bool> {
    let operators = [">=", "<=", ">", "<", "="];
    let operator = operators
        .into_iter()
        .find(|operator| part.starts_with(operator));
    let wanted = part.strip_prefix(operator.unwrap_or("")).unwrap_or(part);
    let wanted = numbers(wanted.trim())?;
    let mut full = wanted.clone();
    full.resize(3, 0);
    Some(match operator {
        Some(">=") => version >= full.as_slice(),
        Some("<=") => version <= full.as_slice() || version.starts_with(&wanted),
        Some(">") => version > full.as_slice() && !version.starts_with(&wanted),
        Some("<") => version < full.as_slice(),
        _ => version.starts_with(&wanted),
    })
}

/// One to three numbers with dots between them.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let numbers: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
    numbers.filter(|numbers| numbers.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::satisfies;

    #[test]
    fn requirements_are_met_or_not() {
        let cases = [
            ("0.1.2", "0.1", Some(true)),
            ("0.1.2", "0.2", Some(false)),
            ("0.1.2", "=0.1.2", Some(true)),
            ("0.1.2", ">=0.1, <0.3", Some(true)),
            ("0.3.0", ">=0.1, <0.3", Some(false)),
            ("0.1.2", ">0.1", Some(false)),
            ("0.1.2", "<=0.1", Some(true)),
            ("1.10.0", ">=1.9", Some(true)),
            ("0.1.2", "latest", None),
            ("0.1.2", "", None),
        ];
        for (version, requirement, expected) in cases {
            assert_eq!(
                satisfies(version, requirement),
                expected,
                "{version} {requirement}"
            );
        }
    }
}
