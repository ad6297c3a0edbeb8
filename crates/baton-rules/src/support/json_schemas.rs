//! What the schemas that a repository names say about its data.
//!
//! Worked out once per run, for all rules about it. A schema is prepared when the first file is
//! judged by it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use baton_repo::schema::mapping::{Mapping, Pattern, SchemaPlace, Target, of_editors, target};
use baton_repo::schema::{self, Unusable};
use baton_repo::{File, Schema};
use baton_source::{FileId, Location};

use crate::support::json::is_judged_elsewhere;
use crate::{Ctx, Findings};

/// What came of judging data by schemas.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Everything worth telling.
    pub(crate) outcomes: Vec<Outcome>,
    /// The files that some schema of the repository judges.
    pub(crate) files: BTreeSet<FileId>,
}

/// One thing worth telling.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) kind: Kind,
    pub(crate) at: Location,
    pub(crate) message: String,
    /// The schema, where another place is told.
    pub(crate) schema: Option<Location>,
}

/// Which rule tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Violation,
    UnusableSchema,
    MissingSchema,
    MissingData,
    RemoteSchema,
    EmptyGlob,
}

/// Tells what is of one kind.
pub(crate) fn report(ctx: &Ctx<'_>, out: &mut Findings, kind: Kind, help: &str) {
    let outcomes = judged(ctx).outcomes.iter();
    for outcome in outcomes.filter(|outcome| outcome.kind == kind) {
        let finding = out.report(outcome.at, outcome.message.clone());
        finding.help(help);
        if let Some(schema) = outcome.schema {
            finding.label(schema, "the schema");
        }
    }
}

/// What schemas say about the data of a repository.
pub(crate) fn judged<'c>(ctx: &'c Ctx<'_>) -> &'c Judged {
    ctx.judged.get_or_init(|| {
        let mut judge = Judge {
            ctx,
            judged: Judged::default(),
            schemas: BTreeMap::new(),
            done: BTreeSet::new(),
        };
        for mapping in of_editors(ctx.repo).iter().chain(&configured(ctx)) {
            judge.follow(mapping);
        }
        for file in ctx.repo.files() {
            judge.own_schema(file);
        }
        judge.judged
    })
}

/// The mappings of the configuration.
fn configured(ctx: &Ctx<'_>) -> Vec<Mapping> {
    let mapping = |one: &crate::settings::json::Mapping| Mapping {
        patterns: one
            .file_match
            .iter()
            .map(|text| Pattern {
                text: text.clone(),
                at: None,
            })
            .collect(),
        schema: SchemaPlace {
            at: None,
            target: target("", &one.url),
        },
    };
    ctx.settings.json.schemas.iter().map(mapping).collect()
}

struct Judge<'c, 'r> {
    ctx: &'c Ctx<'r>,
    judged: Judged,
    /// Schemas by path; those that cannot judge were told about.
    schemas: BTreeMap<String, Option<Rc<Schema>>>,
    /// Which schema judged which file already.
    done: BTreeSet<(String, FileId)>,
}

impl Judge<'_, '_> {
    fn tell(&mut self, kind: Kind, at: Location, message: impl Into<String>) {
        self.judged.outcomes.push(Outcome {
            kind,
            at,
            message: message.into(),
            schema: None,
        });
    }

    fn follow(&mut self, mapping: &Mapping) {
        self.check_patterns(mapping);
        let files = mapping.files(self.ctx.repo);
        match &mapping.schema.target {
            Target::Local(path) => {
                for file in files {
                    let at = mapping.schema.at.unwrap_or(file.whole());
                    self.by_path(path.as_deref(), at, file);
                }
            }
            Target::Remote(url) => {
                if let Some(at) = mapping.schema.at.filter(|_| !files.is_empty()) {
                    let message = format!("`{url}` is not fetched: nothing is judged by it");
                    self.tell(Kind::RemoteSchema, at, message);
                }
            }
            Target::Inline(node) => {
                let repo = self.ctx.repo;
                let at = mapping.schema.at;
                let Some(settings) = at.and_then(|at| repo.by_id(at.file)) else {
                    return;
                };
                if files.is_empty() {
                    return;
                }
                let compiled = schema::compile(repo, settings, node);
                let Some(schema) = self.usable(compiled) else {
                    return;
                };
                for file in files {
                    self.validate(&schema, at, file);
                }
            }
        }
    }

