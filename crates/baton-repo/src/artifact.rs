//! Artifacts: which types there are, what each of them holds, and who says so.

mod lists;
mod table;

use std::sync::OnceLock;

use baton_syntax::emoji::without_pictures;
use serde::Deserialize;

use crate::{File, Repo};

pub use lists::{HeadingList, ListedHeading};
pub use table::{
    ArtifactConventions, ArtifactType, Diagram, Feature, META_HEADINGS, MissingDiagrams, Strictness,
};

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

/// What is known about artifacts before any of them is read. Each part is read when first asked
/// for: a commit of one artifact waits for none that it does not need.
#[derive(Clone, Copy)]
pub struct Artifacts<'r> {
    repo: &'r Repo,
    parts: &'r Parts,
}

/// What was asked for so far.
#[derive(Default)]
pub(crate) struct Parts {
    types: OnceLock<Vec<ArtifactType>>,
    taught: OnceLock<Vec<HeadingList>>,
    instructed: OnceLock<Vec<HeadingList>>,
    definitions: OnceLock<Option<Vec<HeadingList>>>,
    summary: OnceLock<Option<Vec<HeadingList>>>,
    is_loose: OnceLock<bool>,
}

impl<'r> Artifacts<'r> {
    pub(crate) fn new(repo: &'r Repo, parts: &'r Parts) -> Artifacts<'r> {
        Artifacts { repo, parts }
    }

    /// The types of the repository's generation, with the headings of the embedded table.
    pub fn types(self) -> &'r [ArtifactType] {
        self.parts.types.get_or_init(|| {
            let generation = &self.repo.layout().detection.generation;
            self.when_known(|| table::types_of(generation))
        })
    }

    /// What the skill teaches: its own text first, then its references.
    pub fn taught(self) -> &'r [HeadingList] {
        let taught = || self.when_known(|| taught_by(self.repo, "artifact-skill"));
        self.parts.taught.get_or_init(taught)
    }

    /// What the instructions about artifacts teach.
    pub fn instructed(self) -> &'r [HeadingList] {
        let instructed = || self.when_known(|| taught_by(self.repo, "artifact-instructions"));
        self.parts.instructed.get_or_init(instructed)
    }

    /// The repository's own definitions; `None` when there are none that can be read.
    pub fn definitions(self) -> Option<&'r [HeadingList]> {
        let read = || {
            self.first("heading-definitions")
                .and_then(lists::defined_in)
        };
        let definitions = || self.when_known(read);
        self.parts.definitions.get_or_init(definitions).as_deref()
    }

    /// The repository's own summary; `None` when there is none that can be read.
    pub fn summary(self) -> Option<&'r [HeadingList]> {
        let read = || {
            self.first("headings-summary")
                .and_then(lists::summarized_in)
        };
        let summary = || self.when_known(read);
        self.parts.summary.get_or_init(summary).as_deref()
    }

    /// Whether the repository's definitions and its texts differ mostly in pictures, so that
    /// pictures cannot be meant to count.
    pub fn is_loose(self) -> bool {
        *self.parts.is_loose.get_or_init(|| self.looks_loose())
    }

    /// The required headings of a type; `None` when the source does not know it.
    pub fn headings(self, source: HeadingSource, name: &str) -> Option<Vec<String>> {
        match source {
            HeadingSource::Auto => self.decided(name),
            HeadingSource::Table => self.in_table(name),
            HeadingSource::Definitions => texts_of(self.definitions(), name),
            HeadingSource::Summary => texts_of(self.summary(), name),
            HeadingSource::Templates => self.in_template(name).or_else(|| self.in_table(name)),
        }
    }

    /// Artifacts are known in one kind of repository.
    fn when_known<T: Default>(self, read: impl FnOnce() -> T) -> T {
        if self.repo.layout().is("apex") {
            read()
        } else {
            T::default()
        }
    }

    fn first(self, kind: &str) -> Option<&'r File> {
        readable(self.repo, kind).next()
    }

    fn kind(self, name: &str) -> Option<&'r ArtifactType> {
        self.types().iter().find(|kind| kind.name == name)
    }

    fn in_table(self, name: &str) -> Option<Vec<String>> {
        self.kind(name).map(|kind| kind.headings.clone())
    }

    /// The headings of a type's template.
    fn in_template(self, name: &str) -> Option<Vec<String>> {
        let kind = self.kind(name)?;
        let file = kind.template_in(self.repo)?;
        let is_own = |heading: &String| {
            !kind.optional.contains(heading) && !META_HEADINGS.contains(&heading.as_str())
        };
        let headings = lists::h2_texts(file).into_iter().filter(is_own);
        Some(headings.collect())
    }

    fn decided(self, name: &str) -> Option<Vec<String>> {
        if let Some(definitions) = self.definitions() {
            return texts_of(Some(definitions), name);
        }
        let in_table = self.in_table(name)?;
        let witness = match self.summary() {
            Some(lists) => texts_of(Some(lists), name),
            None => self.in_template(name),
        };
        // Where the witness and the table agree, nobody else need be heard.
        let Some(witness) = witness.filter(|witness| *witness != in_table) else {
            return Some(in_table);
        };
        let agree = texts_of(Some(self.taught()), name).is_some_and(|taught| {
            without_references(taught) == without_references(witness.clone())
        });
        Some(if agree { witness } else { in_table })
    }

    /// Whether most defined headings stand in the skill, but not with the same pictures.
    fn looks_loose(self) -> bool {
        let defined = self.definitions().unwrap_or_default().iter();
        let pairs = defined.filter_map(|defined| {
            let mut taught = self.taught().iter();
            let taught = taught.find(|list| list.name == defined.name)?;
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

/// The headings that lists give a type: of a name that occurs twice the last one counts.
fn texts_of(lists: Option<&[HeadingList]>, name: &str) -> Option<Vec<String>> {
    let mut lists = lists?.iter().rev();
    lists.find(|list| list.name == name).map(HeadingList::texts)
}

fn without_references(mut headings: Vec<String>) -> Vec<String> {
    headings.retain(|heading| heading != "References");
    headings
}
