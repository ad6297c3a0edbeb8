//! `baton compress`: what a model reads of an artifact when its context fills up.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use baton_flow::compress::{self, Reader, Tier};
use baton_flow::projection::{self, STATE_FILE};
use serde_json::{Map, Value};

use super::super::print;
use crate::cli::{CompressArgs, TierName};
use crate::exit::{Verdict, say};
use crate::terminal::{Terminal, harmless};

/// Runs the command.
pub(in super::super) fn compress(args: &CompressArgs) -> Result<Verdict> {
    let path = &args.artifact;
    let shown = path.display();
    let name = path.file_name().and_then(|name| name.to_str());
    let Some(name) = name.filter(|name| is_markdown(name)) else {
        bail!("`{shown}` is no Markdown; other files are read whole or by their fields");
    };
    let text = fs::read_to_string(path).with_context(|| format!("cannot read `{shown}`"))?;
    let tier = tier(args);
    let decisions = match (args.challenger, tier) {
        (true, Tier::Minimal) => decisions(path),
        _ => None,
    };
    let reader = if args.challenger {
        let decisions = decisions.as_ref();
        Reader::Challenger { decisions }
    } else {
        Reader::Agent
    };
    let compressed = compress::compress(name, &text, tier, reader);
    print(|out| out.write_all(compressed.text.as_bytes()))?;
    let word = Terminal::stderr().bold("notice:");
    for note in &compressed.notes {
        say(&format!("{word} {}", harmless(note)));
    }
    Ok(Verdict::Clean)
}

fn tier(args: &CompressArgs) -> Tier {
    match (args.tier, args.used) {
        (Some(TierName::Full), _) => Tier::Full,
        (Some(TierName::Summarized), _) => Tier::Summarized,
        (Some(TierName::Minimal), _) => Tier::Minimal,
        // The command line takes one of the two and nothing else.
        (None, used) => Tier::of_used(used.unwrap_or(0.0)),
    }
}

fn is_markdown(name: &str) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

/// What was decided in the project an artifact belongs to.
fn decisions(artifact: &Path) -> Option<Map<String, Value>> {
    let folder = artifact.parent()?;
    let held = projection::read(&folder.join(STATE_FILE)).ok()??;
    held.document.get("decisions")?.as_object().cloned()
}