    fn check_patterns(&mut self, mapping: &Mapping) {
        for pattern in &mapping.patterns {
            let Some(at) = pattern.at else {
                continue;
            };
            if pattern.text.starts_with('!') || !pattern.files(self.ctx.repo).is_empty() {
                continue;
            }
            // A name without a folder waits for files to come.
            if pattern.is_literal() && pattern.text.contains('/') {
                let message = format!("there is no file `{}`", pattern.text);
                self.tell(Kind::MissingData, at, message);
            } else {
                let message = format!("`{}` matches no file", pattern.text);
                self.tell(Kind::EmptyGlob, at, message);
            }
        }
    }

    /// Judges a file by the schema at a path, which is written at a place.
    fn by_path(&mut self, path: Option<&str>, at: Location, file: &File) {
        self.judged.files.insert(file.id);
        let repo = self.ctx.repo;
        let found = path.and_then(|path| repo.file(path));
        let Some(schema_file) = found else {
            let message = match path {
                Some(path) => format!("there is no schema `{path}`"),
                None => "the schema lies outside of the repository".to_owned(),
            };
            let is_told =
                |outcome: &Outcome| outcome.kind == Kind::MissingSchema && outcome.at == at;
            if !self.judged.outcomes.iter().any(is_told) {
                self.tell(Kind::MissingSchema, at, message);
            }
            return;
        };
        let path = schema_file.path.as_str();
        if !self.done.insert((path.to_owned(), file.id)) {
            return;
        }
        if !self.schemas.contains_key(path) {
            let schema = self.usable(schema::of_file(repo, schema_file));
            self.schemas.insert(path.to_owned(), schema);
        }
        let schema = self.schemas.get(path).cloned().flatten();
        if let Some(schema) = schema {
            self.validate(&schema, Some(schema_file.whole()), file);
        }
    }

    /// A schema that can judge; or else it is told why not.
    fn usable(&mut self, compiled: Result<Schema, Unusable>) -> Option<Rc<Schema>> {
        match compiled {
            Ok(schema) => return Some(Rc::new(schema)),
            Err(Unusable::Unreadable) => {}
            Err(Unusable::Broken(at, message)) => {
                self.tell(Kind::UnusableSchema, at, message);
            }
            Err(Unusable::Remote(at, url)) => {
                let message = format!("`{url}` is not fetched: nothing is judged by this schema");
                self.tell(Kind::RemoteSchema, at, message);
            }
        }
        None
    }

    fn validate(&mut self, schema: &Schema, place: Option<Location>, file: &File) {
        self.judged.files.insert(file.id);
        let Some(document) = file.node() else {
            return;
        };
        for error in schema.validate(document) {
            self.judged.outcomes.push(Outcome {
                kind: Kind::Violation,
                at: file.at(&error),
                message: error.message,
                schema: place,
            });
        }
    }

    /// Judges a file by the schema it names itself, unless it has another family of rules,
    /// may be broken on purpose, or is to be filled in.
    fn own_schema(&mut self, file: &File) {
        let repo = self.ctx.repo;
        if !repo.is_kind(file, "json") {
            return;
        }
        let is_spared = ["test-data", "json-template", "model-catalog"]
            .iter()
            .any(|kind| repo.is_kind(file, kind));
        if is_spared || is_judged_elsewhere(self.ctx, file) {
            return;
        }
        let Some(url) = declared_path(file.text()) else {
            return;
        };
        let root = file.node().and_then(|node| node.get("$schema"));
        let Some(node) = root.filter(|node| node.as_str() == Some(url)) else {
            return;
        };
        if let Target::Local(path) = target(file.path.parent(), url) {
            self.by_path(path.as_deref(), file.at(node), file);
        }
    }
}

/// The first `$schema` of a text, if it is the path of a file; the text is not parsed for it.
fn declared_path(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("\"$schema\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let (url, _) = rest.strip_prefix('"')?.split_once('"')?;
    let extension = url.rsplit_once('.').map(|(_, extension)| extension);
    let is_path = extension == Some("json") || url.starts_with("./") || url.starts_with("../");
    (is_path && !url.contains("://")).then_some(url)
}
