//! Typed views of a repository, built when first asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use baton_secrets::Policy;
use baton_source::FileId;

use crate::agent::{self, Agent, AgentConventions, Prompting};
use crate::agent_hooks::{HookConventions, HookManifest};
use crate::artifact::{Artifacts, Parts};
use crate::commits::CommitConventions;
use crate::contracts::{self, RequiredGroup};
use crate::docs::DocsConventions;
use crate::drawing::{self, Drawing};
use crate::graph::{self, GraphFile, WorkflowGraph};
use crate::handoff::HandoffConventions;
use crate::instruction::InstructionConventions;
use crate::markdown_lint::MarkdownLint;
use crate::prompt::Prompt;
use crate::session::{self, DecisionKeys, SessionState, StateRole};
use crate::skill::{Skill, SkillConventions};
use crate::yaml_lint::YamlLint;
use crate::{
    AvmIndex, EditorConventions, EnvironmentManifest, File, GovernanceConstraints, IacContract,
    IacHandoff, MetaConventions, ModelCatalog, ModelConventions, PolicyMap, Registry, Repo,
    SchemaError, ShellConventions, SkuManifest,
};

/// What was asked for so far.
#[derive(Default)]
pub(crate) struct Views {
    agents: OnceLock<Vec<Agent>>,
    agent_conventions: OnceLock<AgentConventions>,
    skills: OnceLock<Vec<Skill>>,
    skill_conventions: OnceLock<SkillConventions>,
    instruction_conventions: OnceLock<InstructionConventions>,
    prompts: OnceLock<Vec<Prompt>>,
    prompting: OnceLock<Prompting>,
    handoff_conventions: OnceLock<HandoffConventions>,
    shell_conventions: OnceLock<ShellConventions>,
    docs_conventions: OnceLock<DocsConventions>,
    sessions: OnceLock<BTreeMap<FileId, SessionCell>>,
    decision_keys: OnceLock<DecisionKeys>,
    artifacts: Parts,
    graphs: OnceLock<Vec<GraphFile>>,
    drawings: OnceLock<BTreeMap<FileId, OnceLock<Option<Drawing>>>>,
    markdown_lint: OnceLock<MarkdownLint>,
    yaml_lint: OnceLock<YamlLint>,
    meta_conventions: OnceLock<MetaConventions>,
    editor_conventions: OnceLock<EditorConventions>,
    model_conventions: OnceLock<ModelConventions>,
    registries: OnceLock<Vec<Registry>>,
    required_groups: OnceLock<Vec<RequiredGroup>>,
    model_catalogs: OnceLock<Vec<ModelCatalog>>,
    pub(crate) terraform_folders: OnceLock<BTreeMap<String, Vec<FileId>>>,
    pub(crate) hook_manifests: OnceLock<Vec<HookManifest>>,
    pub(crate) hook_conventions: OnceLock<HookConventions>,
    pub(crate) commit_conventions: OnceLock<CommitConventions>,
    pub(crate) avm_index: OnceLock<Option<AvmIndex>>,
    pub(crate) iac_contracts: OnceLock<Vec<IacContract>>,
    pub(crate) iac_handoffs: OnceLock<Vec<IacHandoff>>,
    pub(crate) policy_maps: OnceLock<Vec<PolicyMap>>,
    pub(crate) sku_manifests: OnceLock<Vec<SkuManifest>>,
    pub(crate) environment_manifests: OnceLock<Vec<EnvironmentManifest>>,
    pub(crate) governance_constraints: OnceLock<Vec<GovernanceConstraints>>,
    pub(crate) secret_policy: OnceLock<Policy>,
}

/// A state file: what it says, and what of it breaks the schema, once that was asked for.
struct SessionCell {
    role: StateRole,
    state: OnceLock<Option<SessionState>>,
    violations: OnceLock<Vec<SchemaError>>,
}

