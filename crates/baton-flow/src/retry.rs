//! How long to wait before work that failed is tried again. No clock: chance is a number.

use std::time::Duration;

use crate::event::FailureCategory;
use crate::pack::{self, RetryFacts};

/// The wait before a try; `attempt` is that of the try to come, from 2 on, and `chance` a number
/// from 0 to 1. The first try does not wait.
pub fn delay(category: FailureCategory, attempt: u32, chance: f64) -> Duration {
    delay_by(&pack::runner().retry, category, attempt, chance)
}

/// The wait by a table of one's own.
pub fn delay_by(
    facts: &RetryFacts,
    category: FailureCategory,
    attempt: u32,
    chance: f64,
) -> Duration {
    let Some(waited) = attempt.checked_sub(2) else {
        return Duration::ZERO;
    };
    let first = facts.categories.get(&category).copied();
    let first = Duration::from_millis(first.unwrap_or(facts.first_ms)).as_secs_f64();
    let cap = Duration::from_millis(facts.cap_ms).as_secs_f64();
    let exponent = i32::try_from(waited).unwrap_or(i32::MAX);
    let whole = (first * facts.factor.max(1.0).powi(exponent)).min(cap);
    // From the share below to the share above it, by chance.
    let share = facts.jitter.clamp(0.0, 1.0);
    let chance = if chance.is_finite() {
        chance.clamp(0.0, 1.0)
    } else {
        0.5
    };
    let seconds = whole * (1.0 + share * (2.0 * chance - 1.0));
    Duration::try_from_secs_f64(seconds.min(cap)).unwrap_or(Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::{delay, delay_by};
    use crate::event::FailureCategory::{AgentError, BuildError, Timeout};
    use crate::pack::RetryFacts;

    #[test]
    fn waits_grow_up_to_a_cap() {
        let facts = RetryFacts {
            first_ms: 100,
            factor: 2.0,
            cap_ms: 450,
            jitter: 0.2,
            categories: BTreeMap::from([(BuildError, 0)]),
        };
        for (category, attempt, chance, expected) in [
            (AgentError, 0, 0.5, 0),
            (AgentError, 1, 0.5, 0),
            (AgentError, 2, 0.5, 100),
            (AgentError, 3, 0.5, 200),
            (AgentError, 4, 0.5, 400),
            (AgentError, 5, 0.5, 450),
            (AgentError, u32::MAX, 0.5, 450),
            (AgentError, 2, 0.0, 80),
            (AgentError, 2, 1.0, 120),
            (AgentError, 9, 1.0, 450),
            (AgentError, 2, f64::NAN, 100),
            (AgentError, 2, -7.0, 80),
            (BuildError, 9, 1.0, 0),
        ] {
            let waited = delay_by(&facts, category, attempt, chance);
            let expected = Duration::from_millis(expected);
            assert!(
                waited.abs_diff(expected) < Duration::from_micros(1),
                "{attempt} {chance}: {waited:?}"
            );
        }
    }

    #[test]
    fn the_packs_table_waits_longer_for_what_takes_longer() {
        assert_eq!(delay(Timeout, 2, 0.5), Duration::from_secs(10));
        assert_eq!(delay(BuildError, 2, 0.5), Duration::ZERO);
        assert_eq!(delay(Timeout, 99, 1.0), Duration::from_mins(1));
    }
}
