//! What a repository says about secrets in gitleaks' own files: `.gitleaks.toml` and
//! `.gitleaksignore`.
//!
//! Allowlists and ignored finds are heeded for our shapes too, and the repository's own rules run
//! beside them. What cannot be followed is a problem, never a silent pass.

mod config;

use std::borrow::Cow;

use baton_source::Span;
use regex::{Captures, Regex};

use crate::measure::entropy;
use crate::redact::redact;
use crate::scan::{Secret, boundary, is_allowed, scan, without_overlaps};
use crate::shape::{Confidence, shape};

/// The group of what the repository's own rules find.
const OWN: &str = "custom-secret";
/// Bytes of a line on either side of a find that an allowlist may look at.
const LINE: usize = 2_000;

/// What a repository says about secrets.
#[derive(Debug, Default)]
pub struct Policy {
    rules: Vec<Rule>,
    allows: Vec<Allow>,
    ignored: Vec<Ignored>,
    disabled: Vec<String>,
    /// What of it cannot be followed.
    pub problems: Vec<Problem>,
}

/// Something in `.gitleaks.toml` that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands there.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
}

/// A rule of the repository's own.
#[derive(Debug)]
struct Rule {
    id: String,
    name: String,
    regex: Regex,
    path: Option<Regex>,
    group: usize,
    entropy: f64,
    keywords: Vec<String>,
    allows: Vec<Allow>,
}

/// What is no secret after all.
#[derive(Debug, Default)]
struct Allow {
    rules: Vec<String>,
    all: bool,
    commits: bool,
    target: Target,
    paths: Vec<Regex>,
    regexes: Vec<Regex>,
    stopwords: Vec<String>,
}

/// What the regexes of an allowlist look at.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Target {
    #[default]
    Secret,
    Match,
    Line,
}

/// A find that was looked at before: `file:rule:line`.
#[derive(Debug, PartialEq, Eq)]
struct Ignored {
    file: String,
    rule: String,
    line: usize,
}

/// A find as allowlists see it.
struct Find<'a> {
    path: &'a str,
    text: &'a str,
    secret: &'a Secret,
    /// The whole match, where it is known.
    form: Option<&'a str>,
}

impl Policy {
    /// Reads the two files; what is not there is empty.
    pub fn read(config: &str, ignore: &str) -> Policy {
        let mut policy = config::read(config);
        policy.ignored = ignore.lines().filter_map(ignored).collect();
        policy
    }

    /// Whether nothing in a file is looked at.
    pub fn passes_over(&self, path: &str) -> bool {
        let all = self.allows.iter().filter(|allow| allow.rules.is_empty());
        let by_path = |allow: &Allow| {
            let alone = allow.regexes.is_empty() && allow.stopwords.is_empty() && !allow.commits;
            (alone || !allow.all) && matches_any(&allow.paths, path)
        };
        all.into_iter().any(by_path)
    }

    /// Every secret in a file's text, in order, none overlapping another.
    pub fn scan(&self, path: &str, text: &str) -> Vec<Secret> {
        if self.passes_over(path) {
            return Vec::new();
        }
        let mut found = scan(text);
        found.retain(|secret| {
            let find = Find {
                path,
                text,
                secret,
                form: None,
            };
            !self.lets_pass(&find, &[])
        });
        if !self.rules.is_empty() {
            self.scan_own(path, text, &mut found);
            found = without_overlaps(found);
        }
        found
    }

    fn scan_own(&self, path: &str, text: &str, found: &mut Vec<Secret>) {
        let lower = text.to_ascii_lowercase();
        let applies = |rule: &&Rule| {
            let keyword = |word: &String| lower.contains(word.as_str());
            let in_scope = rule.path.as_ref().is_none_or(|regex| regex.is_match(path));
            in_scope && (rule.keywords.is_empty() || rule.keywords.iter().any(keyword))
        };
        for rule in self.rules.iter().filter(applies) {
            let matches = rule.regex.captures_iter(text);
            found.extend(matches.filter_map(|captures| self.find(rule, (path, text), &captures)));
        }
    }

    /// What a rule's match holds, unless something lets it pass.
    fn find(
        &self,
        rule: &Rule,
        (path, text): (&str, &str),
        captures: &Captures<'_>,
    ) -> Option<Secret> {
        let form = captures.get(0).filter(|form| !form.is_empty())?;
        let mut groups = captures.iter().skip(1).flatten();
        let group = match rule.group {
            0 => groups.find(|group| !group.is_empty()),
            number => captures.get(number),
        };
        let group = group.unwrap_or(form);
        let secret = rule.found(group.as_str(), Span::new(group.start(), group.end()));
        let find = Find {
            path,
            text,
            secret: &secret,
            form: Some(form.as_str()),
        };
        let varies = rule.entropy <= 0.0 || entropy(group.as_str()) > rule.entropy;
        let passes = is_allowed(text, secret.span) || self.lets_pass(&find, &rule.allows);
        (varies && !passes).then_some(secret)
    }

