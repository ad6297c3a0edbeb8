//! A child resource names its parent with `parent`, not in its name.

use baton_iac::bicep::infer::Type;
use baton_iac::bicep::{Expr, ExprKind, Resource, StringLiteral, StringPart};
use baton_source::{Applicability, Fix, Span};

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_sameness::{same, same_part};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    lint(ctx, file, ("use-parent-property", Normally::On, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let resources = lint.resources();
    for (at, _, resource) in &resources {
        let nested = lint.symbol(*at).is_some_and(|it| it.parent.is_some());
        let body = resource.body.object();
        let Some(body) = body.filter(|it| !nested && it.get("parent").is_none()) else {
            continue;
        };
        let Some(kind) = lint.resource_type(*at) else {
            continue;
        };
        let Some((parents, _)) = kind.rsplit_once('/').filter(|(it, _)| it.contains('/')) else {
            continue;
        };
        let Some(name) = body.get("name") else {
            continue;
        };
        let ExprKind::String(child) = &name.value.kind else {
            continue;
        };
        let found = resources.iter().find_map(|(at, _, parent)| {
            let symbol = lint.symbol(*at)?;
            let fits = lint.resource_type(*at)?.eq_ignore_ascii_case(parents);
            if !fits || symbol.collection {
                return None;
            }
            let rest = rest(lint, *at, parent, child)?;
            Some((*at, parent, rest))
        });
        let Some((parent, declared, rest)) = found else {
            continue;
        };
        let (own, parent_name) = (&resource.name.text, &declared.name.text);
        let finding = out.report(
            lint.file.at(&name.value),
            format!("the name of `{own}` begins with that of its parent `{parent_name}`"),
        );
        finding.help(format!(
            "Set `parent: {parent_name}`, and leave its name out."
        ));
        // A name inside another resource is not known out here.
        if lint.symbol(parent).is_some_and(|it| it.parent.is_none()) {
            let start = Span::at(name.span.start as usize);
            let line = format!(
                "parent: {parent_name}{}{}",
                line_end(lint),
                indent(lint, name.span)
            );
            finding.fix(Fix {
                title: format!("Set `parent: {parent_name}`"),
                applicability: Applicability::Safe,
                edits: vec![
                    lint.file.edit(start, line),
                    lint.file.edit(name.value.span, rest),
                ],
            });
        }
    }
}

fn line_end(lint: &Lint<'_>) -> &'static str {
    lint.file.line_ending()
}

fn indent<'l>(lint: &'l Lint<'_>, at: Span) -> &'l str {
    let line = lint.file.lines().line_of(at.start);
    let start = lint.file.lines().start_of(line).unwrap_or(at.start);
    let before = Span::new(start as usize, at.start as usize).of(lint.text);
    let blank = before.len() - before.trim_start_matches([' ', '\t']).len();
    before.get(..blank).unwrap_or_default()
}

/// How the child's own name is written, when its full name begins with the parent's.
fn rest(lint: &Lint<'_>, at: usize, parent: &Resource, child: &StringLiteral) -> Option<String> {
    if let [StringPart::Expr(first), behind @ ..] = child.parts.as_slice()
        && let ExprKind::Member { object, name, .. } = &first.kind
        && name.text == "name"
        && lint.names.symbols.named(object) == Some(at)
    {
        return written(lint, "", behind);
    }
    let name = &parent.body.object()?.get("name")?.value;
    match &name.kind {
        ExprKind::String(name) => after(lint, name, child),
        _ => match child.parts.as_slice() {
            [StringPart::Expr(first), behind @ ..] if same(first, name) => {
                written(lint, "", behind)
            }
            _ => None,
        },
    }
}

fn after(lint: &Lint<'_>, parent: &StringLiteral, child: &StringLiteral) -> Option<String> {
    match parent.parts.split_last()? {
        (StringPart::Text { value, .. }, before) => {
            let first = child.parts.get(..before.len())?;
            let mut pairs = before.iter().zip(first);
            if !pairs.all(|(left, right)| same_part(left, right)) {
                return None;
            }
            let behind = child.parts.get(before.len()..)?;
            written(lint, value, behind)
        }
        (StringPart::Expr(_), _) => {
            let first = child.parts.get(..parent.parts.len())?;
            let mut pairs = parent.parts.iter().zip(first);
            if !pairs.all(|(left, right)| same_part(left, right)) {
                return None;
            }
            written(lint, "", child.parts.get(parent.parts.len()..)?)
        }
    }
}

/// The rest of a name behind `prefix` and a slash, as it is written.
fn written(lint: &Lint<'_>, prefix: &str, parts: &[StringPart]) -> Option<String> {
    let (StringPart::Text { span, value }, behind) = parts.split_first()? else {
        return None;
    };
    value.strip_prefix(prefix)?.strip_prefix('/')?;
    let text = span.of(lint.text);
    let text = text.strip_prefix(prefix)?.strip_prefix('/')?;
    if let ("", [StringPart::Expr(only)]) = (text, behind)
        && lint.names.type_of(only) == Some(Type::String)
    {
        return Some(only.span.of(lint.text).to_owned());
    }
    let mut name = format!("'{text}");
    for part in behind {
        match part {
            StringPart::Text { span, .. } => name.push_str(span.of(lint.text)),
            StringPart::Expr(Expr { span, .. }) => {
                name.push_str("${");
                name.push_str(span.of(lint.text));
                name.push('}');
            }
        }
    }
    name.push('\'');
    (!name.contains('\n')).then_some(name)
}
