//! Hooks and servers run nothing straight from the network.

use baton_repo::agent_hooks::Call;

use crate::support::agent_safety::started;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

const SHELLS: [&str; 8] = [
    "bash", "sh", "zsh", "dash", "node", "python", "python3", "deno",
];

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for started in started(ctx) {
        let download = started.calls.iter().find(|call| {
            let name = name(call);
            matches!(name, "curl" | "wget") && call.words.iter().flatten().any(|word| is_web(word))
        });
        // A program that reads what is piped to it, and no file or text of its own.
        let reader = started.calls.iter().find(|call| {
            let arguments = call.words.get(1..).unwrap_or(&[]).iter();
            let mut own = arguments.filter(|word| {
                let text = word.as_deref().unwrap_or("x");
                !text.starts_with('-') || matches!(text, "-c" | "-e" | "-m")
            });
            call.piped_from && SHELLS.contains(&name(call)) && own.next().is_none()
        });
        if let (Some(download), Some(reader)) = (download, reader) {
            let program = name(reader);
            let mut words = download.words.iter().flatten();
            let address = words.find(|word| is_web(word)).map_or("", String::as_str);
            let message = format!("`{program}` runs whatever `{address}` answers");
            out.report(started.file.at(&started), message)
                .help("Keep the script in the repository, or compare its checksum first.");
        }
    }
}

fn name(call: &Call) -> &str {
    let program = call.words.first().and_then(Option::as_deref).unwrap_or("");
    program.rsplit('/').next().unwrap_or(program)
}

fn is_web(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}
