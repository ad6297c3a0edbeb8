//! A call of a tool, its answer, and what an adapter makes of that.

use std::path::Path;

use baton_repo::{File, Repo};
use baton_rules::RULES;
use baton_source::{Diagnostic, Location, RepoPath, Severity, Span};
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;

/// What a program that is not there would exit with, if a shell were asked for it.
pub(crate) const NOT_INSTALLED: i32 = 127;

/// So many files are named in one call at most.
const MOST_FILES: usize = 200;

/// One call of a tool.
#[derive(Debug, Clone, Default)]
pub(crate) struct Call {
    /// Arguments of calls that must succeed before.
    pub(crate) before: Vec<Vec<String>>,
    /// Arguments.
    pub(crate) arguments: Vec<String>,
    /// Whether the first argument is the program to start, far from the repository.
    pub(crate) names_program: bool,
    /// The folder it runs in, relative to the root; empty for the root.
    pub(crate) folder: String,
    /// The files it is about.
    pub(crate) paths: Vec<RepoPath>,
    /// A variable that names a folder of its own, which is gone afterwards.
    pub(crate) scratch: Option<&'static str>,
    /// A file it may leave behind in its folder, removed unless it was there before.
    pub(crate) leaves: Option<&'static str>,
}

/// What a tool answered.
pub(crate) struct Answer<'a> {
    pub(crate) repo: &'a Repo,
    pub(crate) call: &'a Call,
    /// The folder that stands for the repository's root.
    pub(crate) root: &'a Path,
    pub(crate) stdout: &'a str,
    pub(crate) stderr: &'a str,
    pub(crate) exit: i32,
}

/// What an answer means.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) findings: Vec<Diagnostic>,
    /// Why the tool did not do its job.
    pub(crate) failure: Option<String>,
    /// What it could not judge.
    pub(crate) skipped: Option<String>,
}

/// Line and column as tools print them, from 1.
pub(crate) type Spot = (usize, usize);

impl Call {
    /// A call at the root.
    pub(crate) fn new<'a>(
        arguments: impl IntoIterator<Item = &'a str>,
        paths: Vec<RepoPath>,
    ) -> Call {
        Call {
            arguments: arguments.into_iter().map(str::to_owned).collect(),
            paths,
            ..Call::default()
        }
    }

    /// Calls at the root that name the files after the arguments, not too many at once.
    pub(crate) fn naming(arguments: &[&str], files: &[&File]) -> Vec<Call> {
        let call = |files: &[&File]| {
            let paths: Vec<RepoPath> = files.iter().map(|file| file.path.clone()).collect();
            let mut call = Call::new(arguments.iter().copied(), Vec::new());
            // A name that begins with a dash is not to be taken for an option.
            call.arguments
                .extend(paths.iter().map(|path| format!("./{path}")));
            call.paths = paths;
            call
        };
        files.chunks(MOST_FILES).map(call).collect()
    }
}

impl Answer<'_> {
    /// The file a tool means by a name.
    pub(crate) fn file(&self, name: &str) -> Option<&File> {
        let name = name.strip_prefix("file://").unwrap_or(name);
        let name = name.replace('\\', "/");
        let root = self.root.to_string_lossy().replace('\\', "/");
        let inside = name
            .strip_prefix(root.as_str())
            .filter(|_| !root.is_empty());
        if let Some(inside) = inside.and_then(|inside| inside.strip_prefix('/')) {
            return self.repo.file(inside);
        }
        let base = RepoPath::new(&match self.call.folder.as_str() {
            "" => "file".to_owned(),
            folder => format!("{folder}/file"),
        });
        self.repo.file(base.join(&name)?.as_str())
    }

    /// A finding at a place a tool named; in a file nobody knows, the call's first file is told.
    pub(crate) fn finding(
        &self,
        slug: &str,
        (name, start, end): (&str, Option<Spot>, Option<Spot>),
        message: &str,
    ) -> Option<Diagnostic> {
        let meta = &RULES.iter().find(|rule| rule.meta.slug == slug)?.meta;
        let message = one_line(message);
        let (at, message) = if let Some(file) = self.file(name) {
            let span = start.and_then(|start| span(file, start, end));
            let file = file.id;
            (Location { file, span }, message)
        } else {
            let first = self.call.paths.first()?;
            let first = self.repo.file(first.as_str())?;
            (first.whole(), format!("{message} (in `{name}`)"))
        };
        Some(Diagnostic {
            rule: meta.slug,
            severity: meta.severity,
            at,
            message,
            labels: Vec::new(),
            help: None,
            fix: None,
        })
    }

    /// The JSON a tool printed.
    pub(crate) fn json(&self) -> Option<Node> {
        json::parse(self.stdout, Dialect::Strict).root
    }

    /// That the tool did not do its job, in its own words.
    pub(crate) fn failed(&self) -> Reading {
        Reading {
            failure: Some(self.words()),
            ..Reading::default()
        }
    }

    /// The exit code and the first thing it complained about.
    pub(crate) fn words(&self) -> String {
        let lines = self.stderr.lines().chain(self.stdout.lines());
        let lines = lines.map(|line| line.trim_matches(|c: char| c.is_whitespace() || is_frame(c)));
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        let complaint = lines.iter().find(|line| line.starts_with("Error"));
        match complaint.or(lines.first()) {
            Some(line) => format!("exited with {} and said: {}", self.exit, one_line(line)),
            None => format!("exited with {} and said nothing", self.exit),
        }
    }
}

impl Reading {
    /// Findings, or a failure when the tool complained and nothing was understood.
    pub(crate) fn of(answer: &Answer<'_>, findings: Vec<Diagnostic>) -> Reading {
        if findings.is_empty() && answer.exit != 0 {
            return answer.failed();
        }
        Reading {
            findings,
            ..Reading::default()
        }
    }
}

/// A text of a tool as part of a sentence.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_owned()
}

/// The severity that a word of a tool stands for.
pub(crate) fn severity(word: &str) -> Severity {
    match word.to_ascii_lowercase().as_str() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Info,
    }
}

/// A number below a key, as a line or column.
pub(crate) fn number(node: &Node, key: &str) -> Option<usize> {
    usize::try_from(node.get(key)?.as_i64()?).ok()
}

/// A text below a key.
pub(crate) fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str()
}

fn is_frame(character: char) -> bool {
    matches!(character, '│' | '╷' | '╵')
}

/// The bytes between two places; to the end of the line when nothing says where it ends.
fn span(file: &File, start: Spot, end: Option<Spot>) -> Option<Span> {
    if file.problem().is_some() {
        return None;
    }
    let from = offset(file, start)?;
    let line = start.0.checked_sub(1)?;
    let rest =
        file.lines().start_of(line)? as usize + file.lines().line_text(file.text(), line).len();
    let until = end.and_then(|end| offset(file, end)).unwrap_or(rest);
    Some(Span::new(from, until.max(from)))
}

fn offset(file: &File, (line, column): Spot) -> Option<usize> {
    let line = line.checked_sub(1)?;
    let mut start = file.lines().start_of(line)? as usize;
    let mut text = file.lines().line_text(file.text(), line);
    // A byte order mark is no column to anybody.
    if let Some(rest) = text.strip_prefix('\u{feff}').filter(|_| line == 0) {
        (start, text) = (start + '\u{feff}'.len_utf8(), rest);
    }
    let mut characters = text.char_indices().map(|(at, _)| at);
    let within = characters
        .nth(column.saturating_sub(1))
        .unwrap_or(text.len());
    Some(start + within)
}
