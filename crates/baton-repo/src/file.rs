//! One file, read and parsed at most once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock};

use baton_source::{Edit, FileId, LineIndex, Location, RepoPath, Span, Spanned};
use baton_syntax::front_matter::{self, FrontMatter, Split};
use baton_syntax::json::{self, Dialect};
use baton_syntax::markdown::lines::Lines;
use baton_syntax::markdown::{self, Markdown};
use baton_syntax::node::{Document, Node};
use baton_syntax::yaml;

use crate::{FileSource, Iac, RepoError, ShellBlock, iac, shell};

/// A listed file; its text and trees are made when first asked for.
pub struct File {
    /// Its number in path order.
    pub id: FileId,
    /// Where it is.
    pub path: RepoPath,
    /// Whether the name on disk is UTF-8, that is, equal to `path`.
    pub exact_name: bool,
    source: Arc<dyn FileSource>,
    limit: usize,
    content: OnceLock<Content>,
    lines: OnceLock<LineIndex>,
    markdown: OnceLock<Markdown>,
    markdown_lines: OnceLock<Lines>,
    document: OnceLock<Document>,
    front_matter: OnceLock<(Split, Document)>,
    iac: OnceLock<Option<Iac>>,
    shell: OnceLock<Vec<ShellBlock>>,
    failures: Mutex<Vec<&'static str>>,
}

/// Why a file has no text that could be judged.
#[derive(Debug)]
pub enum Problem {
    /// The bytes at and after `offset` are not UTF-8.
    NotUtf8 {
        /// First byte that is wrong.
        offset: usize,
    },
    /// It is larger than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// It is a link to nowhere or out of the repository.
    BadLink {
        /// Where the link goes, for a sentence.
        why: &'static str,
    },
    /// It could not be read.
    Unreadable(RepoError),
}

struct Content {
    text: String,
    problem: Option<Problem>,
}

impl File {
    pub(crate) fn new(
        id: FileId,
        listed: crate::source::Listed,
        source: &Arc<dyn FileSource>,
    ) -> File {
        File {
            id,
            path: listed.path,
            exact_name: listed.exact_name,
            source: Arc::clone(source),
            limit: 0,
            content: OnceLock::new(),
            lines: OnceLock::new(),
            markdown: OnceLock::new(),
            markdown_lines: OnceLock::new(),
            document: OnceLock::new(),
            front_matter: OnceLock::new(),
            iac: OnceLock::new(),
            shell: OnceLock::new(),
            failures: Mutex::new(Vec::new()),
        }
    }

    pub(crate) fn limited(mut self, limit: usize) -> File {
        self.limit = limit;
        self
    }

    /// The place of a tree's part in this file.
    pub fn at(&self, what: &impl Spanned) -> Location {
        Location {
            file: self.id,
            span: Some(what.span()),
        }
    }

    /// The file as a whole.
    pub fn whole(&self) -> Location {
        Location {
            file: self.id,
            span: None,
        }
    }

    /// An edit of this file.
    pub fn edit(&self, span: Span, text: impl Into<String>) -> Edit {
        Edit {
            file: self.id,
            span,
            text: text.into(),
        }
    }

    /// Its text; empty when there is a [`problem`](File::problem).
    pub fn text(&self) -> &str {
        &self.content().text
    }

    /// Why there is no text.
    pub fn problem(&self) -> Option<&Problem> {
        self.content().problem.as_ref()
    }

    /// Whether the text was asked for in this run.
    pub fn is_read(&self) -> bool {
        self.content.get().is_some()
    }

