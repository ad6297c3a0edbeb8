//! The files of a repository, sorted by path.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use baton_source::{FileId, RepoPath};
use baton_syntax::glob::GlobSet;

use crate::agent::{self, Agent, AgentConventions};
use crate::artifact::Artifacts;
use crate::graph::{self, GraphFile, WorkflowGraph};
use crate::session::{self, DecisionKeys, SessionState, StateRole};
use crate::{File, FileSource, Layout, RepoError};

/// What the configuration says about a repository's shape.
#[derive(Debug, Clone)]
pub struct Options {
    /// The pack to use instead of detecting one.
    pub pack: Option<String>,
    /// The generation to use instead of detecting one.
    pub generation: Option<String>,
    /// Globs by kind of file that replace the pack's.
    pub kinds: BTreeMap<String, Vec<String>>,
    /// Further globs of files that are never judged.
    pub exclude: Vec<String>,
    /// Files larger than this many bytes are reported, not read.
    pub max_file_size: usize,
}

/// The files of a repository and where things live among them.
pub struct Repo {
    files: Vec<File>,
    layout: Layout,
    kinds: OnceLock<BTreeMap<String, Vec<FileId>>>,
    agents: OnceLock<Vec<Agent>>,
    agent_conventions: OnceLock<AgentConventions>,
    sessions: OnceLock<BTreeMap<FileId, SessionCell>>,
    decision_keys: OnceLock<DecisionKeys>,
    artifacts: OnceLock<Artifacts>,
    graphs: OnceLock<Vec<GraphFile>>,
}

/// A state file's role, and what it says once it was asked for.
type SessionCell = (StateRole, OnceLock<Option<SessionState>>);

impl Default for Options {
    fn default() -> Options {
        Options {
            pack: None,
            generation: None,
            kinds: BTreeMap::new(),
            exclude: Vec::new(),
            max_file_size: 10 * 1024 * 1024,
        }
    }
}

impl Repo {
    /// Lists a source and decides on the layout. No file is read.
    pub fn open(source: Arc<dyn FileSource>, options: &Options) -> Result<Repo, RepoError> {
        let mut listed = source.list()?;
        listed.sort_unstable();
        listed.dedup_by(|next, kept| next.path == kept.path);
        let paths: Vec<RepoPath> = listed.iter().map(|file| file.path.clone()).collect();
        let layout = Layout::detect(&paths, options)?;
        let excluded = layout.excluded()?;
        for (kind, globs) in &layout.kinds {
            GlobSet::new(globs).map_err(|error| RepoError::Glob {
                kind: kind.clone(),
                message: error.to_string(),
            })?;
        }
        listed.retain(|file| !excluded.matches(file.path.as_str()));
        let numbered = listed.into_iter().zip(0..);
        let file =
            |(listed, id)| File::new(FileId(id), listed, &source).limited(options.max_file_size);
        Ok(Repo {
            files: numbered.map(file).collect(),
            layout,
            kinds: OnceLock::new(),
            agents: OnceLock::new(),
            agent_conventions: OnceLock::new(),
            sessions: OnceLock::new(),
            decision_keys: OnceLock::new(),
            artifacts: OnceLock::new(),
            graphs: OnceLock::new(),
        })
    }

