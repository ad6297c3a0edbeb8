//! A registry names the models that agents and prompts name themselves.

use baton_repo::model_catalog::label;
use baton_repo::{File, Registry, Text};
use baton_source::{Applicability, Fix, Location, Severity};
use baton_syntax::node::Node;

use crate::support::models::{agent_of, conventions, entries, prompt_file};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    if !conventions(ctx).registered_models {
        return;
    }
    let severity = if conventions(ctx).exact_models {
        Severity::Error
    } else {
        Severity::Warning
    };
    for (file, entry) in entries(ctx.repo) {
        let (Some(model), Some(agent)) = (&entry.model, agent_of(ctx.repo, entry)) else {
            continue;
        };
        let (Some(own), Some(agent_file)) = (agent.model.first(), ctx.repo.by_id(agent.file))
        else {
            continue;
        };
        let own = (own.value.as_str(), agent_file.at(own));
        compare((file, model), own, severity, out);
    }
    for registry in ctx.repo.registries() {
        prompts(ctx, registry, out);
    }
}

/// Prompts may leave the choice to whoever calls them, so the two only differ when both speak.
fn prompts(ctx: &Ctx<'_>, registry: &Registry, out: &mut Findings) {
    let Some(file) = ctx.repo.by_id(registry.file) else {
        return;
    };
    for prompt in &registry.prompts {
        let (Some(path), Some(model)) = (&prompt.prompt, &prompt.model) else {
            continue;
        };
        let Some((prompt, Some(node))) = prompt_file(ctx.repo, &path.value) else {
            continue;
        };
        if let Some(own) = Node::as_str(node) {
            let own = (own, prompt.at(&node.span));
            compare((file, model), own, Severity::Warning, out);
        }
    }
}

fn compare(
    (file, model): (&File, &Text),
    (own, at): (&str, Location),
    severity: Severity,
    out: &mut Findings,
) {
    let own = label(own);
    if label(&model.value) == own {
        return;
    }
    let message = format!("the registry says `{}`, the file `{own}`", model.value);
    out.report(file.at(model), message)
        .label(at, "the model is set here")
        .help("Let the registry repeat what the file says.")
        .severity(severity)
        .fix(Fix {
            title: format!("Replace with `{own}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(model.span, json_text(own))],
        });
}

fn json_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
