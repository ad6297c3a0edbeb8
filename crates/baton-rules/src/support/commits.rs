//! A commit message and what it must be like: the repository's words, under those of baton.toml.

use std::collections::BTreeMap;

use baton_repo::commits::{CommitConventions, CommitOrigin, CommitRule};
use baton_source::Span;
use baton_syntax::commit::{self, CommitMessage, HeaderStyle};

use crate::support::{commit_ignores, commit_parts, commit_verdicts};
use crate::{Ctx, File, Findings};

/// Our rules with the rules of commitlint that each stands for.
const NAMES: [(&str, &[&str]); 16] = [
    ("missing-commit-type", &["type-empty"]),
    ("unknown-commit-type", &["type-enum"]),
    ("miscased-commit-type", &["type-case"]),
    ("missing-commit-subject", &["subject-empty"]),
    ("miscased-commit-subject", &["subject-case"]),
    (
        "misplaced-commit-stop",
        &["subject-full-stop", "header-full-stop", "body-full-stop"],
    ),
    ("overlong-commit-header", &["header-max-length"]),
    ("untrimmed-commit-header", &["header-trim"]),
    (
        "overlong-commit-line",
        &["body-max-line-length", "footer-max-line-length"],
    ),
    (
        "missing-commit-blank-line",
        &["body-leading-blank", "footer-leading-blank"],
    ),
    (
        "unknown-commit-scope",
        &["scope-enum", "scope-delimiter-style"],
    ),
    (
        "miscased-commit-text",
        &["scope-case", "header-case", "body-case"],
    ),
    (
        "missing-commit-part",
        &[
            "scope-empty",
            "body-empty",
            "footer-empty",
            "references-empty",
        ],
    ),
    (
        "misfit-commit-length",
        &[
            "header-min-length",
            "type-max-length",
            "type-min-length",
            "scope-max-length",
            "scope-min-length",
            "subject-max-length",
            "subject-min-length",
            "body-max-length",
            "body-min-length",
            "footer-max-length",
            "footer-min-length",
        ],
    ),
    (
        "missing-commit-trailer",
        &["signed-off-by", "trailer-exists"],
    ),
    (
        "misused-breaking-mark",
        &[
            "subject-exclamation-mark",
            "breaking-change-exclamation-mark",
        ],
    ),
];

/// A message under judgement.
pub(crate) struct Commit<'a> {
    pub(crate) text: &'a str,
    pub(crate) message: CommitMessage,
    pub(crate) header: Span,
}

/// What is wrong, and where.
pub(crate) struct Verdict {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// Judges a message by the rules of commitlint that one of ours stands for.
pub(crate) fn judge(ctx: &Ctx<'_>, file: &File, slug: &str, out: &mut Findings) {
    let text = file.text();
    let conventions = ctx.repo.commit_conventions();
    let settings = &ctx.settings.commits;
    let ignores = settings.default_ignores;
    if ignores.unwrap_or(conventions.default_ignores) && commit_ignores::is_written_by_git(text) {
        return;
    }
    let rules = rules(ctx, conventions);
    let names = NAMES.iter().find(|(own, _)| *own == slug);
    let names = names.map_or(&[][..], |(_, names)| *names);
    let mut told = names
        .iter()
        .filter_map(|name| Some((*name, rules.get(*name)?)))
        .filter_map(|(name, rule)| Some((name, rule, rule.severity?)))
        .peekable();
    if told.peek().is_none() {
        return;
    }
    let style = conventions.style.unwrap_or(HeaderStyle::Conventional);
    let comment = settings.comment.as_deref().unwrap_or("#");
    let message = commit::parse(text, comment, style);
    let Some(header) = message.header else { return };
    let commit = Commit {
        text,
        message,
        header,
    };
    for (name, rule, severity) in told {
        if conventions.style.is_none() && commit_parts::is_of_header(name) {
            continue;
        }
        for verdict in commit_verdicts::verdicts(&commit, name, rule) {
            let message = format!("{} ({name})", verdict.message);
            out.report(file.at(&verdict.span), message)
                .severity(severity)
                .help(verdict.help);
        }
    }
}

/// The rules in force, by the names that commitlint gives them.
fn rules(ctx: &Ctx<'_>, conventions: &CommitConventions) -> BTreeMap<String, CommitRule> {
    let settings = &ctx.settings.commits;
    let mut rules = conventions.rules.clone();
    if conventions.origin == CommitOrigin::Nobody && settings.conventional {
        rules = CommitConventions::conventional().rules;
    }
    let told = settings.rules.iter();
    rules.extend(told.map(|(name, told)| (name.clone(), told.0.clone())));
    rules
}

/// Whether commitlint itself knows a rule.
pub(crate) fn is_known(name: &str) -> bool {
    NAMES.iter().any(|(_, names)| names.contains(&name))
}

/// Every rule that commitlint knows.
pub(crate) fn known() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(_, names)| names.iter().copied())
}

impl Commit<'_> {
    /// The text of the header.
    pub(crate) fn header_text(&self) -> &str {
        self.header.of(self.text)
    }

    /// Lines as one text.
    pub(crate) fn joined(&self, lines: &[Span]) -> String {
        let lines: Vec<&str> = lines.iter().map(|line| line.of(self.text)).collect();
        lines.join("\n")
    }
}