    /// Where things live.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Every file, sorted by path.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&File> {
        let at = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()?;
        self.files.get(at)
    }

    /// The file with a number.
    pub fn by_id(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }

    /// Whether any file lies below a folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        let from = self
            .files
            .partition_point(|file| file.path.as_str() < prefix.as_str());
        self.files
            .get(from)
            .is_some_and(|file| file.path.as_str().starts_with(&prefix))
    }

    /// The files of a kind such as `agent`, in path order.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &File> {
        let kinds = self.kinds.get_or_init(|| self.sort_into_kinds());
        let ids = kinds.get(kind).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| self.by_id(*id))
    }

    /// Whether a file is of a kind.
    pub fn is_kind(&self, file: &File, kind: &str) -> bool {
        let kinds = self.kinds.get_or_init(|| self.sort_into_kinds());
        kinds
            .get(kind)
            .is_some_and(|ids| ids.binary_search(&file.id).is_ok())
    }

    /// The agents in path order; files without readable text are left out.
    pub fn agents(&self) -> &[Agent] {
        self.agents.get_or_init(|| {
            let kinds = [("agent", false), ("subagent", true)].into_iter();
            let files = kinds.flat_map(|(kind, is_subagent)| {
                let files = self.of_kind(kind);
                files.map(move |file| (file, is_subagent))
            });
            let readable = files.filter(|(file, _)| file.problem().is_none());
            let mut agents: Vec<Agent> = readable
                .map(|(file, is_subagent)| Agent::read(file, is_subagent))
                .collect();
            agents.sort_by_key(|agent| (agent.file, !agent.is_subagent));
            agents.dedup_by_key(|agent| agent.file);
            agents
        })
    }

    /// The agent of a file.
    pub fn agent_of(&self, file: &File) -> Option<&Agent> {
        let agents = self.agents();
        let at = agents.binary_search_by_key(&file.id, |agent| agent.file);
        agents.get(at.ok()?)
    }

    /// The agent a name means: its `name`, its file's name or the name in kebab case.
    pub fn agent_named(&self, name: &str) -> Option<&Agent> {
        agent::named(self.agents(), name)
    }

    /// What such a repository expects of agent files.
    pub fn agent_conventions(&self) -> &AgentConventions {
        self.agent_conventions.get_or_init(|| {
            let detection = &self.layout.detection;
            AgentConventions::of(&detection.pack, &detection.generation)
        })
    }

    /// What the state files say that are JSON, templates included, in path order.
    pub fn session_states(&self) -> impl Iterator<Item = &SessionState> {
        let ids = self.sessions().keys();
        ids.filter_map(|id| self.session_state(self.by_id(*id)?))
    }

    /// What a state file says; `None` for any other file and when it is not JSON.
    pub fn session_state(&self, file: &File) -> Option<&SessionState> {
        let (role, cell) = self.sessions().get(&file.id)?;
        cell.get_or_init(|| session::load(file, *role)).as_ref()
    }

    /// The keys that decisions may have, the repository's own registry included.
    pub fn decision_keys(&self) -> &DecisionKeys {
        self.decision_keys.get_or_init(|| {
            let registry = self.of_kind("decision-registry").next();
            DecisionKeys::with(registry.map(File::markdown))
        })
    }

    fn sessions(&self) -> &BTreeMap<FileId, SessionCell> {
        self.sessions.get_or_init(|| {
            let of = |kind, role| self.of_kind(kind).map(move |file| (file.id, role));
            let templates = of("session-state-template", StateRole::Template);
            let projects = of("session-state", StateRole::Project);
            let cell = |(id, role)| (id, (role, OnceLock::new()));
            templates.chain(projects).map(cell).collect()
        })
    }

    /// What is known about artifacts: their types, and the headings each of them needs.
    pub fn artifacts(&self) -> &Artifacts {
        self.artifacts.get_or_init(|| Artifacts::of(self))
    }

    /// The workflow graphs, in path order; files that are not JSON are left out.
    pub fn graphs(&self) -> &[GraphFile] {
        self.graphs.get_or_init(|| {
            let files = self.of_kind("workflow-graph");
            let loaded = files.filter_map(|file| {
                let loaded = graph::load(file.node()?);
                Some(GraphFile {
                    file: file.id,
                    loaded,
                })
            });
            loaded.collect()
        })
    }

    /// The workflow graph in a file, and what could not be read of it.
    pub fn graph_in(&self, file: &File) -> Option<&GraphFile> {
        self.graphs().iter().find(|graph| graph.file == file.id)
    }

    /// The repository's workflow graph: the first one that could be read.
    pub fn graph(&self) -> Option<&WorkflowGraph> {
        let mut graphs = self.graphs().iter();
        graphs.find_map(|graph| graph.loaded.graph.as_ref())
    }

    fn sort_into_kinds(&self) -> BTreeMap<String, Vec<FileId>> {
        let mut owners = Vec::new();
        let mut patterns = Vec::new();
        for (kind, globs) in &self.layout.kinds {
            owners.extend(globs.iter().map(|_| kind));
            patterns.extend(globs.iter());
        }
        let mut sorted: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
        // `open` has refused globs that are not valid.
        let Ok(set) = GlobSet::new(&patterns) else {
            return sorted;
        };
        for file in &self.files {
            for matching in set.matching(file.path.as_str()) {
                let Some(kind) = owners.get(matching) else {
                    continue;
                };
                let ids = sorted.entry((*kind).clone()).or_default();
                if ids.last() != Some(&file.id) {
                    ids.push(file.id);
                }
            }
        }
        sorted
    }
}
