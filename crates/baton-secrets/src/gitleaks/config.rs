//! Reading `.gitleaks.toml`.

use baton_source::Span;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use toml::Spanned;

use super::{Allow, Policy, Problem, Rule, Target};
use crate::shape::PROGRAM;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Config {
    extend: Extend,
    allowlist: Option<Allowlist>,
    allowlists: Vec<Allowlist>,
    rules: Vec<ConfigRule>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Extend {
    path: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
    disabled_rules: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Allowlist {
    condition: Option<String>,
    regex_target: Option<String>,
    target_rules: Vec<String>,
    commits: Vec<String>,
    paths: Vec<Spanned<String>>,
    regexes: Vec<Spanned<String>>,
    stopwords: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConfigRule {
    id: Spanned<String>,
    #[serde(default)]
    description: String,
    regex: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    #[serde(default)]
    secret_group: usize,
    #[serde(default)]
    entropy: f64,
    #[serde(default)]
    keywords: Vec<String>,
    allowlist: Option<Allowlist>,
    #[serde(default)]
    allowlists: Vec<Allowlist>,
}

pub(super) fn read(text: &str) -> Policy {
    let mut policy = Policy::default();
    let config: Config = match toml::from_str(text) {
        Ok(config) => config,
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let message = format!(
                "this cannot be read: {}",
                error.message().replace('\n', " ")
            );
            policy.problems.push(Problem {
                span: Span::new(span.start, span.end),
                message,
            });
            return policy;
        }
    };
    let Config {
        extend,
        allowlist,
        allowlists,
        rules,
    } = config;
    let problems = &mut policy.problems;
    for other in extend.path.iter().chain(&extend.url) {
        let message = format!(
            "`{}` is not read, so what it says has no effect",
            other.get_ref()
        );
        problems.push(problem(other, message));
    }
    policy.disabled = extend.disabled_rules;
    policy.allows = allows(allowlist, allowlists, problems);
    policy.rules = rules
        .into_iter()
        .filter_map(|one| rule(one, problems))
        .collect();
    policy
}

fn rule(config: ConfigRule, problems: &mut Vec<Problem>) -> Option<Rule> {
    let allows = allows(config.allowlist, config.allowlists, problems);
    let id = config.id.get_ref().clone();
    let Some(regex) = config.regex else {
        // A rule of gitleaks' own may be named only to give it allowlists.
        if config.path.is_some() {
            let message = format!("rule `{id}` judges paths alone, so it is not run");
            problems.push(problem(&config.id, message));
        }
        return None;
    };
    let regex = compiled(&regex, problems)?;
    let path = match config.path {
        Some(path) => Some(compiled(&path, problems)?),
        None => None,
    };
    let name = match config.description.trim_end_matches('.') {
        "" => format!("what rule `{id}` looks for"),
        description => description.replace('\n', " "),
    };
    Some(Rule {
        id,
        name,
        regex,
        path,
        group: config.secret_group,
        entropy: config.entropy,
        keywords: config
            .keywords
            .iter()
            .map(|word| word.to_ascii_lowercase())
            .collect(),
        allows,
    })
}

fn allows(one: Option<Allowlist>, more: Vec<Allowlist>, problems: &mut Vec<Problem>) -> Vec<Allow> {
    one.into_iter()
        .chain(more)
        .map(|list| allow(list, problems))
        .collect()
}

fn allow(list: Allowlist, problems: &mut Vec<Problem>) -> Allow {
    let mut all = |patterns: &[Spanned<String>]| -> Vec<Regex> {
        patterns
            .iter()
            .filter_map(|pattern| compiled(pattern, problems))
            .collect()
    };
    let condition = list.condition.unwrap_or_default();
    Allow {
        rules: list.target_rules,
        all: matches!(condition.to_ascii_uppercase().as_str(), "AND" | "&&"),
        commits: !list.commits.is_empty(),
        target: match list.regex_target.as_deref() {
            Some("match") => Target::Match,
            Some("line") => Target::Line,
            _ => Target::Secret,
        },
        paths: all(&list.paths),
        regexes: all(&list.regexes),
        stopwords: list
            .stopwords
            .iter()
            .map(|word| word.to_ascii_lowercase())
            .collect(),
    }
}

fn compiled(pattern: &Spanned<String>, problems: &mut Vec<Problem>) -> Option<Regex> {
    match RegexBuilder::new(pattern.get_ref())
        .size_limit(PROGRAM)
        .build()
    {
        Ok(regex) => Some(regex),
        Err(error) => {
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or("").trim();
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            problems.push(problem(
                pattern,
                format!("this pattern cannot be used, so it has no effect: {reason}"),
            ));
            None
        }
    }
}

fn problem(at: &Spanned<String>, message: String) -> Problem {
    Problem {
        span: Span::new(at.span().start, at.span().end),
        message,
    }
}
