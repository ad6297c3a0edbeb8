//! No command that agents copy sends secrets to another machine.

use std::sync::LazyLock;

use baton_source::Span;
use regex::Regex;

use crate::support::agent_text::{is_forbidden, pattern, tells_of_attacks};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Without one of these words nothing is sent; looking for them is much cheaper than the pattern.
const SENDERS: [&str; 4] = ["curl", "wget", "nc ", "nc\t"];

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let text = file.text();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let from = start;
        start += line.len();
        if SENDERS.iter().any(|word| line.contains(word)) {
            in_line(file, from, line, out);
        }
    }
}

/// Judges one line that begins at an offset.
fn in_line(file: &File, from: usize, line: &str, out: &mut Findings) {
    for found in SENDS.find_iter(line) {
        let at = Span::new(found.start(), found.end()).shifted(from);
        let own = ["://localhost", "://127.0.0.1", "nc localhost", "nc 127."];
        let stays = own.iter().any(|own| found.as_str().contains(own));
        if stays || is_forbidden(file.text(), at.start) || tells_of_attacks(file, at) {
            continue;
        }
        out.report(
            file.at(&at),
            "this sends secrets of whoever runs it to another machine",
        )
        .help("Send no more than what the other machine needs to know.");
    }
}

static SENDS: LazyLock<Regex> = LazyLock::new(|| {
    let secret = r"(?:(?:^|[\s/\x22'@(~])\.env(?:\.[a-z]+)?\b|id_rsa|id_ed25519|\.aws/credentials|\.netrc|\.npmrc|\.ssh/)";
    pattern(&format!(
        r"(?m)\b(?:curl|wget)\b[^\n|;]*(?:\$\((?:cat|base64)\s[^)\n]*{secret}|\$\((?:env|printenv)\b|@[^\s]*{secret})[^\n]*|(?:^|[\s`;&])(?:env|printenv|(?:cat|base64)\s[^|\n]*{secret}[^|\n]*)\s*\|[^\n]*\b(?:curl|nc)\s[^\n]*"
    ))
});
