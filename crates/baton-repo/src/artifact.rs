//! Artifacts: which types there are, what each of them holds, and who says so.

mod lists;
mod table;

use std::collections::BTreeMap;

use baton_syntax::emoji::without_pictures;
use serde::Deserialize;

use crate::{File, Repo};

pub use lists::{HeadingList, ListedHeading};
pub use table::{
    ArtifactConventions, ArtifactType, Diagram, Feature, META_HEADINGS, MissingDiagrams, Strictness,
};

/// Required headings by the name of a type.
type Headings = BTreeMap<String, Vec<String>>;

/// Who says which headings an artifact needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeadingSource {
    /// The repository's definitions when they can be read; otherwise the embedded table,
    /// except for a type about which two of the repository's own texts agree against it.
    #[default]
    Auto,
    /// The embedded table of the repository's generation.
    Table,
    /// The repository's definitions, `artifact-headings.mjs`.
    Definitions,
    /// The repository's summary, `artifact-headings-summary.json`.
    Summary,
    /// The repository's templates.
    Templates,
}

/// What is known about artifacts before any of them is read.
#[derive(Debug, Default)]
pub struct Artifacts {
    /// The types of the repository's generation, with the headings of the embedded table.
    pub types: Vec<ArtifactType>,
    /// What the skill teaches: its own text first, then its references.
    pub taught: Vec<HeadingList>,
    /// What the instructions about artifacts teach.
    pub instructed: Vec<HeadingList>,
    /// The repository's own definitions; `None` when there are none that can be read.
    pub definitions: Option<Vec<HeadingList>>,
    /// The repository's own summary; `None` when there is none that can be read.
    pub summary: Option<Vec<HeadingList>>,
    /// Whether the repository's definitions and its texts differ mostly in pictures, so that
    /// pictures cannot be meant to count.
    pub is_loose: bool,
    templates: Headings,
    decided: Headings,
}

impl Artifacts {
    pub(crate) fn of(repo: &Repo) -> Artifacts {
        if !repo.layout().is("apex") {
            return Artifacts::default();
        }
        let types = table::types_of(&repo.layout().detection.generation);
        let first = |kind: &str| readable(repo, kind).next();
        let mut artifacts = Artifacts {
            taught: taught_by(repo, "artifact-skill"),
            instructed: taught_by(repo, "artifact-instructions"),
            definitions: first("heading-definitions").and_then(lists::defined_in),
            summary: first("headings-summary").and_then(lists::summarized_in),
            templates: templates(repo, &types),
            types,
            is_loose: false,
            decided: Headings::new(),
        };
        artifacts.is_loose = artifacts.looks_loose();
        artifacts.decided = artifacts.decide();
        artifacts
    }

    /// The required headings of a type; `None` when the source does not know it.
    pub fn headings(&self, source: HeadingSource, name: &str) -> Option<Vec<String>> {
        let in_table = || {
            let kind = self.types.iter().find(|kind| kind.name == name)?;
            Some(kind.headings.clone())
        };
        let in_lists = |lists: &Option<Vec<HeadingList>>| {
            let mut lists = lists.as_deref()?.iter();
            lists.find(|list| list.name == name).map(HeadingList::texts)
        };
        match source {
            HeadingSource::Auto => self.decided.get(name).cloned(),
            HeadingSource::Table => in_table(),
            HeadingSource::Definitions => in_lists(&self.definitions),
            HeadingSource::Summary => in_lists(&self.summary),
            HeadingSource::Templates => self.templates.get(name).cloned().or_else(in_table),
        }
    }

    fn table(&self) -> Headings {
        let types = self.types.iter();
        let pairs = types.map(|kind| (kind.name.clone(), kind.headings.clone()));
        pairs.collect()
    }

    fn decide(&self) -> Headings {
        if let Some(definitions) = &self.definitions {
            return listed(Some(definitions));
        }
        let mut decided = self.table();
        let witnesses = match &self.summary {
            Some(lists) => listed(Some(lists)),
            None => self.templates.clone(),
        };
        for list in &self.taught {
            let Some(witness) = witnesses.get(&list.name) else {
                continue;
            };
            let agree = without_references(list.texts()) == without_references(witness.clone());
            if agree && let Some(headings) = decided.get_mut(&list.name) {
                headings.clone_from(witness);
            }
        }
        decided
    }

    /// Whether most defined headings stand in the skill, but not with the same pictures.
    fn looks_loose(&self) -> bool {
        let defined = self.definitions.as_deref().unwrap_or_default().iter();
        let pairs = defined.filter_map(|defined| {
            let taught = self.taught.iter().find(|list| list.name == defined.name)?;
            Some((defined.texts(), taught.texts()))
        });
        let (mut same, mut alike) = (0_usize, 0_usize);
        for (defined, taught) in pairs {
            let plain: Vec<String> = taught.iter().map(|text| without_pictures(text)).collect();
            let is_same = |text: &&String| taught.contains(text);
            let is_alike = |text: &&String| plain.contains(&without_pictures(text));
            let exact = defined.iter().filter(is_same).count();
            same += exact;
            alike += defined.iter().filter(is_alike).count() - exact;
        }
        alike > same
    }
}

impl ArtifactType {
    /// The template of this type.
    pub fn template_in<'r>(&self, repo: &'r Repo) -> Option<&'r File> {
        let name = self.template.as_deref()?;
        repo.of_kind("artifact-template")
            .find(|file| file.path.name() == name)
    }

    /// The agent that writes this type.
    pub fn agent_in<'r>(&self, repo: &'r Repo) -> Option<&'r File> {
        let name = self.agent.as_deref()?;
        repo.of_kind("agent").find(|file| file.path.name() == name)
    }
}

/// Whether a file below the folder of artifacts can be one: the README beside the projects is
/// none, and neither is what lies in a folder of baselines.
pub fn can_be_artifact(file: &File) -> bool {
    let mut folders = file.path.parent().split('/').skip(1);
    match folders.next() {
        Some(project) => !project.starts_with("_baselines"),
        None => file.path.name() != "README.md",
    }
}

fn readable<'r>(repo: &'r Repo, kind: &str) -> impl Iterator<Item = &'r File> {
    repo.of_kind(kind).filter(|file| file.problem().is_none())
}

fn taught_by(repo: &Repo, kind: &str) -> Vec<HeadingList> {
    let (own, references): (Vec<&File>, Vec<&File>) =
        readable(repo, kind).partition(|file| file.path.name() == "SKILL.md");
    let mut lists = Vec::new();
    for file in own.into_iter().chain(references) {
        lists::add_taught(file, &mut lists);
    }
    lists
}

fn templates(repo: &Repo, types: &[ArtifactType]) -> Headings {
    let mut found = Headings::new();
    for kind in types {
        let Some(file) = kind.template_in(repo) else {
            continue;
        };
        let is_own = |heading: &String| {
            !kind.optional.contains(heading) && !META_HEADINGS.contains(&heading.as_str())
        };
        let headings = lists::h2_texts(file).into_iter().filter(is_own);
        found.insert(kind.name.clone(), headings.collect());
    }
    found
}

fn listed(lists: Option<&[HeadingList]>) -> Headings {
    let lists = lists.unwrap_or_default().iter();
    let pairs = lists.map(|list| (list.name.clone(), list.texts()));
    pairs.collect()
}

fn without_references(mut headings: Vec<String>) -> Vec<String> {
    headings.retain(|heading| heading != "References");
    headings
}
