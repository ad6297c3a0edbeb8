//! Who acts, and when: what the ledger says beside each event.

use std::env;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use baton_flow::{Actor, ActorKind};
use baton_repo::{Date, Git};

/// Who runs this program on the repository at `root`: a person when a person can read and answer,
/// else an agent or a program.
pub(crate) fn actor(root: &Path) -> Actor {
    let is_human = io::stdin().is_terminal() && io::stdout().is_terminal();
    let kind = if is_human {
        ActorKind::Human
    } else {
        ActorKind::Agent
    };
    let name = configured(root).or_else(account);
    let name = name.unwrap_or_else(|| "unknown".to_owned());
    Actor { name, kind }
}

/// The same where nobody can be taken for a person.
pub(crate) fn program(root: &Path) -> Actor {
    Actor {
        kind: ActorKind::Agent,
        ..actor(root)
    }
}

/// The moment, in UTC to the second.
pub(crate) fn now() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    moment(now.unwrap_or_default().as_secs())
}

/// A moment in UTC by the seconds since 1970.
pub(crate) fn moment(seconds: u64) -> String {
    let date = Date::from_unix_seconds(seconds);
    let (hours, minutes) = (seconds / 3_600 % 24, seconds / 60 % 60);
    format!("{date}T{hours:02}:{minutes:02}:{:02}Z", seconds % 60)
}

/// The name git gives to commits; a folder without git has none.
fn configured(root: &Path) -> Option<String> {
    let name = Git::open(root).ok()?.setting("user.name").ok()??;
    Some(name).filter(|name| !name.trim().is_empty())
}

fn account() -> Option<String> {
    let named = ["USER", "LOGNAME", "USERNAME"].into_iter();
    let mut names = named.filter_map(|variable| env::var(variable).ok());
    names.find(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_is_written_in_utc_to_the_second() {
        assert_eq!(moment(0), "1970-01-01T00:00:00Z");
        assert_eq!(moment(951_827_696), "2000-02-29T12:34:56Z");
    }
}
