//! Who sits before the terminal, if anybody does.

use std::env;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use baton_flow::gate::Surroundings;
use baton_flow::{Actor, ActorKind};
use baton_repo::Git;

use crate::actor;

/// Where this process runs.
pub(super) fn surroundings() -> Surroundings {
    let streams = [
        ("standard input", io::stdin().is_terminal()),
        ("standard error", io::stderr().is_terminal()),
    ];
    let closed = streams.into_iter().filter(|(_, is_terminal)| !is_terminal);
    let variables = env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
    Surroundings {
        closed: closed.map(|(name, _)| name).collect(),
        variables: variables.collect(),
    }
}

/// A person and the names they are known by, the address of mail first.
pub(super) fn person(root: &Path) -> (Actor, Vec<String>) {
    let git = Git::open(root).ok();
    let setting = |name: &str| git.as_ref()?.setting(name).ok().flatten();
    let names = ["user.email", "user.name"].into_iter().filter_map(setting);
    let names: Vec<String> = names.filter(|name| !name.trim().is_empty()).collect();
    let name = names.first().cloned();
    let actor = Actor {
        name: name.unwrap_or_else(|| actor::actor(root).name),
        kind: ActorKind::Human,
    };
    (actor, names)
}

/// Asks on standard error and reads a line from the terminal.
pub(super) fn ask(question: &str) -> Result<String> {
    let mut err = io::stderr().lock();
    write!(err, "{question} ")
        .and_then(|()| err.flush())
        .context("cannot ask on standard error")?;
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.context("cannot read the answer")?;
    Ok(line.trim().to_owned())
}
