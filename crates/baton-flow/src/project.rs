//! One project: its ledger, its state, and the files written from it.

use std::fs::{self, File};
use std::path::PathBuf;

use baton_repo::graph::WorkflowGraph;

use crate::bundle::{self, Bundle};
use crate::event::{Actor, ActorKind, Command, Event, What};
use crate::ledger::{Addition, Entry, Kept, Ledger, SqliteLedger, Tip};
use crate::lock::{self, RunLock};
use crate::migrate::migrate;
use crate::projection::{self, Held, Restored, STATE_FILE};
use crate::{Effect, FlowError, RunState, step};

pub use crate::place::{Place, is_name};

/// How often an event is tried again when another process appended one in between.
const ATTEMPTS: u32 = 100;

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
    known: Option<Known>,
}

/// What a process knows of a project after reading its ledger.
#[derive(Debug, Clone, Default)]
struct Known {
    tip: Tip,
    state: RunState,
    /// Digest of the state file as it is known to have been written.
    confirmed: String,
    /// Digest of the state file that was to be written last.
    intended: String,
}

/// What came of trying to have something happen.
enum Advance {
    /// It did.
    Done(Vec<Effect>),
    /// The engine refused.
    Refused(Vec<Effect>),
    /// Another process appended something in between.
    Overtaken,
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

impl<'g> Project<'g> {
    /// Opens a project. Nothing of it is read or written yet.
    pub fn open(place: &Place, name: &str, graph: &'g WorkflowGraph) -> Result<Self, FlowError> {
        if !is_name(name) {
            return Err(FlowError::ProjectName {
                name: name.to_owned(),
            });
        }
        Ok(Project {
            place: place.clone(),
            name: name.to_owned(),
            graph,
            ledger: place.ledger()?,
            known: None,
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
    ///
    /// Nothing is recorded, but what a process left behind that was cut off is put right: a state
    /// file that is lost or incomplete is written again.
    pub fn state(&self) -> Result<Option<RunState>, FlowError> {
        // Without the lock, file and ledger would be read at different times.
        let _held = self.hold()?;
        if self.needs_mending() {
            self.mend_held()?;
        }
        let mut known = self.load()?;
        let exists = known.tip.number > 0;
        let Some(import) = self.pending(&mut known, "")? else {
            return Ok(exists.then_some(known.state));
        };
        Ok(Some(step(self.graph, &known.state, &import).0))
    }

    /// The state by the ledger alone, every entry verified and replayed from the first.
    pub fn replayed(&self) -> Result<Option<RunState>, FlowError> {
        let entries = self.ledger.entries(&self.name)?;
        let state = self.replay(RunState::default(), &entries);
        Ok((!entries.is_empty()).then_some(state))
    }

    /// Has something happen: takes over what others wrote, asks the engine, appends to the
    /// ledger, writes the state file. A refused event leaves no trace.
    pub fn record(&mut self, what: What, by: &Actor, at: &str) -> Result<Recorded, FlowError> {
        let _held = self.hold()?;
        let event = Event {
            at: at.to_owned(),
            by: by.clone(),
            what,
        };
        for _ in 0..ATTEMPTS {
            let recorded = self.attempt(&event);
            if !matches!(recorded, Ok(Some(_))) {
                self.known = None;
            }
            if let Some(recorded) = recorded? {
                return Ok(recorded);
            }
        }
        Err(FlowError::Overtaken {
            project: self.name.clone(),
        })
    }

    /// Takes over a state file that somebody else wrote, and does nothing else; `None`: there is
    /// nothing to take over.
    pub fn take_over(&mut self, at: &str) -> Result<Option<RunState>, FlowError> {
        let _held = self.hold()?;
        self.mend_held()?;
        let mut known = self.load()?;
        let Some(import) = self.pending(&mut known, at)? else {
            return Ok(None);
        };
        self.known = None;
        match self.advance(&mut known, &import)? {
            Advance::Done(_) => Ok(Some(known.state)),
            Advance::Refused(_) => Ok(None),
            Advance::Overtaken => Err(FlowError::Overtaken {
                project: self.name.clone(),
            }),
        }
    }

    /// Takes over the entries that a verified bundle has beyond those here, and says how many
    /// they were. A state file that says otherwise is an edit, which the next record takes over.
    pub fn adopt(&mut self, bundle: &Bundle) -> Result<usize, FlowError> {
        let _held = self.hold()?;
        let is_ours = self.pending(&mut self.load()?, "")?.is_none();
        let here = self.ledger.entries(&self.name)?;
        let news = bundle::missing(bundle, &here)?;
        if !self.ledger.adopt(&self.name, news)? {
            return Err(FlowError::Overtaken {
                project: self.name.clone(),
            });
        }
        self.known = None;
        if is_ours && self.place.folder(&self.name).is_dir() {
            projection::write(&self.state_file(), &self.rendered(&self.load()?.state)?)?;
        }
        Ok(news.len())
    }

    /// Takes the lead of the project, which one process has at a time, until the answer is
    /// dropped or the process ends. Every entry of the ledger is verified first.
    pub fn lead(&self, at: &str) -> Result<RunLock, FlowError> {
        let lock = lock::take(&self.place.state, &self.name, at)?;
        self.ledger.entries(&self.name)?;
        Ok(lock)
    }

    /// Puts right what a process left behind that was cut off: removes its unfinished file, and
    /// writes a state file again that is lost or incomplete, from the ledger or else its copy.
    pub fn mend(&self) -> Result<Option<Restored>, FlowError> {
        if !self.needs_mending() {
            return Ok(None);
        }
        let _held = self.hold()?;
        self.mend_held()
    }

    fn needs_mending(&self) -> bool {
        self.place.folder(&self.name).is_dir() && !projection::is_whole(&self.state_file())
    }

    /// The same for who holds the lock.
    fn mend_held(&self) -> Result<Option<Restored>, FlowError> {
        let path = self.state_file();
        projection::sweep(&path)?;
        if projection::is_whole(&path) {
            return Ok(None);
        }
        let known = self.load()?;
        if known.tip.number == 0 {
            return projection::restore(&path);
        }
        projection::write(&path, &self.rendered(&known.state)?)?;
        Ok(Some(Restored::FromLedger))
    }

    fn attempt(&mut self, event: &Event) -> Result<Option<Recorded>, FlowError> {
        let mut known = self.load()?;
        let import = self.pending(&mut known, &event.at)?;
        let imported = import.is_some();
        let mut effects = Vec::new();
        for event in import.iter().chain([event]) {
            match self.advance(&mut known, event)? {
                Advance::Done(done) => effects = done,
                Advance::Refused(refused) => {
                    effects = refused;
                    break;
                }
                Advance::Overtaken => return Ok(None),
            }
        }
        let state = known.state.clone();
        self.known = Some(known);
        Ok(Some(Recorded {
            state,
            effects,
            imported,
        }))
    }

    fn advance(&mut self, known: &mut Known, event: &Event) -> Result<Advance, FlowError> {
        let (state, effects) = step(self.graph, &known.state, event);
        if matches!(effects.first(), Some(Effect::Refused { .. })) {
            return Ok(Advance::Refused(effects));
        }
        let text = self.rendered(&state)?;
        let kept = Kept {
            state: serde_json::to_string(&state).map_err(|error| self.unwritable(&error))?,
            confirmed: known.confirmed.clone(),
            intended: baton_repo::sha256(text.as_bytes()),
        };
        let new = Addition {
            after: known.tip.number,
            event,
            kept: Some(&kept),
        };
        let Some(entry) = self.ledger.add(&self.name, new)? else {
            return Ok(Advance::Overtaken);
        };
        let folder = self.place.folder(&self.name);
        fs::create_dir_all(&folder).map_err(|source| FlowError::File {
            path: folder,
            action: "written",
            source,
        })?;
        projection::write(&self.state_file(), &text)?;
        *known = Known {
            tip: Tip::of(&entry),
            state,
            confirmed: kept.intended.clone(),
            intended: kept.intended,
        };
        Ok(Advance::Done(effects))
    }

    /// What the ledger says now. Only what is new to this process is read and replayed.
    fn load(&self) -> Result<Known, FlowError> {
        let mut known = match self.ledger.kept(&self.name)? {
            Some((tip, kept)) => self.remembered(tip, kept),
            None => Known::default(),
        };
        let news = self.ledger.entries_after(&self.name, &known.tip)?;
        if let Some(last) = news.last() {
            known.tip = Tip::of(last);
            known.state = self.replay(known.state, &news);
        }
        Ok(known)
    }

    /// What was kept beside the entries, from memory where it is the same.
    fn remembered(&self, tip: Tip, kept: Kept) -> Known {
        match &self.known {
            Some(known) if known.tip == tip => return known.clone(),
            _ => {}
        }
        let (tip, state) = match serde_json::from_str(&kept.state) {
            Ok(state) => (tip, state),
            // It is lost or of another version; the entries say the same.
            Err(_) => (Tip::default(), RunState::default()),
        };
        Known {
            tip,
            state,
            confirmed: kept.confirmed,
            intended: kept.intended,
        }
    }

    fn replay(&self, state: RunState, entries: &[Entry]) -> RunState {
        let after = |state: RunState, entry: &Entry| step(self.graph, &state, &entry.event).0;
        entries.iter().fold(state, after)
    }

    /// The event that takes over the state file, if somebody else wrote it.
    fn pending(&self, known: &mut Known, at: &str) -> Result<Option<Event>, FlowError> {
        let held = match projection::read(&self.state_file()) {
            // The next record writes it again.
            Err(FlowError::StateUnreadable { .. }) if known.tip.number > 0 => None,
            read => read?,
        };
        let is = held.as_ref().filter(|held| !held.is_copy);
        let is = is.map(|held| held.digest.clone());
        let import = self.edited(known, held, at)?;
        // Ours, or taken over now: if what follows is cut off, the file is no edit.
        if let Some(is) = is {
            known.confirmed = is;
        }
        Ok(import)
    }

    /// The event that takes over a state file which somebody else wrote.
    fn edited(
        &self,
        known: &Known,
        held: Option<Held>,
        at: &str,
    ) -> Result<Option<Event>, FlowError> {
        let Some(held) = held else {
            return Ok(None);
        };
        if known.tip.number > 0 && is_ours(known, &held) {
            return Ok(None);
        }
        let migrated = migrate(&held.document, &self.name);
        let migrated = migrated.map_err(|version| FlowError::StateVersion {
            path: self.state_file(),
            version,
        })?;
        Ok(Some(Event {
            at: at.to_owned(),
            by: Actor {
                name: STATE_FILE.to_owned(),
                kind: ActorKind::Agent,
            },
            what: What::Session(Command::Import {
                document: migrated.document,
                digest: held.digest,
                history: migrated.history,
            }),
        }))
    }

    fn rendered(&self, state: &RunState) -> Result<String, FlowError> {
        projection::render(state).map_err(|error| self.unwritable(&error))
    }

    fn unwritable(&self, error: &serde_json::Error) -> FlowError {
        FlowError::StateUnreadable {
            path: self.state_file(),
            reason: error.to_string(),
        }
    }

    /// Keeps other writers of this project away until the answer is dropped.
    fn hold(&self) -> Result<File, FlowError> {
        lock::hold(&self.place.state, &self.name)
    }
}

/// Whether a state file is what was written here last, or was lost.
fn is_ours(known: &Known, held: &Held) -> bool {
    // The file was lost or cut off, and the ledger knows better than a copy.
    if held.is_copy || [&known.confirmed, &known.intended].contains(&&held.digest) {
        return true;
    }
    let text = projection::render(&known.state).unwrap_or_default();
    baton_repo::sha256(text.as_bytes()) == held.digest
}