    /// Where its lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text()))
    }

    /// Its Markdown outline; front matter is left out.
    pub fn markdown(&self) -> &Markdown {
        self.markdown.get_or_init(|| {
            let body = self.front_matter_block().map_or(0, |block| block.body);
            self.parsed("Markdown", || markdown::parse(self.text(), body))
        })
    }

    /// The lines of its Markdown, with the blocks they belong to.
    pub fn markdown_lines(&self) -> &Lines {
        let new = || Lines::new(self.text(), self.body(), self.lines(), self.markdown());
        self.markdown_lines.get_or_init(new)
    }

    /// Its tree with errors and repeated keys: JSON for `.json`, JSON with comments for
    /// `.jsonc`, YAML for everything else.
    pub fn document(&self) -> &Document {
        self.document.get_or_init(|| {
            let (name, text) = (self.path.name(), self.text());
            match name.rsplit_once('.').map(|(_, extension)| extension) {
                Some("jsonc") => self.parsed("JSON", || json::parse(text, Dialect::WithComments)),
                Some("json") => self.parsed("JSON", || json::parse(text, Dialect::Strict)),
                _ => self.parsed("YAML", || yaml::parse(text, 0)),
            }
        })
    }

    /// The root of [`document`](File::document).
    pub fn node(&self) -> Option<&Node> {
        self.document().root.as_ref()
    }

    /// How the file begins: with front matter, without, or with a block that is never closed.
    pub fn split(&self) -> &Split {
        &self.front().0
    }

    /// Its front matter's delimiters, when it has front matter.
    pub fn front_matter_block(&self) -> Option<&FrontMatter> {
        match self.split() {
            Split::Found(block) => Some(block),
            _ => None,
        }
    }

    /// Its front matter as a tree, with errors and repeated keys.
    pub fn front_matter(&self) -> &Document {
        &self.front().1
    }

    /// The text after the front matter.
    pub fn body(&self) -> Span {
        let text = self.text();
        Span::new(
            self.front_matter_block().map_or(0, |block| block.body),
            text.len(),
        )
    }

    /// What it declares, when it is Bicep or Terraform.
    pub fn iac(&self) -> Option<&Iac> {
        let parsed = self.iac.get_or_init(|| {
            let language = iac::language(self.path.name())?;
            self.parsed("infrastructure code", || {
                Some(Iac::parse(language, self.text()))
            })
        });
        parsed.as_ref()
    }

    /// The code blocks of a Markdown file that hold shell commands, or might.
    pub fn shell(&self) -> &[ShellBlock] {
        self.shell
            .get_or_init(|| self.parsed("shell commands", || shell::blocks(self)))
    }

    /// The formats whose parser failed on this text; the trees are empty then.
    pub fn parser_failures(&self) -> Vec<&'static str> {
        self.failures
            .lock()
            .map(|failures| failures.clone())
            .unwrap_or_default()
    }

    /// Its comments, in order, delimiters included; JSON has none.
    pub fn comments(&self) -> Vec<Span> {
        let (text, name) = (self.text(), self.path.name());
        match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("md") => {
                let block = self.front_matter_block().map(|block| block.yaml);
                let mut comments = block
                    .map(|block| yaml::comments(text, block))
                    .unwrap_or_default();
                comments.extend(self.markdown().comments.iter().map(Spanned::span));
                comments
            }
            Some("yml" | "yaml") => yaml::comments(text, Span::new(0, text.len())),
            _ => match iac::language(name) {
                Some(language) => iac::comments(language, text),
                None => Vec::new(),
            },
        }
    }

    /// Runs a parser; one that panics yields nothing and is remembered, so that nothing is
    /// parsed twice and the run can say that it did not judge the file.
    fn parsed<T: Default>(&self, format: &'static str, parse: impl FnOnce() -> T) -> T {
        catch_unwind(AssertUnwindSafe(parse)).unwrap_or_else(|_| {
            if let Ok(mut failures) = self.failures.lock() {
                failures.push(format);
            }
            T::default()
        })
    }

    fn front(&self) -> &(Split, Document) {
        self.front_matter.get_or_init(|| {
            let split = front_matter::split(self.text());
            let document = match &split {
                Split::Found(block) => {
                    let text = block.yaml.of(self.text());
                    self.parsed("YAML", || yaml::parse(text, block.yaml.start as usize))
                }
                _ => Document::default(),
            };
            (split, document)
        })
    }

    fn content(&self) -> &Content {
        self.content
            .get_or_init(|| read(&*self.source, &self.path, self.limit))
    }
}

fn read(source: &dyn FileSource, path: &RepoPath, limit: usize) -> Content {
    let without_text = |problem| Content {
        text: String::new(),
        problem: Some(problem),
    };
    let bytes = match source.read(path, limit) {
        Ok(bytes) => bytes,
        Err(error) => return without_text(problem_of(error, source, path)),
    };
    if bytes.len() > limit {
        return without_text(Problem::TooLarge { limit });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Content {
            text,
            problem: None,
        },
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            without_text(Problem::NotUtf8 { offset })
        }
    }
}

fn problem_of(error: RepoError, source: &dyn FileSource, path: &RepoPath) -> Problem {
    if matches!(error, RepoError::OutsideRoot { .. }) {
        return Problem::BadLink {
            why: "leads out of the repository",
        };
    }
    if source.mode(path) == Some(crate::FileMode::Symlink) {
        return Problem::BadLink {
            why: "leads to nothing that can be read",
        };
    }
    Problem::Unreadable(error)
}