    /// Whether an allowlist, an ignored find or a disabled rule lets a find pass.
    fn lets_pass(&self, find: &Find<'_>, of_rule: &[Allow]) -> bool {
        let ids = ids(find.secret);
        let meant = |id: &String| ids.contains(&id.as_str());
        let targets = |allow: &&Allow| allow.rules.is_empty() || allow.rules.iter().any(meant);
        let by_rule = !ids.is_empty() && self.disabled.iter().any(meant);
        by_rule
            || of_rule.iter().any(|allow| allow.holds(find))
            || self
                .allows
                .iter()
                .filter(targets)
                .any(|allow| allow.holds(find))
            || self.is_ignored(find, &ids)
    }

    fn is_ignored(&self, find: &Find<'_>, ids: &[&str]) -> bool {
        let mut candidates = self
            .ignored
            .iter()
            .filter(|one| one.file == find.path)
            .peekable();
        if candidates.peek().is_none() {
            return false;
        }
        let before = find
            .text
            .get(..find.secret.span.start as usize)
            .unwrap_or("");
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        candidates.any(|one| {
            // Shapes that gitleaks has no rule for are meant by any id.
            one.line == line && (ids.len() <= 1 || ids.contains(&one.rule.as_str()))
        })
    }
}

impl Rule {
    fn found(&self, value: &str, span: Span) -> Secret {
        Secret {
            kind: Cow::Owned(self.id.clone()),
            name: Cow::Owned(self.name.clone()),
            group: Cow::Borrowed(OWN),
            span,
            redacted: redact(value),
            confidence: Confidence::Medium,
        }
    }
}

impl Allow {
    fn holds(&self, find: &Find<'_>) -> bool {
        let secret = find.secret.span.of(find.text);
        let target = match self.target {
            Target::Secret => secret,
            Target::Match => find.form.unwrap_or_else(|| line_of(find)),
            Target::Line => line_of(find),
        };
        let lower = secret.to_ascii_lowercase();
        let stops = |word: &String| lower.contains(word.as_str());
        let criteria = [
            (!self.paths.is_empty(), matches_any(&self.paths, find.path)),
            (!self.regexes.is_empty(), matches_any(&self.regexes, target)),
            (!self.stopwords.is_empty(), self.stopwords.iter().any(stops)),
            // A working tree has no commit.
            (self.commits, false),
        ];
        let mut given = criteria
            .into_iter()
            .filter(|(is_given, _)| *is_given)
            .peekable();
        if self.all {
            given.peek().is_some() && given.all(|(_, holds)| holds)
        } else {
            given.any(|(_, holds)| holds)
        }
    }
}

/// Our name for a find, and gitleaks' names.
fn ids(secret: &Secret) -> Vec<&str> {
    let known = shape(&secret.kind).filter(|_| secret.group != OWN);
    let theirs = known.map_or(&[][..], |shape| &shape.gitleaks);
    let own = std::iter::once(secret.kind.as_ref());
    own.chain(theirs.iter().map(String::as_str)).collect()
}

fn line_of<'a>(find: &Find<'a>) -> &'a str {
    let text = find.text;
    let (start, end) = (
        find.secret.span.start as usize,
        find.secret.span.end as usize,
    );
    let from = boundary(text, start.saturating_sub(LINE));
    let before = text.get(from..start).unwrap_or("");
    let from = before.rfind('\n').map_or(from, |at| from + at + 1);
    let after = text.get(end..boundary(text, end + LINE)).unwrap_or("");
    let to = end + after.find('\n').unwrap_or(after.len());
    text.get(from..to).unwrap_or("")
}

fn matches_any(regexes: &[Regex], text: &str) -> bool {
    regexes.iter().any(|regex| regex.is_match(text))
}

/// `file:rule:line`, perhaps after a commit.
fn ignored(line: &str) -> Option<Ignored> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let mut parts = line.rsplitn(3, ':');
    let (number, rule, file) = (parts.next()?, parts.next()?, parts.next()?);
    let is_commit = |part: &str| part.len() >= 7 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let file = match file.split_once(':') {
        Some((commit, file)) if is_commit(commit) => file,
        _ => file,
    };
    Some(Ignored {
        file: file.trim_start_matches("./").to_owned(),
        rule: rule.to_owned(),
        line: number.parse().ok()?,
    })
}

#[cfg(test)]
mod tests;
