//! What makes a finding the same finding in the next run, whatever lines move around it.

use baton_repo::Repo;
use baton_rules::RULES;
use baton_source::Diagnostic;

/// The fingerprint of a finding: rule, path, the line's text, and the message without its
/// numbers, which may be those of lines. Equal findings have equal fingerprints.
pub fn fingerprint(repo: &Repo, finding: &Diagnostic) -> String {
    fingerprint_as(repo, finding, finding.rule)
}

/// The fingerprint a finding had when its rule went by another name.
pub(crate) fn fingerprint_as(repo: &Repo, finding: &Diagnostic, rule: &str) -> String {
    let file = repo.by_id(finding.at.file);
    let path = file.map_or("", |file| file.path.as_str());
    // Who has the hash of a line could guess the password in it.
    let is_open = !conceals(finding.rule);
    let place = file.zip(finding.at.span).filter(|_| is_open);
    let line = place.map_or("", |(file, span)| {
        let lines = file.lines();
        lines
            .line_text(file.text(), lines.line_of(span.start))
            .trim()
    });
    let mut hash = Fnv::new();
    for part in [rule, path, line] {
        hash.add(part.as_bytes());
    }
    let words = finding
        .message
        .split(|character: char| character.is_ascii_digit());
    words
        .filter(|word| !word.is_empty())
        .for_each(|word| hash.add(word.as_bytes()));
    format!("{:016x}", hash.0)
}

/// Whether a rule points at secrets.
pub fn conceals(slug: &str) -> bool {
    let at = RULES.binary_search_by(|rule| rule.meta.slug.cmp(slug));
    let rule = at.ok().and_then(|at| RULES.get(at));
    rule.is_some_and(|rule| rule.meta.conceals)
}

/// FNV-1a, 64 bits: small, and the same on every machine and in every version.
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a part and its end.
    fn add(&mut self, part: &[u8]) {
        for byte in part.iter().chain(&[0]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
