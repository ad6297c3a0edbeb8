//! Nothing is made of itself.

use std::collections::{BTreeMap, BTreeSet};

use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::{DeclarationKind, Expr, StringLiteral};
use baton_source::RepoPath;

use crate::support::bicep::{Lint, compile};
use crate::support::bicep_locations::modules;
use crate::support::bicep_modules::{Referred, is_template, referred};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// What every node leads to.
type Edges<T> = BTreeMap<T, BTreeSet<T>>;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    compile(ctx, file, |lint| {
        names(lint, out);
        files(lint, out);
    });
}

fn names(lint: &Lint<'_>, out: &mut Findings) {
    let edges = edges(lint);
    let mut told = BTreeSet::new();
    for start in edges.keys() {
        let Some(path) = back(&edges, start) else {
            continue;
        };
        // The same circle is met again at each of its names.
        if path.iter().any(|it| told.contains(it)) {
            continue;
        }
        told.extend(path.iter().copied());
        let steps: Vec<_> = path.iter().filter_map(|at| lint.symbol(*at)).collect();
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
        let way = way.join("` → `");
        let message = format!("`{name}` leads back to itself: `{way}` → `{name}` (`BCP080`)");
        let finding = out.report(lint.file.at(&first.at), message);
        finding.help("Cut the circle at one of them.");
        for step in rest {
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
    let mut edges = Edges::new();
    for it in &lint.names.symbols.references {
        let around = owners
            .iter()
            .filter(|(_, value)| value.span.start <= it.at.start && it.at.end <= value.span.end);
        let innermost = around.min_by_key(|(_, value)| value.span.len());
        let (Some((owner, _)), Some(target)) = (innermost, it.target) else {
            continue;
        };
        edges.entry(*owner).or_default().insert(target);
    }
    edges
}

fn files(lint: &Lint<'_>, out: &mut Findings) {
    let own = &lint.file.path;
    let mut edges: Edges<RepoPath> = Edges::new();
    let mut open = vec![lint.file];
    while let Some(file) = open.pop() {
        if edges.contains_key(&file.path) {
            continue;
        }
        let called = Lint::of(lint.repo, file)
            .map(|it| called(&it))
            .unwrap_or_default();
        let paths = called.iter().map(|(_, it)| it.path.clone()).collect();
        edges.insert(file.path.clone(), paths);
        open.extend(called.iter().map(|(_, it)| *it));
    }
    for (source, file) in called(lint) {
        let way = if file.path == *own {
            Some(vec![own.clone()])
        } else {
            way(&edges, &file.path, own)
        };
        let Some(way) = way else { continue };
        let steps: Vec<&str> = way.iter().map(RepoPath::as_str).collect();
        let message = match steps.len() {
            1 => "the file is its own module (`BCP094`)".to_owned(),
            _ => format!(
                "the module leads back to this file: `{}` (`BCP095`)",
                steps.join("` → `")
            ),
        };
        out.report(lint.file.at(source), message)
            .help("Cut the circle at one of the modules.");
    }
}

/// The Bicep files that a file has as modules.
fn called<'a>(lint: &Lint<'a>) -> Vec<(&'a StringLiteral, &'a File)> {
    let found = modules(lint).filter_map(|it| match referred(lint.repo, lint.file, &it.source) {
        Referred::File(file) if is_template(file) => Some((&it.source, file)),
        _ => None,
    });
    found.collect()
}

/// The shortest way from a node back to it, without its end.
fn back<T: Ord + Clone>(edges: &Edges<T>, start: &T) -> Option<Vec<T>> {
    if edges.get(start)?.contains(start) {
        return Some(vec![start.clone()]);
    }
    let ways = edges.get(start)?.iter();
    let mut ways: Vec<Vec<T>> = ways.filter_map(|it| way(edges, it, start)).collect();
    ways.sort_by_key(Vec::len);
    let shortest = ways.into_iter().next()?;
    let mut found = vec![start.clone()];
    found.extend(shortest.into_iter().filter(|it| it != start));
    Some(found)
}

/// The shortest way from one node to another, both included.
fn way<T: Ord + Clone>(edges: &Edges<T>, from: &T, to: &T) -> Option<Vec<T>> {
    let mut before: BTreeMap<&T, &T> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut found = vec![to.clone()];
            let mut step = to;
            while let Some(previous) = before.get(step).filter(|_| step != from) {
                found.push((*previous).clone());
                step = previous;
            }
            found.reverse();
            return Some(found);
        }
        for next in edges.get(at).into_iter().flatten() {
            if next != from && !before.contains_key(next) {
                before.insert(next, at);
                queue.push_back(next);
            }
        }
    }
    None
}
