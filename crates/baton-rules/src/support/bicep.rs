//! One file under the rules of Bicep's linter: its tree and names, its level, what is silenced.

use baton_iac::bicep::infer::Names;
use baton_iac::bicep::symbols::{Symbol, SymbolKind};
use baton_iac::bicep::{Declaration, DeclarationKind, File as Tree, Object, Resource};
use baton_repo::Repo;
use baton_source::{Applicability, Edit, Fix, Severity, Span};
use baton_syntax::node::Node;

use crate::{Ctx, File, Findings};

/// The check of rules that the linter leaves off unless it is told otherwise.
const STRICT: &str = "lint:bicep-strict";

/// The level the linter gives a rule where nothing else is said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Normally {
    /// The severity of the rule's document.
    On,
    /// Not at all.
    Off,
}

/// A Bicep file that is being judged.
pub(crate) struct Lint<'a> {
    pub(crate) repo: &'a Repo,
    pub(crate) file: &'a File,
    pub(crate) tree: &'a Tree,
    pub(crate) names: Names<'a>,
    pub(crate) text: &'a str,
}

/// Judges a file with a rule of the linter: its `bicepconfig.json` sets the level, its directives
/// silence.
pub(crate) fn lint(
    ctx: &Ctx<'_>,
    file: &File,
    (code, normally, out): (&str, Normally, &mut Findings),
    judge: impl FnOnce(&Lint<'_>, &mut Findings),
) {
    let Some(level) = level(ctx, file, code, normally) else {
        return;
    };
    let Some(lint) = Lint::of(ctx.repo, file) else {
        return;
    };
    let mut found = Findings::new(Severity::Warning);
    judge(&lint, &mut found);
    let found = found.into_vec();
    if found.is_empty() {
        return;
    }
    let directives = file.iac().and_then(|iac| iac.bicep.as_deref());
    let directives = directives.map(|it| it.directives(file.text()));
    for mut finding in found {
        let start = finding.at.span.map_or(0, |it| it.start);
        if directives.is_some_and(|it| it.silence(code, start)) {
            continue;
        }
        let placed = out.report(finding.at, String::new());
        finding.severity = match level {
            Level::Set(severity) => severity,
            Level::Own => placed.severity,
        };
        finding.message = format!("{} (`{code}`)", finding.message);
        *placed = finding;
    }
}

/// Judges a file by a rule of the compiler, which nothing in the file or beside it silences.
///
/// Files that could not be read in full are left out: what is missing there decides.
pub(crate) fn compile(ctx: &Ctx<'_>, file: &File, judge: impl FnOnce(&Lint<'_>)) {
    if file.iac().is_some_and(|iac| iac.errors.is_empty())
        && let Some(lint) = Lint::of(ctx.repo, file)
    {
        judge(&lint);
    }
}

enum Level {
    Own,
    Set(Severity),
}

fn level(ctx: &Ctx<'_>, file: &File, code: &str, normally: Normally) -> Option<Level> {
    let core = core(ctx.repo, file);
    let enabled = core.and_then(|it| it.get("enabled"));
    if enabled.and_then(Node::as_bool) == Some(false) {
        return None;
    }
    let level = settings(ctx.repo, file, code).and_then(|it| it.get("level"));
    match level.and_then(Node::as_str) {
        Some(level) if level.eq_ignore_ascii_case("off") => None,
        Some(level) if level.eq_ignore_ascii_case("error") => Some(Level::Set(Severity::Error)),
        Some(level) if level.eq_ignore_ascii_case("warning") => Some(Level::Set(Severity::Warning)),
        Some(level) if level.eq_ignore_ascii_case("info") => Some(Level::Set(Severity::Info)),
        _ if normally == Normally::Off && !ctx.is_asked(STRICT) => None,
        _ => Some(Level::Own),
    }
}

fn core<'a>(repo: &'a Repo, file: &File) -> Option<&'a Node> {
    let config = repo.bicep_config(file.path.as_str())?.node()?;
    config.get("analyzers")?.get("core")
}

/// What the nearest `bicepconfig.json` says of a rule.
pub(crate) fn settings<'a>(repo: &'a Repo, file: &File, code: &str) -> Option<&'a Node> {
    core(repo, file)?.get("rules")?.get(code)
}

