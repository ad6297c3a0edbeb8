//! Counts: what is counted in a repository, and which numbers in its texts are counts.

use std::sync::OnceLock;

use baton_repo::meta::CountWords;
use baton_repo::{File, Repo};
use baton_source::Span;
use baton_syntax::glob::GlobSet;
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;
use regex::{Regex, RegexSet, bytes};

use crate::settings::meta::Counts;
use crate::support::meta::lines;

/// What a count manifest may know, and how each is counted.
pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        key: "primary_agents",
        count: |repo| Some(repo.of_kind("agent").count()),
    },
    Entity {
        key: "subagents",
        count: |repo| Some(repo.of_kind("subagent").count()),
    },
    Entity {
        key: "skills",
        count: |repo| Some(repo.of_kind("skill").count()),
    },
    Entity {
        key: "instructions",
        count: |repo| Some(instructions(repo)),
    },
    Entity {
        key: "validators",
        count: validators,
    },
    Entity {
        key: "vscode_extensions",
        count: extensions,
    },
];

/// Something that is counted.
pub(crate) struct Entity {
    /// Its key in the manifest.
    pub(crate) key: &'static str,
    /// How many there are; `None` when that cannot be told.
    pub(crate) count: fn(&Repo) -> Option<usize>,
}

/// Which numbers in texts are counts.
pub(crate) struct CountPatterns {
    words: CountWords,
    own_skip_lines: Vec<String>,
    skip_paths: GlobSet,
    any: bytes::Regex,
    /// What only a text with a number before one of the words needs; most texts have none.
    of_lines: OnceLock<Option<LinePatterns>>,
}

/// What tells the counts of a line.
struct LinePatterns {
    step_line: Regex,
    skip_lines: RegexSet,
    patterns: Vec<bytes::Regex>,
}

/// The entry of a key in a manifest.
pub(crate) fn entry<'f>(file: &'f File, key: &str) -> Option<&'f Node> {
    file.node()?.get("counts")?.get(key)
}

/// Instructions that lie in the folder itself.
fn instructions(repo: &Repo) -> usize {
    let direct = |file: &&File| {
        let mut parts = file.path.as_str().rsplit('/');
        parts.nth(1) == Some("instructions")
    };
    repo.of_kind("instruction").filter(direct).count()
}

/// The scripts that the two aggregates call, or what the graph of validators lists.
fn validators(repo: &Repo) -> Option<usize> {
    let is_check = |name: &str| name.starts_with("lint:") || name.starts_with("validate:");
    if let Some(graph) = repo.of_kind("validator-graph").next() {
        let is_active = |command: &&Node| {
            let text = |pointer| command.pointer(pointer).and_then(Node::as_str);
            text("/retirement/status") == Some("active") && text("/script").is_some_and(is_check)
        };
        let commands = graph.node()?.get("commands")?;
        return Some(commands.items().iter().filter(is_active).count());
    }
    let package = repo.file("package.json")?.node()?;
    let aggregates = ["validate:_node", "validate:_external"].into_iter();
    let scripts = aggregates.filter_map(|name| package.get("scripts")?.get(name)?.as_str());
    let words = scripts.flat_map(str::split_whitespace);
    Some(words.filter(|word| is_check(word)).count())
}

fn extensions(repo: &Repo) -> Option<usize> {
    let file = repo.file(".devcontainer/devcontainer.json")?;
    let document = json::parse(file.text(), Dialect::WithComments);
    let list = document.root?;
    let list = list.pointer("/customizations/vscode/extensions");
    Some(list.map_or(0, |list| list.items().len()))
}

impl CountPatterns {
    /// Reads what a pack and the configuration say; `None` when a pattern cannot be read.
    pub(crate) fn new(words: &CountWords, own: &Counts) -> Option<CountPatterns> {
        let follows: Vec<&str> = words
            .patterns
            .iter()
            .map(|pattern| pattern.follows.as_str())
            .collect();
        Some(CountPatterns {
            words: words.clone(),
            own_skip_lines: own
                .skip_lines
                .iter()
                .map(|own| own.0.as_str().to_owned())
                .collect(),
            skip_paths: GlobSet::new(words.skip_paths.iter().chain(&own.skip_paths)).ok()?,
            any: ascii(&format!("(?i)[0-9](?:{})", follows.join("|"))).ok()?,
            of_lines: OnceLock::new(),
        })
    }

    fn of_lines(&self) -> Option<&LinePatterns> {
        let compile = || LinePatterns::new(&self.words, &self.own_skip_lines);
        self.of_lines.get_or_init(compile).as_ref()
    }

    /// Whether numbers of a file are looked at.
    pub(crate) fn covers(&self, path: &str) -> bool {
        !self.skip_paths.matches(path)
    }

