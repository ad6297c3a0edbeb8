//! Prompts of handoffs say what to read and what to write.

use std::sync::LazyLock;

use baton_repo::{Agent, Handoff};
use regex::Regex;

use crate::support::prompting;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(folder) = &ctx.repo.prompting().handoff_evidence else {
        return;
    };
    let agent = Agent::read(file, false);
    for handoff in &agent.handoffs {
        let Some(prompt) = &handoff.prompt else {
            continue;
        };
        let missing = match evidence(&prompt.value, folder) {
            (true, true) => continue,
            (true, false) => "does not say what to write",
            (false, true) => "does not say what to read",
            (false, false) => "says neither what to read nor what to write",
        };
        let found = out.report(
            file.at(prompt),
            format!("the prompt of the handoff {missing}"),
        );
        found.help(format!(
            "Write `Input: …` and `Output: …`, or name a document below `{folder}/`."
        ));
        // What an agent tells itself counts whatever its model is.
        if !is_to_itself(&agent, handoff) {
            let model = prompting::model(ctx, file);
            prompting::lower(found, model.and_then(|model| model.family));
        }
    }
}

/// Whether an agent hands over to itself.
fn is_to_itself(agent: &Agent, handoff: &Handoff) -> bool {
    let (Some(name), Some(target)) = (&agent.name, &handoff.agent) else {
        return false;
    };
    name.value.eq_ignore_ascii_case(&target.value)
}

/// Whether a prompt says what to read, and what to write; a document says both.
fn evidence(prompt: &str, folder: &str) -> (bool, bool) {
    if names_document(prompt, folder) {
        return (true, true);
    }
    (INPUT.is_match(prompt), OUTPUT.is_match(prompt))
}

/// Whether a line names a Markdown file below the folder.
fn names_document(prompt: &str, folder: &str) -> bool {
    let folder = format!("{}/", folder.to_lowercase());
    let prompt = prompt.to_lowercase();
    let mut lines = prompt.lines();
    lines.any(|line| {
        let rest = line.split_once(&folder).map_or("", |(_, rest)| rest);
        rest.rfind(".md").is_some_and(|end| end > 0)
    })
}

#[expect(clippy::unwrap_used, reason = "the pattern is a constant and tested")]
static INPUT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i-u)\binput\b").unwrap());

#[expect(clippy::unwrap_used, reason = "the pattern is a constant and tested")]
static OUTPUT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)output\s*:").unwrap());

#[cfg(test)]
mod tests {
    use super::evidence;

    #[test]
    fn finds_what_to_read_and_to_write() {
        for (prompt, found) in [
            (
                "Read `agent-output/{project}/01-requirements.md`.",
                (true, true),
            ),
            ("Read agent-output/", (false, false)),
            ("Read agent-output/.md", (false, false)),
            ("INPUT from chat", (true, false)),
            ("inputs; outputs", (false, false)),
            ("Output : a table", (false, true)),
            ("input, output", (true, false)),
            ("agent-output/x\n.md", (false, false)),
        ] {
            assert_eq!(evidence(prompt, "agent-output"), found, "{prompt}");
        }
    }
}
