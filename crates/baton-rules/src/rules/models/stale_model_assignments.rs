//! The catalog repeats which agent uses which model.

use std::collections::BTreeMap;

use baton_repo::model_catalog::{Assignments, Table, label};
use baton_repo::{Agent, File, ModelCatalog};
use baton_source::{Applicability, Fix, Span};

use crate::support::models::{catalog, conventions};
use crate::support::models_table::{Kept, edits};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some((file, catalog)) = catalog(ctx.repo) else {
        return;
    };
    if !conventions(ctx).assignments {
        return;
    }
    let kept = Kept {
        agents: expected(ctx, false),
        subagents: expected(ctx, true),
    };
    let Some(first) = difference(catalog, &kept) else {
        return;
    };
    let found = out.report(file.at(&first.at), first.message);
    found.help("Let the catalog repeat the models of the agents' files.");
    if let Some(agent) = first.agent.and_then(|name| location(ctx, &name)) {
        found.label(agent, "the model is set here");
    }
    if let Some(edits) = edits(file, catalog, &kept) {
        found.fix(Fix {
            title: "Write the assignments again".to_owned(),
            applicability: Applicability::Safe,
            edits,
        });
    }
}

/// File names with the labels that agents have.
fn expected(ctx: &Ctx<'_>, subagents: bool) -> BTreeMap<String, String> {
    let agents = ctx.repo.agents().iter();
    // Where roles do not lie apart, an agent that people cannot call is a subagent.
    let lies_apart = ctx.repo.agent_conventions().separate_roles;
    let is_hidden = |agent: &Agent| {
        let invocable = agent.user_invocable.and_then(|flag| flag.value);
        !lies_apart && invocable == Some(false)
    };
    let agents = agents.filter(|agent| (agent.is_subagent || is_hidden(agent)) == subagents);
    let rows = agents.filter_map(|agent| {
        let model = label(&agent.model.first()?.value);
        Some((agent.path.name().to_owned(), model.to_owned()))
    });
    rows.collect()
}

/// The first thing that is not as it should be.
struct Difference {
    at: Span,
    message: String,
    agent: Option<String>,
}

fn difference(catalog: &ModelCatalog, kept: &Kept) -> Option<Difference> {
    let Some(assignments) = &catalog.assignments else {
        return Some(Difference {
            at: Span::new(catalog.span.start as usize, catalog.span.start as usize + 1),
            message: "the catalog has no `assignments`".to_owned(),
            agent: None,
        });
    };
    let agents = ("agents", &assignments.agents, &kept.agents);
    let subagents = ("subagents", &assignments.subagents, &kept.subagents);
    [agents, subagents]
        .into_iter()
        .find_map(|(name, table, rows)| in_table(assignments, (name, table.as_ref()), rows))
}

fn in_table(
    assignments: &Assignments,
    (name, table): (&str, Option<&Table>),
    rows: &BTreeMap<String, String>,
) -> Option<Difference> {
    let Some(table) = table else {
        return Some(Difference {
            at: assignments.key,
            message: format!("the assignments have no `{name}`"),
            agent: None,
        });
    };
    for (file, model) in &table.rows {
        let written = model.as_ref().map(|model| model.value.as_str());
        let expected = rows.get(&file.value);
        if written.is_some() && written == expected.map(String::as_str) {
            continue;
        }
        let message = match expected {
            Some(own) => format!(
                "the catalog says that `{}` uses `{}`, the file says `{own}`",
                file.value,
                written.unwrap_or("nothing")
            ),
            None => format!("`{}` is assigned a model and names none", file.value),
        };
        return Some(Difference {
            at: model.as_ref().map_or(file.span, |model| model.span),
            message,
            agent: Some(file.value.clone()),
        });
    }
    let is_written = |file: &&String| table.rows.iter().any(|(row, _)| row.value == **file);
    let missing = rows.keys().find(|file| !is_written(file))?;
    Some(Difference {
        at: table.key,
        message: format!("`{missing}` is missing among the assignments"),
        agent: Some(missing.clone()),
    })
}

fn location(ctx: &Ctx<'_>, name: &str) -> Option<baton_source::Location> {
    let mut agents = ctx.repo.agents().iter();
    let agent = agents.find(|agent| agent.path.name() == name)?;
    let file: &File = ctx.repo.by_id(agent.file)?;
    Some(file.at(agent.model.first()?))
}
