//! Nothing is made of itself.

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{DeclarationKind, Expr, StringLiteral};
use baton_source::RepoPath;

use crate::support::bicep::{Lint, compile};
use crate::support::bicep_locations::modules;
use crate::support::bicep_modules::{Referred, is_template, referred};
use crate::support::circles::{Edges, NAMED, Ways, listed};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    compile(ctx, file, |lint| {
        names(lint, out);
        files(ctx, lint, out);
    });
}

fn names(lint: &Lint<'_>, out: &mut Findings) {
    for circle in Ways::new(&edges(lint)).circles() {
        let steps: Vec<_> = circle.iter().filter_map(|at| lint.symbol(**at)).collect();
        let Some((first, rest)) = steps.split_first() else {
            continue;
        };
        let name = &first.name;
        if rest.is_empty() {
            let message = format!("`{name}` refers to itself (`BCP079`)");
            out.report(lint.file.at(&first.at), message)
                .help("Make it of something else.");
            continue;
        }
        let way: Vec<&str> = steps.iter().map(|it| it.name.as_str()).collect();
        let way = listed(&way, " → ");
        let message = format!("`{name}` leads back to itself: {way} → `{name}` (`BCP080`)");
        let finding = out.report(lint.file.at(&first.at), message);
        finding.help("Cut the circle at one of them.");
        for step in rest.iter().take(NAMED) {
            finding.label(lint.file.at(&step.at), "on the way");
        }
    }
}

/// Which symbols the declaration of a symbol uses; resources inside one speak for themselves.
fn edges(lint: &Lint<'_>) -> Edges<usize> {
    let mut owners: Vec<(usize, &Expr)> = Vec::new();
    for at in 0..lint.names.symbols.symbols.len() {
        let kind = lint.symbol(at).map(|it| it.kind);
        // Types may be made of themselves, and so be local names.
        if matches!(kind, Some(SymbolKind::Local | SymbolKind::Type) | None) {
            continue;
        }
        let Some(declaration) = lint.names.declaration(at) else {
            continue;
        };
        let value = match &declaration.kind {
            DeclarationKind::Param(it) => it.value.as_ref(),
            DeclarationKind::Var(it) => Some(&it.value),
            DeclarationKind::Func(it) => Some(&it.body),
            DeclarationKind::Resource(it) => Some(&it.body),
            DeclarationKind::Module(it) => Some(&it.body),
            _ => None,
        };
        owners.extend(value.map(|it| (at, it)));
    }
    owners.sort_by_key(|(_, value)| (value.span.start, std::cmp::Reverse(value.span.end)));
    let mut edges = Edges::new();
    let mut next = owners.into_iter().peekable();
    let mut around: Vec<(usize, &Expr)> = Vec::new();
    for it in &lint.names.symbols.references {
        while let Some(owner) = next.next_if(|(_, value)| value.span.start <= it.at.start) {
            while around
                .pop_if(|(_, outer)| outer.span.end < owner.1.span.end)
                .is_some()
            {}
            around.push(owner);
        }
        while around
            .pop_if(|(_, value)| value.span.end < it.at.end)
            .is_some()
        {}
        if let (Some((owner, _)), Some(target)) = (around.last(), it.target) {
            edges.entry(*owner).or_default().insert(target);
        }
    }
    edges
}

fn files(ctx: &Ctx<'_>, lint: &Lint<'_>, out: &mut Findings) {
    let called_here = called(lint);
    if called_here.is_empty() {
        return;
    }
    let own = &lint.file.path;
    let calls = ctx.bicep_calls.get_or_init(|| calls(ctx));
    for (source, file) in called_here {
        let Some(way) = calls.back(&file.path, own) else {
            continue;
        };
        let message = match way.len() {
            1 => "the file is its own module (`BCP094`)".to_owned(),
            _ => format!(
                "the module leads back to this file: {} (`BCP095`)",
                listed(&way, " → ")
            ),
        };
        out.report(lint.file.at(source), message)
            .help("Cut the circle at one of the modules.");
    }
}

/// Which file has which as its module.
fn calls(ctx: &Ctx<'_>) -> Ways<RepoPath> {
    let files = ctx.repo.of_kind("bicep");
    let lints = files.filter_map(|file| Lint::of(ctx.repo, file));
    let edge = |lint: Lint<'_>| {
        let called = called(&lint).into_iter();
        let called = called.map(|(_, file)| file.path.clone()).collect();
        (lint.file.path.clone(), called)
    };
    Ways::new(&lints.map(edge).collect())
}

/// The Bicep files that a file has as modules.
fn called<'a>(lint: &Lint<'a>) -> Vec<(&'a StringLiteral, &'a File)> {
    let found = modules(lint).filter_map(|it| match referred(lint.repo, lint.file, &it.source) {
        Referred::File(file) if is_template(file) => Some((&it.source, file)),
        _ => None,
    });
    found.collect()
}
