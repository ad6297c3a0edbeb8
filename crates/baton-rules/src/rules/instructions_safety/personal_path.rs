//! Instructions name no folder of one person's machine.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baton_source::Span;
use regex::Regex;

use crate::support::agent_text::pattern;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Users of containers, of hosted machines and of examples.
const ANYBODY: &[&str] = &[
    "vscode",
    "codespace",
    "node",
    "ubuntu",
    "coder",
    "gitpod",
    "jovyan",
    "app",
    "runner",
    "agent",
    "agents",
    "claude",
    "codex",
    "copilot",
    "you",
    "me",
    "x",
    "foo",
    "bar",
    "jdoe",
    "alice",
    "bob",
    "john",
    "jane",
    "someone",
    "anyone",
    "dev",
    "developer",
    "public",
    "shared",
    "default",
    "linuxbrew",
    "homebrew",
    "pi",
    "vagrant",
    "circleci",
    "jenkins",
    "git",
    "gitlab",
    "sandbox",
    "workspace",
    "project",
    "projects",
    "root",
    "debian",
    "fedora",
    "centos",
    "opc",
    "deploy",
    "nonroot",
    "steam",
    "oracle",
    "vsts",
    "unsloth",
    "acme",
    "demo",
    "test",
    "tester",
    "temp",
    "documents",
];

/// Words that tell a name as one to be filled in.
const FILLED_IN: &[&str] = &[
    "user", "name", "your", "example", "admin", "xxx", "...", "person", "sample",
];

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let text = file.text();
    let mut people: BTreeMap<&str, (Span, usize)> = BTreeMap::new();
    for found in HOME.captures_iter(text) {
        let (Some(path), Some(name)) = (found.get(1), found.get(2)) else {
            continue;
        };
        if is_anybody(name.as_str()) {
            continue;
        }
        let at = Span::new(path.start(), path.end());
        let person = people.entry(name.as_str()).or_insert((at, 0));
        person.1 += 1;
    }
    for (at, count) in people.values() {
        let path = at.of(text);
        let times = match count {
            1 => String::new(),
            count => format!(" ({count} times here)"),
        };
        let message = format!("`{path}` is a folder of one person's machine{times}");
        out.report(file.at(at), message)
            .help("Write the path from the repository's root, or with `~` or a variable.");
    }
}

fn is_anybody(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let filled_in = FILLED_IN.iter().any(|word| name.contains(word));
    filled_in || ANYBODY.contains(&name.as_str())
}

static HOME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?:^|[\s`'\x22(=:,\[]|file://)((?:/Users/|/home/|[A-Za-z]:\\{1,2}Users\\{1,2}|[A-Za-z]:/Users/|/mnt/[a-z]/Users/)([A-Za-z0-9][A-Za-z0-9._-]*)[/\\])",
    )
});
