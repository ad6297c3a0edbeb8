//! Versions of modules, and the constraints by which Terraform names them.

/// Major, minor and patch.
pub(super) type Version = [u32; 3];

/// The versions that a call may get: from the first up to, but without, the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Versions {
    pub(super) from: Version,
    pub(super) to: Version,
}

const FIRST: Version = [0; 3];
const NEVER: Version = [u32::MAX; 3];

/// A version with up to three parts, `v` before it or not; a part behind `-` or `+` does not count.
pub(super) fn version(text: &str) -> Option<Version> {
    parts(text).map(|(version, _)| version)
}

fn parts(text: &str) -> Option<(Version, usize)> {
    let text = text.trim();
    let text = text.strip_prefix('v').unwrap_or(text);
    let text = text.split(['-', '+']).next()?;
    let mut version = FIRST;
    let mut count = 0;
    for part in text.split('.') {
        *version.get_mut(count)? = part.parse().ok()?;
        count += 1;
    }
    Some((version, count))
}

/// What a version or a constraint allows. Without one a call gets the newest.
pub(super) fn versions(text: Option<&str>) -> Versions {
    let Some(text) = text else {
        return Versions {
            from: NEVER,
            to: NEVER,
        };
    };
    let all = Versions {
        from: FIRST,
        to: NEVER,
    };
    text.split(',').fold(all, |range, constraint| {
        let Some(one) = versions_of(constraint.trim()) else {
            return range;
        };
        Versions {
            from: range.from.max(one.from),
            to: range.to.min(one.to),
        }
    })
}

fn versions_of(constraint: &str) -> Option<Versions> {
    let operators = ["~>", ">=", "<=", "!=", ">", "<", "="];
    let operator = operators
        .into_iter()
        .find(|operator| constraint.starts_with(operator))
        .unwrap_or_default();
    let (version, count) = parts(constraint.strip_prefix(operator)?)?;
    let (from, to) = match operator {
        "~>" => (version, above(version, count.saturating_sub(1))),
        ">=" => (version, NEVER),
        ">" => (above(version, 3), NEVER),
        "<=" => (FIRST, above(version, 3)),
        "<" => (FIRST, version),
        "!=" => (FIRST, NEVER),
        _ => (version, above(version, 3)),
    };
    Some(Versions { from, to })
}

/// The first version that differs in the first `count` parts.
fn above([major, minor, patch]: Version, count: usize) -> Version {
    match count {
        0 => NEVER,
        1 => [major.saturating_add(1), 0, 0],
        2 => [major, minor.saturating_add(1), 0],
        _ => [major, minor, patch.saturating_add(1)],
    }
}

impl Versions {
    /// Whether one of them lies from `since` up to `until`.
    pub(super) fn meet(&self, since: Version, until: Option<Version>) -> bool {
        let last = if self.from == self.to {
            self.from
        } else {
            // The end is open: whatever comes before it is at most one patch less.
            self.to
        };
        let starts = since < last || since == self.from;
        starts && until.is_none_or(|until| self.from < until)
    }
}
