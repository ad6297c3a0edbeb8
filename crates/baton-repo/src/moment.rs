//! A moment in ISO 8601 notation, for comparing.

use std::str::FromStr;

use crate::Date;

/// A moment in UTC; text without a zone counts as UTC, a date alone as its midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Nanoseconds within the second.
    pub nanoseconds: u32,
}

impl FromStr for Moment {
    type Err = ();

    fn from_str(text: &str) -> Result<Moment, ()> {
        let (date, time) = match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let midnight = days(date.parse::<Date>()?) * 86_400;
        let Some(time) = time else {
            return Ok(Moment {
                seconds: midnight,
                nanoseconds: 0,
            });
        };
        let (clock, offset) = zone(time)?;
        let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let mut parts = whole.split(':');
        let hours = limited(parts.next().ok_or(())?, 23)?;
        let minutes = limited(parts.next().ok_or(())?, 59)?;
        let seconds = parts.next().map_or(Ok(0), |part| limited(part, 60))?;
        if parts.next().is_some() {
            return Err(());
        }
        Ok(Moment {
            seconds: midnight + hours * 3_600 + minutes * 60 + seconds - offset,
            nanoseconds: nanoseconds(fraction)?,
        })
    }
}

/// Splits a time of day from its zone; the zone as seconds east of UTC.
fn zone(time: &str) -> Result<(&str, i64), ()> {
    if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        return Ok((clock, 0));
    }
    let Some(at) = time.rfind(['+', '-']) else {
        return Ok((time, 0));
    };
    let (clock, offset) = time.split_at(at);
    let digits: String = offset.chars().filter(|c| *c != ':').skip(1).collect();
    let (hours, minutes) = digits.split_at_checked(2).ok_or(())?;
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    let east = limited(hours, 23)? * 3_600 + limited(minutes, 59)? * 60;
    Ok((clock, if offset.starts_with('-') { -east } else { east }))
}

/// A number of exactly two digits.
fn limited(text: &str, most: i64) -> Result<i64, ()> {
    let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = text.parse().map_err(|_| ())?;
    (is_number && number <= most).then_some(number).ok_or(())
}

fn nanoseconds(fraction: &str) -> Result<u32, ()> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(());
    }
    let nine: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    nine.parse().map_err(|_| ())
}

/// Days since 1970-01-01, by the era arithmetic of the Gregorian calendar.
fn days(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month), i64::from(date.day));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::Moment;

    fn seconds(text: &str) -> Option<i64> {
        text.parse::<Moment>().ok().map(|moment| moment.seconds)
    }

    #[test]
    fn reads_the_usual_spellings() {
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(seconds("2000-02-29"), Some(951_782_400));
        assert_eq!(seconds("2026-11-21T00:00:00Z"), Some(1_795_219_200));
        assert_eq!(seconds("2026-11-21T01:30:00+01:30"), Some(1_795_219_200));
        assert_eq!(seconds("2026-11-20T23:00-0100"), Some(1_795_219_200));
        assert_eq!(
            seconds("2026-11-21 00:00:00.123456+00"),
            Some(1_795_219_200)
        );
        assert!("2026-11-21T00:00:00.2Z".parse::<Moment>() > "2026-11-21".parse::<Moment>());
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "yesterday",
            "2026-02-30",
            "2026-11-21T",
            "2026-11-21T25:00:00Z",
            "2026-11-21T1:00Z",
            "2026-11-21T10:00:00.Z",
            "2026-11-21T10:00:00+é",
            "2026-11-21T10:61",
            "1763600000",
            "2026-11-21T10:00:00:00Z",
            "T",
            "2026-11-21T+1:00:00",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
