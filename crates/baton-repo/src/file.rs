//! One file, read and parsed at most once.

mod content;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock};

use baton_iac::terraform;
use baton_secrets::Secret;
use baton_source::{Edit, FileId, LineIndex, Location, RepoPath, Span, Spanned};
use baton_syntax::front_matter::{self, FrontMatter, Split};
use baton_syntax::json::{self, Fault};
use baton_syntax::markdown::lines::Lines;
use baton_syntax::markdown::{self, Markdown};
use baton_syntax::node::{Document, Node};
use baton_syntax::xml::{self, Xml};
use baton_syntax::yaml::{self, tokens, tokens::Tokens};

use self::content::Content;
use crate::dialect::{Dialects, Format};
use crate::{FileSource, Iac, RepoError, ShellBlock, digest, iac, shell};

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
    is_beside_bicep: bool,
    dialects: Arc<Dialects>,
    content: OnceLock<Content>,
    lines: OnceLock<LineIndex>,
    // Boxed, because most files of a repository are never parsed.
    markdown: OnceLock<Box<Markdown>>,
    markdown_lines: OnceLock<Box<Lines>>,
    document: OnceLock<Box<Document>>,
    json_faults: OnceLock<Vec<Fault>>,
    documents: OnceLock<Option<Vec<Document>>>,
    yaml_tokens: OnceLock<Box<Tokens>>,
    front_matter: OnceLock<Box<(Split, Document)>>,
    iac: OnceLock<Option<Box<Iac>>>,
    xml: OnceLock<Box<Xml>>,
    pub(crate) secrets: OnceLock<Vec<Secret>>,
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
            is_beside_bicep: false,
            dialects: Arc::default(),
            content: OnceLock::new(),
            lines: OnceLock::new(),
            markdown: OnceLock::new(),
            markdown_lines: OnceLock::new(),
            document: OnceLock::new(),
            json_faults: OnceLock::new(),
            documents: OnceLock::new(),
            yaml_tokens: OnceLock::new(),
            front_matter: OnceLock::new(),
            iac: OnceLock::new(),
            xml: OnceLock::new(),
            secrets: OnceLock::new(),
            shell: OnceLock::new(),
            failures: Mutex::new(Vec::new()),
        }
    }

    pub(crate) fn limited(mut self, limit: usize) -> File {
        self.limit = limit;
        self
    }

    /// The same file before anything was read of it.
    pub(crate) fn unread(&self) -> File {
        let listed = crate::source::Listed {
            path: self.path.clone(),
            exact_name: self.exact_name,
        };
        let file = File::new(self.id, listed, &self.source);
        let file = file.limited(self.limit).reading(&self.dialects);
        file.beside_bicep(self.is_beside_bicep)
    }

    /// Says whether a Bicep file lies beside it that it may have been compiled from.
    pub(crate) fn beside_bicep(mut self, is_beside_bicep: bool) -> File {
        self.is_beside_bicep = is_beside_bicep;
        self
    }

    pub(crate) fn reading(mut self, dialects: &Arc<Dialects>) -> File {
        self.dialects = Arc::clone(dialects);
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

    /// Whether it may be run, is a link, or neither; `None` when that cannot be told.
    pub fn mode(&self) -> Option<crate::FileMode> {
        self.source.mode(&self.path)
    }

    /// Its text; empty when there is a [`problem`](File::problem).
    pub fn text(&self) -> &str {
        &self.content().text
    }

    /// Why there is no text.
    pub fn problem(&self) -> Option<&Problem> {
        self.content().problem.as_deref()
    }

    /// The SHA-256 of its bytes, in lower case hexadecimal digits; `None` when they could not
    /// be read.
    pub fn sha256(&self) -> Option<String> {
        let content = self.content();
        match (&content.problem, &content.digest) {
            (None, _) => Some(digest::sha256(content.text.as_bytes())),
            (Some(_), digest) => digest.as_deref().map(str::to_owned),
        }
    }

    /// Whether the text was asked for in this run.
    pub fn is_read(&self) -> bool {
        self.content.get().is_some()
    }

    /// How its lines end: as Windows has it as soon as one does.
    pub fn line_ending(&self) -> &'static str {
        if self.text().contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    /// Where its lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text()))
    }

    /// Its Markdown outline; front matter is left out.
    pub fn markdown(&self) -> &Markdown {
        self.markdown.get_or_init(|| {
            let body = self.front_matter_block().map_or(0, |block| block.body);
            Box::new(self.parsed("Markdown", || markdown::parse(self.text(), body)))
        })
    }

    /// The lines of its Markdown, with the blocks they belong to.
    pub fn markdown_lines(&self) -> &Lines {
        let new = || {
            let lines = Lines::new(self.text(), self.body(), self.lines(), self.markdown());
            Box::new(lines)
        };
        self.markdown_lines.get_or_init(new)
    }

    /// What [`document`](File::document) reads it as.
    pub fn format(&self) -> Format {
        self.dialects.format(&self.path)
    }

    /// Its tree with errors and repeated keys: JSON, with or without comments, where its name
    /// says so, YAML for everything else.
    pub fn document(&self) -> &Document {
        self.document.get_or_init(|| {
            Box::new(match self.format() {
                Format::Json(dialect) => self.parsed("JSON", || json::parse(self.text(), dialect)),
                Format::Yaml => self.parsed("YAML", || yaml::parse(self.text(), 0)),
            })
        })
    }

    /// All its documents: those that follow the first in YAML too.
    pub fn documents(&self) -> &[Document] {
        let first = self.document();
        let all = self.documents.get_or_init(|| {
            let more = self.format() == Format::Yaml && yaml::is_followed(first);
            more.then(|| self.parsed("YAML", || yaml::parse_all(self.text())))
        });
        all.as_deref().unwrap_or(std::slice::from_ref(first))
    }

    /// The signs and comments of its YAML.
    pub fn yaml_tokens(&self) -> &Tokens {
        let new = || Box::new(self.parsed("YAML", || tokens::tokens(self.text())));
        self.yaml_tokens.get_or_init(new)
    }

    /// Everything that keeps it from being JSON; nothing for a file that need not be.
    pub fn json_faults(&self) -> &[Fault] {
        self.json_faults.get_or_init(|| match self.format() {
            Format::Json(dialect) => self.parsed("JSON", || json::faults(self.text(), dialect)),
            Format::Yaml => Vec::new(),
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

    /// What it declares, when it is Bicep, Terraform or an ARM template.
    pub fn iac(&self) -> Option<&Iac> {
        let parsed = self.iac.get_or_init(|| {
            let (name, text) = (self.path.name(), self.text());
            let parse = || match iac::language(name) {
                Some(language) => Some(Box::new(Iac::parse(language, text))),
                None if terraform::json::is_json(name) => {
                    Some(Box::new(Iac::terraform_json(name, self.document())))
                }
                None => Iac::arm(text, self.document(), self.is_beside_bicep).map(Box::new),
            };
            let may_be = iac::language(name).is_some() || iac::may_be_json(name, text);
            may_be.then(|| self.parsed("infrastructure code", parse))?
        });
        parsed.as_deref()
    }

    /// Its elements, when it is XML, and why they could not all be read.
    pub fn xml(&self) -> &Xml {
        self.xml
            .get_or_init(|| Box::new(self.parsed("XML", || xml::parse(self.text()))))
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
            Some("drawio") => self.xml().comments.clone(),
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
            Box::new((split, document))
        })
    }

    fn content(&self) -> &Content {
        self.content
            .get_or_init(|| content::read(&*self.source, &self.path, self.limit))
    }
}
