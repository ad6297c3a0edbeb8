//! No command that agents copy is hidden in an encoding.

use std::sync::LazyLock;

use baton_source::{Severity, Span};
use regex::Regex;

use crate::support::agent_text::{is_forbidden, pattern, tells_of_attacks};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let text = file.text();
    for found in RUN.find_iter(text) {
        let at = Span::new(found.start(), found.end());
        if is_forbidden(text, at.start) || tells_of_attacks(file, at) {
            continue;
        }
        let line = text
            .get(..found.start())
            .and_then(|before| before.rfind('\n'));
        let start = line.map_or(0, |line| line + 1);
        let end = text.get(found.end()..).and_then(|rest| rest.find('\n'));
        let end = end.map_or(text.len(), |end| found.end() + end);
        let literal = BLOB.is_match(Span::new(start, end).of(text));
        let message = "this runs what it has just decoded, so nobody sees what runs";
        let finding = out.report(file.at(&at), message);
        finding.help("Write the command as it is.");
        if literal {
            finding.severity(Severity::Error);
        }
    }
}

static RUN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bbase64\s+(?:-d|--decode)\b[^\n|]*\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b|\bbase64\s+(?:-d|--decode)\b[^\n|]*\|\s*(?:sudo\s+)?(?:python3?|node|perl|ruby)\b|\beval\s+[^\n]{0,60}base64\s+(?:-d|--decode)|\bexec\(\s*base64\.b64decode|\beval\(\s*(?:atob\(|base64_decode)|\b(?:powershell|pwsh)(?:\.exe)?\b[^\n]*\s-e(?:nc|ncodedcommand)?\s+[A-Za-z0-9+/=]{20,}",
    )
});

/// Something encoded that is long enough to be a command.
static BLOB: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z0-9+/]{20,}={0,2}"));
