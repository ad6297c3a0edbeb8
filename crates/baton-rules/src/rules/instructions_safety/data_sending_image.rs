//! No picture that agents write tells another machine what they know.

use std::sync::LazyLock;

use baton_source::Span;
use regex::Regex;

use crate::support::agent_text::{is_prose, is_quoted, pattern, tells_of_attacks};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Hosts that draw pictures of what their address says.
const DRAWING: &[&str] = &[
    "shields.io",
    "github.com",
    "githubusercontent.com",
    "badge",
    "mermaid.ink",
    "placehold",
];

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let text = file.text();
    if !text.contains("![") {
        return;
    }
    for found in PICTURE.captures_iter(text) {
        let (Some(all), Some(host)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let at = Span::new(all.start(), all.end());
        let draws = DRAWING
            .iter()
            .any(|drawing| host.as_str().contains(drawing));
        let told = is_quoted(text, at.start) || tells_of_attacks(file, at);
        if draws || told || !is_prose(file, at.start) {
            continue;
        }
        let host = host.as_str();
        let message = format!("showing this picture tells `{host}` what an agent fills in");
        out.report(file.at(&at), message)
            .help("Keep pictures in the repository, or their addresses without variables.");
    }
}

/// A picture of another machine with something to be filled in behind the `?` of its address.
static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"!\[[^\]\n]*\]\(<?https?://([^/)\s?]+)[^)\n?]*\?[^)\n]*(?:\{[^}\n]+\}|\$[A-Z_{]|<[A-Za-z_ -]+>|\[[A-Z_ ]+\])[^)\n]*\)",
    )
});
