//! A resource of the file is asked by its symbol, not by its id.

use baton_iac::bicep::{Expr, ExprKind, Resource};

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_calls::{Call, call, calls};
use crate::support::bicep_sameness::same;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "use-resource-symbol-reference";
    lint(ctx, file, (code, Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let resources = lint.resources();
    for call in calls(lint, lint.tree) {
        let name = call.name.text.as_str();
        let reference = call.is("az", "reference");
        let (id, rest) = match call.arguments.split_first() {
            Some((id, rest)) if rest.len() < 3 => (id, rest),
            _ => continue,
        };
        if !(reference || call.lists() && name.starts_with("list") && !rest.is_empty()) {
            continue;
        }
        let candidates = resources.iter();
        let candidates = candidates.filter(|(at, _, it)| is_id_of(lint, id, *at, it));
        let candidates: Vec<(usize, &Resource)> =
            candidates.map(|(at, _, it)| (*at, *it)).collect();
        let Some((at, resource)) = of_version(lint, &candidates, rest.first()) else {
            continue;
        };
        let symbol = &resource.name.text;
        let instead = if reference {
            let full = rest.get(1).and_then(Expr::as_str);
            let full = full.is_some_and(|it| it.eq_ignore_ascii_case("full"));
            format!("{symbol}{}", if full { "" } else { ".properties" })
        } else {
            format!("{symbol}.{name}({})", passed(lint, rest))
        };
        let finding = out.report(
            lint.file.at(call.expr),
            format!("`{name}` asks for a resource of this file by its id"),
        );
        finding.help(format!("Write `{instead}`."));
        let reachable = lint
            .symbol(at)
            .is_some_and(|it| it.parent.is_none() && !it.collection);
        if reachable {
            finding.fix(lint.replace("Use the symbol", call.expr.span, instead));
        }
    }
}

fn passed(lint: &Lint<'_>, rest: &[Expr]) -> String {
    let [version, body] = rest else {
        return String::new();
    };
    let (version, body) = (version.span.of(lint.text), body.span.of(lint.text));
    format!("{version}, {body}")
}

/// Whether an expression is the id or the name of a resource.
fn is_id_of(lint: &Lint<'_>, id: &Expr, at: usize, resource: &Resource) -> bool {
    if let ExprKind::Member { object, name, .. } = &id.kind {
        let known = matches!(name.text.as_str(), "id" | "name");
        return known && lint.names.symbols.named(object) == Some(at);
    }
    let made = call(lint, id).filter(|it| it.is("az", "resourceId"));
    let Some(Call { arguments, .. }) = made else {
        return false;
    };
    let Some((kind, names)) = arguments.split_first() else {
        return false;
    };
    let own = lint.resource_type(at);
    let fits = own
        .zip(kind.as_str())
        .is_some_and(|(own, kind)| own.eq_ignore_ascii_case(kind));
    if !fits || names.is_empty() {
        return false;
    }
    // A child's ancestors have names of their own.
    let Some(own) = ancestry(lint, at, resource) else {
        return false;
    };
    own.len() == names.len() && own.iter().zip(names).all(|(own, name)| same(own, name))
}

/// The names of a resource and those above it, outermost first.
fn ancestry<'a>(lint: &Lint<'a>, at: usize, resource: &'a Resource) -> Option<Vec<&'a Expr>> {
    let body = resource.body.object()?;
    let name = &body.get("name")?.value;
    let parent = match (lint.symbol(at)?.parent, body.get("parent")) {
        (Some(parent), _) => Some(parent),
        (None, Some(parent)) => Some(lint.names.symbols.named(&parent.value)?),
        (None, None) => None,
    };
    let Some(parent) = parent.filter(|it| *it != at) else {
        return Some(vec![name]);
    };
    let resources = lint.resources();
    let (_, _, above) = resources.iter().find(|(at, _, _)| *at == parent)?;
    // A cycle of parents is the compiler's business.
    if lint.names.symbols.symbols.get(parent)?.parent == Some(at) {
        return None;
    }
    let mut names = short_ancestry(lint, parent, above)?;
    names.push(name);
    Some(names)
}

/// The names above, as long as none of them has a `parent` of its own.
fn short_ancestry<'a>(lint: &Lint<'a>, at: usize, resource: &'a Resource) -> Option<Vec<&'a Expr>> {
    let body = resource.body.object()?;
    if body.get("parent").is_some() || lint.symbol(at)?.parent.is_some() {
        return None;
    }
    Some(vec![&body.get("name")?.value])
}

fn of_version<'a>(
    lint: &Lint<'_>,
    candidates: &[(usize, &'a Resource)],
    version: Option<&Expr>,
) -> Option<(usize, &'a Resource)> {
    let Some(version) = version else {
        return match candidates {
            [only] => Some(*only),
            _ => None,
        };
    };
    if let ExprKind::Member { object, name, .. } = &version.kind {
        let at = lint
            .names
            .symbols
            .named(object)
            .filter(|_| name.text == "apiVersion")?;
        return candidates.iter().find(|(it, _)| *it == at).copied();
    }
    let version = version.as_str()?;
    let mut candidates = candidates.iter();
    let found = candidates.find(|(_, it)| {
        let own = it.ty.as_str().and_then(|it| it.rsplit_once('@'));
        own.is_some_and(|(_, own)| own.eq_ignore_ascii_case(version))
    });
    found.copied()
}