impl Repo {
    /// The agents in path order; files without readable text are left out.
    pub fn agents(&self) -> &[Agent] {
        self.views.agents.get_or_init(|| {
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

    /// The agent a name means: its `name`, its file's name or the name in kebab case.
    pub fn agent_named(&self, name: &str) -> Option<&Agent> {
        agent::named(self.agents(), name)
    }

    /// What such a repository expects of agent files.
    pub fn agent_conventions(&self) -> &AgentConventions {
        self.views.agent_conventions.get_or_init(|| {
            let detection = &self.layout().detection;
            AgentConventions::of(&detection.pack, &detection.generation)
        })
    }

    /// The skills in path order; files without readable text are left out.
    pub fn skills(&self) -> &[Skill] {
        self.views.skills.get_or_init(|| {
            let files = self.of_kind("skill");
            let readable = files.filter(|file| file.problem().is_none());
            readable.map(Skill::read).collect()
        })
    }

    /// What such a repository expects of skills.
    pub fn skill_conventions(&self) -> &SkillConventions {
        self.views.skill_conventions.get_or_init(|| {
            let detection = &self.layout().detection;
            SkillConventions::of(&detection.pack, &detection.generation)
        })
    }

    /// What such a repository expects of instruction files.
    pub fn instruction_conventions(&self) -> &InstructionConventions {
        self.views.instruction_conventions.get_or_init(|| {
            let detection = &self.layout().detection;
            InstructionConventions::of(&detection.pack, &detection.generation)
        })
    }

    /// The prompts in path order; files without readable text are left out.
    pub fn prompts(&self) -> &[Prompt] {
        self.views.prompts.get_or_init(|| {
            let files = self.of_kind("prompt");
            let readable = files.filter(|file| file.problem().is_none());
            readable.map(Prompt::read).collect()
        })
    }

    /// How such a repository writes for models.
    pub fn prompting(&self) -> &Prompting {
        self.views.prompting.get_or_init(|| {
            let detection = &self.layout().detection;
            Prompting::of(&detection.pack, &detection.generation)
        })
    }

    /// What such a repository expects of handoffs between agents.
    pub fn handoff_conventions(&self) -> &HandoffConventions {
        self.views.handoff_conventions.get_or_init(|| {
            let detection = &self.layout().detection;
            HandoffConventions::of(&detection.pack, &detection.generation)
        })
    }

    /// What such a repository expects of shell commands.
    pub fn shell_conventions(&self) -> &ShellConventions {
        self.views
            .shell_conventions
            .get_or_init(|| ShellConventions::of(&self.layout().detection.pack))
    }

    /// What such a repository expects of documentation.
    pub fn docs_conventions(&self) -> &DocsConventions {
        self.views.docs_conventions.get_or_init(|| {
            let detection = &self.layout().detection;
            DocsConventions::of(&detection.pack, &detection.generation)
        })
    }

    /// What such a repository says about itself.
    pub fn meta_conventions(&self) -> &MetaConventions {
        self.views.meta_conventions.get_or_init(|| {
            let detection = &self.layout().detection;
            MetaConventions::of(&detection.pack, &detection.generation)
        })
    }

    /// What such a repository expects of the editor's configuration.
    pub fn editor_conventions(&self) -> &EditorConventions {
        self.views.editor_conventions.get_or_init(|| {
            let detection = &self.layout().detection;
            EditorConventions::of(&detection.pack, &detection.generation)
        })
    }

    /// What such a repository expects of registries of agents and catalogs of models.
    pub fn model_conventions(&self) -> &ModelConventions {
        self.views.model_conventions.get_or_init(|| {
            let detection = &self.layout().detection;
            ModelConventions::of(&detection.pack, &detection.generation)
        })
    }

    /// The texts that files of such a repository must hold.
    pub fn required_groups(&self) -> &[RequiredGroup] {
        self.views.required_groups.get_or_init(|| {
            let detection = &self.layout().detection;
            contracts::of(&detection.pack, &detection.generation)
        })
    }

    /// The registries of agents in path order; files that are no objects are left out. None
    /// where agents are not registered: a file of that name may be anything there.
    pub fn registries(&self) -> &[Registry] {
        self.views.registries.get_or_init(|| {
            let expected = self.model_conventions().registry;
            let files = self.of_kind("agent-registry").filter(|_| expected);
            files.filter_map(Registry::read).collect()
        })
    }

    /// The catalogs of models in path order; files that are no objects are left out.
    pub fn model_catalogs(&self) -> &[ModelCatalog] {
        self.views.model_catalogs.get_or_init(|| {
            let files = self.of_kind("model-catalog");
            files.filter_map(ModelCatalog::read).collect()
        })
    }

    /// What the state files say that are JSON, templates included, in path order.
    pub fn session_states(&self) -> impl Iterator<Item = &SessionState> {
        let ids = self.sessions().keys();
        ids.filter_map(|id| self.session_state(self.by_id(*id)?))
    }

    /// What a state file says; `None` for any other file and when it is not JSON.
    pub fn session_state(&self, file: &File) -> Option<&SessionState> {
        let cell = self.sessions().get(&file.id)?;
        let load = || session::load(file, cell.role);
        cell.state.get_or_init(load).as_ref()
    }

    /// Everything in a state file that breaks the schema, one entry per place; nothing for any
    /// other file and when it is not JSON.
    pub fn session_violations(&self, file: &File) -> &[SchemaError] {
        let Some(cell) = self.sessions().get(&file.id) else {
            return &[];
        };
        let find = || file.node().map(session::violations).unwrap_or_default();
        cell.violations.get_or_init(find)
    }

    /// The keys that decisions may have, the repository's own registry included.
    pub fn decision_keys(&self) -> &DecisionKeys {
        self.views.decision_keys.get_or_init(|| {
            let registry = self.of_kind("decision-registry").next();
            DecisionKeys::with(registry.map(File::markdown))
        })
    }

    fn sessions(&self) -> &BTreeMap<FileId, SessionCell> {
        self.views.sessions.get_or_init(|| {
            let of = |kind, role| self.of_kind(kind).map(move |file| (file.id, role));
            let templates = of("session-state-template", StateRole::Template);
            let projects = of("session-state", StateRole::Project);
            let cell = |(id, role)| {
                let cell = SessionCell {
                    role,
                    state: OnceLock::new(),
                    violations: OnceLock::new(),
                };
                (id, cell)
            };
            templates.chain(projects).map(cell).collect()
        })
    }

    /// What is known about artifacts: their types, and the headings each of them needs.
    pub fn artifacts(&self) -> Artifacts<'_> {
        Artifacts::new(self, &self.views.artifacts)
    }

    /// The workflow graphs, in path order; files that are not JSON are left out.
    pub fn graphs(&self) -> &[GraphFile] {
        self.views.graphs.get_or_init(|| {
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

    /// How markdownlint is configured.
    pub fn markdown_lint(&self) -> &MarkdownLint {
        let lint = &self.views.markdown_lint;
        lint.get_or_init(|| MarkdownLint::read(self))
    }

    /// How yamllint is configured.
    pub fn yaml_lint(&self) -> &YamlLint {
        let lint = &self.views.yaml_lint;
        lint.get_or_init(|| YamlLint::read(self))
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

    /// What a file draws; `None` for files that are no drawings or cannot be read.
    pub fn drawing(&self, file: &File) -> Option<&Drawing> {
        let drawings = self.views.drawings.get_or_init(|| {
            let kinds = drawing::KINDS.into_iter();
            let files = kinds.flat_map(|kind| self.of_kind(kind));
            files.map(|file| (file.id, OnceLock::new())).collect()
        });
        let cell = drawings.get(&file.id)?;
        cell.get_or_init(|| Drawing::read(file)).as_ref()
    }
}