    /// Every count in a text, with the words that tell it.
    pub(crate) fn find(&self, text: &str) -> Vec<Span> {
        if !self.any.is_match(text.as_bytes()) {
            return Vec::new();
        }
        let Some(of_lines) = self.of_lines() else {
            return Vec::new();
        };
        let telling = lines(text).filter(|(_, line)| self.any.is_match(line.as_bytes()));
        let telling = telling.filter(|(_, line)| !of_lines.skip_lines.is_match(line));
        let mut found: Vec<Span> = telling
            .flat_map(|(start, line)| {
                let in_line = of_lines.patterns.iter();
                in_line
                    .filter_map(|pattern| self.first((pattern, &of_lines.step_line), line))
                    .map(move |span| span.shifted(start))
            })
            .collect();
        found.sort_unstable();
        found
    }

    /// The first match of a pattern, unless its number is none that counts.
    fn first(&self, (pattern, step_line): (&bytes::Regex, &Regex), line: &str) -> Option<Span> {
        let found = pattern.find(line.as_bytes())?;
        let before = found
            .as_bytes()
            .first()
            .filter(|byte| !byte.is_ascii_digit());
        let start = found.start() + usize::from(before.is_some());
        let number = line.get(start..found.end())?;
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        let value: u32 = number.get(..digits)?.parse().ok()?;
        let is_step = || value <= self.words.step_most && step_line.is_match(line);
        let counts = value > self.words.small && !is_step();
        counts.then(|| Span::new(start, found.end()))
    }
}

impl LinePatterns {
    fn new(words: &CountWords, own_skip_lines: &[String]) -> Option<LinePatterns> {
        // The character before the number takes the place of a look behind it.
        let compiled = words.patterns.iter().map(|pattern| {
            let (digits, follows) = (pattern.digits, &pattern.follows);
            ascii(&format!("(?i)(?:^|[^0-9.])[0-9]{{1,{digits}}}{follows}"))
        });
        Some(LinePatterns {
            step_line: Regex::new(&words.step_line).ok()?,
            skip_lines: RegexSet::new(words.skip_lines.iter().chain(own_skip_lines)).ok()?,
            patterns: compiled.collect::<Result<_, _>>().ok()?,
        })
    }
}

/// A pattern for which words and their ends are ASCII: those of Unicode take many times as long
/// in a text that is not all ASCII.
fn ascii(pattern: &str) -> Result<bytes::Regex, regex::Error> {
    bytes::RegexBuilder::new(pattern).unicode(false).build()
}

#[cfg(test)]
mod tests {
    use baton_repo::{Memory, Options, Repo};

    use super::CountPatterns;
    use crate::settings::meta::Counts;

    #[test]
    fn numbers_are_counts_in_certain_words() {
        let evidence = ".github/agents/_subagents/a.agent.md";
        let source = Memory::new([(evidence, "")]);
        let repo = Repo::open(std::sync::Arc::new(source), &Options::default()).unwrap();
        let words = repo.meta_conventions().counts.as_ref().unwrap();
        let patterns = CountPatterns::new(words, &Counts::default()).unwrap();
        for (line, found) in [
            ("There are 12 agents.", &["12 agents"][..]),
            ("12 Primary  Agents", &["12 Primary  Agents"]),
            (
                "7 subagents and 33 GA skills",
                &["7 subagents", "33 GA skills"],
            ),
            ("1234 agents", &[]),
            ("1.12 agents", &[]),
            ("5 agents", &[]),
            ("3 agents, 12 agents", &[]),
            ("10-step workflow", &["10-step workflow"]),
            ("11 instruction files", &["11 instruction files"]),
            ("# 12 agents", &[]),
            ("step 3 of 7 steps", &[]),
            ("step 3 of 12 steps", &["12 steps"]),
            ("v1.2 with 12 agents", &[]),
            ("12 agentsmith", &[]),
            ("from 9 → 12 agents", &[]),
            ("skill count: 12 skills", &[]),
            ("| 2026-01-01 | 12 agents |", &[]),
            ("the T-12 validator", &[]),
        ] {
            let spans = patterns.find(line);
            let texts: Vec<&str> = spans.iter().map(|span| span.of(line)).collect();
            assert_eq!(texts, found, "{line}");
        }
        assert!(!patterns.covers("docs/CHANGELOG.md"));
        assert!(!patterns.covers("docs/my-site/a.md"));
        assert!(!patterns.covers(".github/.venv-x/a.md"));
        assert!(!patterns.covers("docs/e2e-test-plan-2.md"));
        assert!(patterns.covers("docs/a.md"));
    }
}