impl<'a> Lint<'a> {
    /// The tree and names of a file; `None` when it is no Bicep, or what a test expects to be
    /// written: such a file stands in another place than it is for.
    pub(crate) fn of(repo: &'a Repo, file: &'a File) -> Option<Lint<'a>> {
        if file.path.name().contains(".verified.") {
            return None;
        }
        let bicep = file.iac()?.bicep.as_deref()?;
        Some(Lint {
            repo,
            file,
            tree: &bicep.tree,
            names: Names {
                file: &bicep.tree,
                symbols: bicep.symbols(),
            },
            text: file.text(),
        })
    }

    /// Whether the whole file could be read.
    pub(crate) fn is_whole(&self) -> bool {
        self.file.iac().is_some_and(|iac| iac.errors.is_empty())
    }

    /// The symbol with its number, if it is of a kind.
    pub(crate) fn symbol(&self, at: usize) -> Option<&'a Symbol> {
        self.names.symbols.symbols.get(at)
    }

    /// The symbols of a kind with their numbers.
    pub(crate) fn of_kind(&self, kind: SymbolKind) -> impl Iterator<Item = (usize, &'a Symbol)> {
        let symbols = self.names.symbols.symbols.iter().enumerate();
        symbols.filter(move |(_, it)| it.kind == kind)
    }

    /// Every resource with its declaration, nested ones after those around them.
    pub(crate) fn resources(&self) -> Vec<(usize, &'a Declaration, &'a Resource)> {
        let found = self.of_kind(SymbolKind::Resource).filter_map(|(at, _)| {
            let declaration = self.names.declaration(at)?;
            match &declaration.kind {
                DeclarationKind::Resource(it) => Some((at, declaration, it)),
                _ => None,
            }
        });
        found.collect()
    }

    /// The type of a resource, with those of the resources around it, without its version.
    pub(crate) fn resource_type(&self, at: usize) -> Option<String> {
        let declaration = self.names.declaration(at)?;
        let DeclarationKind::Resource(it) = &declaration.kind else {
            return None;
        };
        let own = it.ty.as_str()?;
        let own = own.split_once('@').map_or(own, |(kind, _)| kind);
        match self.symbol(at)?.parent {
            Some(parent) if !own.contains('/') => {
                Some(format!("{}/{own}", self.resource_type(parent)?))
            }
            _ => Some(own.to_owned()),
        }
    }

    /// The edit that removes a stretch of text, with its line where nothing else stands there.
    pub(crate) fn removal(&self, span: Span) -> Edit {
        let (start, end) = (span.start as usize, span.end as usize);
        let before = Span::new(0, start).of(self.text);
        let after = Span::new(end, self.text.len()).of(self.text);
        let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
        let blank = after.len() - after.trim_start_matches([' ', '\t']).len();
        let rest = after.get(blank..).unwrap_or_default();
        let starts = indent == start || before.get(..start - indent).is_some_and(ends_line);
        let ending = if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(rest.starts_with('\n'))
        };
        let whole = starts && (ending > 0 || rest.is_empty());
        let span = if whole {
            Span::new(start - indent, end + blank + ending)
        } else {
            span
        };
        self.file.edit(span, "")
    }

    /// A fix with one edit.
    pub(crate) fn replace(&self, title: &str, span: Span, text: impl Into<String>) -> Fix {
        Fix {
            title: title.to_owned(),
            applicability: Applicability::Safe,
            edits: vec![self.file.edit(span, text)],
        }
    }
}

fn ends_line(text: &str) -> bool {
    text.ends_with('\n')
}

/// What stands at a path of nested objects.
pub(crate) fn property_at<'t>(
    object: &'t Object,
    path: &[&str],
) -> Option<&'t baton_iac::bicep::Property> {
    let (first, rest) = path.split_first()?;
    let found = object.get(first)?;
    if rest.is_empty() {
        return Some(found);
    }
    match &found.value.kind {
        baton_iac::bicep::ExprKind::Object(inner) => property_at(inner, rest),
        _ => None,
    }
}

/// Whether a declaration carries `@secure()`.
pub(crate) fn is_secure(declaration: &Declaration) -> bool {
    declaration.decorator("secure").is_some()
}
