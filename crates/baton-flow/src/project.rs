//! One project: its ledger, its state, and the files written from it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use baton_repo::graph::WorkflowGraph;

use crate::event::{Actor, ActorKind, Command, Event, What};
use crate::ledger::{Ledger, SqliteLedger};
use crate::migrate::migrate;
use crate::projection::{self, STATE_FILE};
use crate::{Effect, FlowError, RunState, step};

/// Where a repository's projects and their ledger lie.
#[derive(Debug, Clone)]
pub struct Place {
    /// The root of the repository.
    pub root: PathBuf,
    /// The folder of projects, from the root: `agent-output`.
    pub artifacts: String,
    /// The folder of this repository's ledger, in the user's state folder.
    pub state: PathBuf,
}

/// A project that can be led.
#[derive(Debug)]
pub struct Project<'g> {
    /// Where it lies.
    pub place: Place,
    /// Its name, and that of its folder.
    pub name: String,
    /// The workflow it follows.
    pub graph: &'g WorkflowGraph,
    ledger: SqliteLedger,
}

/// What came of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The state after it.
    pub state: RunState,
    /// What should be done next, or one refusal.
    pub effects: Vec<Effect>,
    /// Whether the state file had been written by somebody else and was taken over first.
    pub imported: bool,
}

impl Place {
    /// The ledger of the repository at `root`, below the user's folder for state.
    pub fn new(root: &Path, artifacts: &str, user_state: &Path) -> Place {
        let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let digest = baton_repo::sha256(real.as_os_str().as_encoded_bytes());
        let short: String = digest.chars().take(16).collect();
        Place {
            root: root.to_owned(),
            artifacts: artifacts.trim_matches('/').to_owned(),
            state: user_state.join("baton").join(short),
        }
    }

    /// The folder of a project.
    pub fn folder(&self, project: &str) -> PathBuf {
        self.root.join(&self.artifacts).join(project)
    }
}

/// Whether a name is one of a project: it cannot lead out of the folder of projects.
pub fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let starts = name.bytes().next().is_some_and(plain);
    starts && name.len() <= 30 && name.bytes().all(|byte| plain(byte) || byte == b'-')
}

impl<'g> Project<'g> {
    /// Opens a project. Nothing of it is read or written yet.
    pub fn open(place: &Place, name: &str, graph: &'g WorkflowGraph) -> Result<Self, FlowError> {
        if !is_name(name) {
            return Err(FlowError::ProjectName {
                name: name.to_owned(),
            });
        }
        fs::create_dir_all(&place.state).map_err(|source| FlowError::File {
            path: place.state.clone(),
            action: "written",
            source,
        })?;
        Ok(Project {
            place: place.clone(),
            name: name.to_owned(),
            graph,
            ledger: SqliteLedger::open(&place.state.join("ledger.db"))?,
        })
    }

    /// The state file.
    pub fn state_file(&self) -> PathBuf {
        self.place.folder(&self.name).join(STATE_FILE)
    }

    /// The ledger, for reading.
    pub fn ledger(&self) -> &SqliteLedger {
        &self.ledger
    }

    /// The project's state, the state file taken into account; `None`: there is no such project.
    /// Nothing is written.
    pub fn state(&self) -> Result<Option<RunState>, FlowError> {
        let (state, _) = self.replayed()?;
        let Some(import) = self.edited(state.as_ref())? else {
            return Ok(state);
        };
        let base = state.unwrap_or_default();
        let (state, _) = step(self.graph, &base, &import);
        Ok(Some(state))
    }

    /// Has something happen: takes over what others wrote, asks the engine, appends to the
    /// ledger, writes the state file. A refused event leaves no trace.
    pub fn record(&mut self, what: What, by: &Actor, at: &str) -> Result<Recorded, FlowError> {
        let _held = self.hold()?;
        let (state, mut last) = self.replayed()?;
        let import = self.edited(state.as_ref())?;
        let mut state = state.unwrap_or_default();
        let imported = import.is_some();
        let event = Event {
            at: at.to_owned(),
            by: by.clone(),
            what,
        };
        for (event, counts) in import
            .map(|event| (event, false))
            .into_iter()
            .chain([(event, true)])
        {
            let (next, effects) = step(self.graph, &state, &event);
            let refused = matches!(effects.first(), Some(Effect::Refused { .. }));
            if !refused {
                let entry = self.ledger.append(&self.name, last, &event)?;
                last = entry.map_or(last, |entry| entry.number);
                state = next;
                self.project(&state)?;
            }
            if counts || refused {
                return Ok(Recorded {
                    state,
                    effects,
                    imported,
                });
            }
        }
        Ok(Recorded {
            state,
            effects: Vec::new(),
            imported,
        })
    }

    /// The state by the ledger alone, and the number of its last entry.
    fn replayed(&self) -> Result<(Option<RunState>, i64), FlowError> {
        let entries = self.ledger.entries(&self.name)?;
        let last = entries.last().map_or(0, |entry| entry.number);
        let replay = |state: RunState, event: &Event| step(self.graph, &state, event).0;
        let state = entries.iter().fold(RunState::default(), |state, entry| {
            replay(state, &entry.event)
        });
        Ok(((last > 0).then_some(state), last))
    }

    /// The event that takes over a state file which somebody else wrote.
    fn edited(&self, state: Option<&RunState>) -> Result<Option<Event>, FlowError> {
        let Some(held) = projection::read(&self.state_file())? else {
            return Ok(None);
        };
        let digest = held.digest;
        let ours = match state {
            Some(state) => self.is_ours(state, &digest)?,
            None => false,
        };
        if ours {
            return Ok(None);
        }
        let migrated = migrate(&held.document, &self.name);
        let migrated = migrated.map_err(|version| FlowError::StateVersion {
            path: self.state_file(),
            version,
        })?;
        Ok(Some(Event {
            at: String::new(),
            by: Actor {
                name: STATE_FILE.to_owned(),
                kind: ActorKind::Agent,
            },
            what: What::Session(Command::Import {
                document: migrated.document,
                digest,
                history: migrated.history,
            }),
        }))
    }

    fn is_ours(&self, state: &RunState, digest: &str) -> Result<bool, FlowError> {
        // An empty digest: the file was lost or cut off, and the ledger knows better than a copy.
        if digest.is_empty() || self.ledger.projected(&self.name)?.as_deref() == Some(digest) {
            return Ok(true);
        }
        let text = projection::render(state).unwrap_or_default();
        Ok(baton_repo::sha256(text.as_bytes()) == digest)
    }

    fn project(&mut self, state: &RunState) -> Result<(), FlowError> {
        let path = self.state_file();
        let text = projection::render(state).map_err(|error| FlowError::StateUnreadable {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        let folder = self.place.folder(&self.name);
        fs::create_dir_all(&folder).map_err(|source| FlowError::File {
            path: folder,
            action: "written",
            source,
        })?;
        projection::write(&path, &text)?;
        let digest = baton_repo::sha256(text.as_bytes());
        self.ledger.set_projected(&self.name, &digest)
    }

    /// Keeps other writers of this project away until the answer is dropped.
    fn hold(&self) -> Result<File, FlowError> {
        let path = self.place.state.join(format!("{}.lock", self.name));
        let failed = |source| FlowError::File {
            path: path.clone(),
            action: "locked",
            source,
        };
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(failed)?;
        file.lock().map_err(failed)?;
        Ok(file)
    }
}
