//! What rules about registries of agents and catalogs of models share.

use std::collections::BTreeSet;

use baton_repo::model_catalog::label;
use baton_repo::registry::{Names, RegistryEntry};
use baton_repo::{Agent, File, ModelCatalog, ModelConventions, Repo, Text};
use baton_source::{Applicability, Fix, Location, Severity};
use baton_syntax::node::Node;

use crate::{Ctx, Findings};

/// What such a repository expects.
pub(crate) fn conventions<'a>(ctx: &Ctx<'a>) -> &'a ModelConventions {
    ctx.repo.model_conventions()
}

/// Every entry of every registry, with the registry's file.
pub(crate) fn entries(repo: &Repo) -> impl Iterator<Item = (&File, &RegistryEntry)> {
    repo.registries().iter().flat_map(|registry| {
        let file = repo.by_id(registry.file);
        let entries = registry.entries.iter();
        entries.filter_map(move |entry| Some((file?, entry)))
    })
}

/// The agent an entry is about.
pub(crate) fn agent_of<'r>(repo: &'r Repo, entry: &RegistryEntry) -> Option<&'r Agent> {
    let named = entry.agent.as_ref()?.value.as_str();
    let agents = repo.agents();
    if entry.names == Names::Name {
        return agents.iter().find(|agent| agent.called() == named);
    }
    let id = repo.file(named)?.id;
    let at = agents.binary_search_by_key(&id, |agent| agent.file).ok()?;
    agents.get(at)
}

/// The catalog of models, with its file.
pub(crate) fn catalog(repo: &Repo) -> Option<(&File, &ModelCatalog)> {
    let catalog = repo.model_catalogs().first()?;
    Some((repo.by_id(catalog.file)?, catalog))
}

/// The model of a prompt file, and the file.
pub(crate) fn prompt_file<'r>(repo: &'r Repo, path: &str) -> Option<(&'r File, Option<&'r Node>)> {
    let file = repo.file(path).filter(|file| file.problem().is_none())?;
    let root = file.front_matter().root.as_ref();
    Some((file, root.and_then(|root| root.get("model"))))
}

/// A model that somebody uses.
pub(crate) struct Use<'r> {
    /// Where it stands.
    pub(crate) file: &'r File,
    /// As it is written.
    pub(crate) model: &'r Text,
    /// Who uses it, for a sentence.
    pub(crate) by: String,
    /// Whether a registry says so.
    pub(crate) registered: bool,
}

impl Use<'_> {
    /// What the catalog calls it.
    pub(crate) fn label(&self) -> &str {
        label(&self.model.value)
    }

    /// Where it stands.
    pub(crate) fn at(&self) -> Location {
        self.file.at(self.model)
    }
}

/// Every model that agents, and registries where they name models, use.
pub(crate) fn uses<'r>(ctx: &Ctx<'r>) -> Vec<Use<'r>> {
    let repo = ctx.repo;
    let mut uses = Vec::new();
    for agent in repo.agents() {
        let Some(file) = repo.by_id(agent.file) else {
            continue;
        };
        uses.extend(agent.model.iter().map(|model| Use {
            file,
            model,
            by: format!("`{}`", agent.called()),
            registered: false,
        }));
    }
    let registered = |file, model, by: &str| Use {
        file,
        model,
        by: format!("the entry `{by}`"),
        registered: true,
    };
    for (file, entry) in entries(repo) {
        let model = entry.model.iter();
        uses.extend(model.map(|model| registered(file, model, &entry.called)));
    }
    for registry in repo.registries() {
        let Some(file) = repo.by_id(registry.file) else {
            continue;
        };
        for prompt in &registry.prompts {
            let model = prompt.model.iter();
            uses.extend(model.map(|model| registered(file, model, &prompt.key.value)));
        }
    }
    uses
}

/// The skills there are.
pub(crate) fn skills(repo: &Repo) -> BTreeSet<&str> {
    let folders = repo.of_kind("skill").map(|file| file.path.parent());
    folders
        .filter_map(|folder| folder.rsplit('/').next())
        .collect()
}

/// The skills a text reads, each where it is first named.
pub(crate) fn skills_in(text: &str) -> Vec<(&str, usize)> {
    const FOLDER: &str = ".github/skills/";
    let mut found: Vec<(&str, usize)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, _) in text.match_indices(FOLDER) {
        let start = at + FOLDER.len();
        let rest = text.get(start..).unwrap_or_default();
        let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default().trim_end_matches('-');
        if !name.is_empty() && !name.starts_with('-') && seen.insert(name) {
            found.push((name, start));
        }
    }
    found
}

/// Reports a model that a registry says and the file it is about does not.
pub(crate) fn compare(
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
    let text = own.replace('\\', "\\\\").replace('"', "\\\"");
    out.report(file.at(model), message)
        .label(at, "the model is set here")
        .help("Let the registry repeat what the file says.")
        .severity(severity)
        .fix(Fix {
            title: format!("Replace with `{own}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(model.span, format!("\"{text}\""))],
        });
}

/// Reports that there are agents but no file of a kind.
pub(crate) fn missing(ctx: &Ctx<'_>, (kind, what): (&str, &str), out: &mut Findings) {
    let repo = ctx.repo;
    if repo.of_kind(kind).next().is_some() {
        return;
    }
    // Without agents there is nothing to register.
    let Some(agent) = repo.of_kind("agent").next() else {
        return;
    };
    let globs = repo.layout().kinds.get(kind);
    let Some(path) = globs.and_then(|globs| globs.first()) else {
        return;
    };
    let message = format!("there are agents but no {what} at `{path}`");
    out.report(agent.whole(), message)
        .help(format!("Write it to `{path}`."));
}

/// Reports what keeps a file from being read, and a file that is no object.
pub(crate) fn unparsable(file: &File, what: &str, out: &mut Findings) {
    if file.problem().is_some() {
        return;
    }
    for error in &file.document().errors {
        let message = format!("the {what} cannot be read: {}", error.message);
        out.report(file.at(error), message)
            .help("Write it as JSON, without comments or trailing commas.");
    }
    if !file.document().errors.is_empty() {
        return;
    }
    let root = file.node();
    if root.is_none_or(|root| !root.is_mapping()) {
        let at = root.map_or(file.whole(), |root| file.at(&root.span));
        out.report(at, format!("the {what} is no object"))
            .help("Write it as a JSON object.");
    }
}

#[cfg(test)]
mod tests {
    use super::skills_in;

    #[test]
    fn skills_are_named_by_their_folders() {
        let text = "Read `.github/skills/a-b/SKILL.md`, .github/skills/c, .github/skills/{x}, \
                    .github/skills/a-b/references/z.md, .github/skills/-no";
        let names: Vec<&str> = skills_in(text).iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["a-b", "c"]);
    }
}
