//! The only loop with effects: what the engine wants is done by a [`World`], and what came of it
//! goes into the ledger before the next step.

mod batch;
mod gates;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use crate::event::{
    Actor, ActorKind, AgentOutcome, CeilingChoice, FailureCategory, ReviewVerdict, RunEvent, Shown,
    Verdict, What,
};
use crate::{Command, Effect, FlowError, Project, Question, RefusalCode, RunState};

/// What happens outside of the engine. Methods are called from several threads for a fan-out.
pub trait World: Sync {
    /// The present moment, in UTC: `YYYY-MM-DDThh:mm:ssZ`.
    fn now(&self) -> String;
    /// Waits before another try after a failure; `attempt` is the one that will follow.
    fn wait(&self, after: FailureCategory, attempt: u32);
    /// Whether somebody wants the run to end here.
    fn is_interrupted(&self) -> bool;
    /// Tells what goes on.
    fn tell(&self, news: &News<'_>);
    /// Writes what the next session needs to know.
    fn hand_over(&self, state: &RunState) -> Result<(), FlowError>;
    /// Has an agent work; `again` asks only whether work that was handed to people is done.
    fn work(&self, state: &RunState, job: &Job, again: bool) -> Result<Worked, FlowError>;
    /// Evaluates a machine gate.
    fn validate(&self, state: &RunState, gate: &str) -> Result<Validation, FlowError>;
    /// What there is to see at a gate now.
    fn show(&self, state: &RunState, gate: &str) -> Result<Shown, FlowError>;
    /// The open gates at which something was approved that is not what it was, with its paths.
    fn changed(&self, state: &RunState) -> Result<Vec<(String, Vec<String>)>, FlowError>;
    /// Has somebody decide about a gate; `None`: nobody is there who may.
    fn decide(&self, state: &RunState, gate: &str, shown: &Shown) -> Option<(Actor, Choice)>;
    /// What the project's own documents say about the decision that tracks depend on, where
    /// nothing is decided yet; an error if they disagree with one another or with what is decided.
    fn route(&self, state: &RunState) -> Result<Option<String>, FlowError>;
    /// Has somebody answer; `None`: nobody is there who can.
    fn answer(&self, state: &RunState, question: &Question) -> Option<(Actor, Answer)>;
}

/// Work for an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The node.
    pub node: String,
    /// What kind of work.
    pub kind: JobKind,
    /// Which try it is, from 1.
    pub attempt: u32,
}

/// Kinds of work for agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobKind {
    /// The node's own, or one part of a fan-out.
    Step(Option<String>),
    /// The review of a node's result.
    Review {
        /// Which pass, from 1.
        pass: u32,
        /// What to look for.
        lens: String,
    },
}

/// What came of work.
#[derive(Debug, Clone, PartialEq)]
pub enum Worked {
    /// It came to an end.
    Ended(AgentOutcome),
    /// A review came to an end.
    Reviewed(ReviewVerdict),
    /// It was handed to people, who were told this; they say when it is done.
    Handed(String),
    /// Nothing was done; this would have been.
    Shown(String),
}

/// What came of a machine gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validation {
    /// Whether the run may pass.
    pub verdict: Verdict,
    /// Digest of what was judged.
    pub digest: String,
    /// What failed, one sentence each.
    pub findings: Vec<String>,
}

/// What somebody decided about a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The run may pass.
    Approve {
        /// How it was said.
        how: String,
        /// How many approvals the policy wants.
        needed: u32,
    },
    /// The run goes back.
    Reject {
        /// Why.
        reason: String,
        /// Where to; else before the gate.
        to: Option<String>,
    },
    /// Later.
    Defer {
        /// Why.
        reason: Option<String>,
    },
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The value of a decision.
    Value(String),
    /// Yes or no.
    Choice(bool),
}

/// What goes on in a run.
#[derive(Debug, Clone, PartialEq)]
pub enum News<'n> {
    /// The state file had been written by somebody else and was taken over.
    Imported,
    /// An agent begins.
    Began(&'n Job),
    /// An agent ended.
    Ended(&'n Job, &'n Worked),
    /// A machine gate was evaluated.
    Validated(&'n str, &'n Validation),
    /// A gate was shown and waits.
    Waits(&'n str, &'n Shown),
    /// A gate was decided.
    Decided(&'n str, &'n Choice),
    /// What was approved at a gate has changed.
    Stale(&'n str, &'n [String]),
}

/// How a run came to an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Every step is done.
    Finished,
    /// Another session goes on after this gate.
    SessionBreak(String),
    /// A gate waits for people.
    Waits(String),
    /// A question waits for people.
    Asks(Question),
    /// Work was handed to people.
    Handed(Job),
    /// A machine gate could not look at everything.
    Inconclusive {
        /// The gate.
        gate: String,
        /// What it could not look at.
        reason: String,
    },
    /// A circuit breaker halted a node.
    Halted {
        /// The node.
        node: String,
        /// Why, and what can be done.
        reason: String,
    },
    /// There is no way on.
    Stuck {
        /// The node.
        node: String,
        /// Why.
        reason: String,
    },
    /// Somebody ended the run for good.
    Aborted(String),
    /// The engine refused.
    Refused {
        /// What kind of refusal.
        code: RefusalCode,
        /// Why.
        reason: String,
    },
    /// Somebody wanted it to end.
    Interrupted,
    /// The run only shows what it would do next.
    Shown,
}

impl End {
    /// The exit code of a run that ends so.
    pub fn exit_code(&self) -> u8 {
        match self {
            End::Finished | End::SessionBreak(_) | End::Shown => 0,
            End::Stuck { .. } | End::Aborted(_) => 1,
            End::Refused { code, .. } => code.exit(),
            End::Waits(_) | End::Asks(_) | End::Handed(_) => 3,
            End::Inconclusive { .. } => 4,
            End::Halted { .. } => 5,
            End::Interrupted => 130,
        }
    }
}

/// A run as it goes: the project, the world, and what is still to be done.
struct Drive<'d, 'g> {
    project: &'d mut Project<'g>,
    world: &'d dyn World,
    state: RunState,
    todo: VecDeque<Effect>,
}

/// Leads a project until it ends or somebody else has to do something.
///
/// `graph` is the digest of the workflow it follows.
pub fn drive(project: &mut Project<'_>, world: &dyn World, graph: &str) -> Result<End, FlowError> {
    let state = project.state()?.unwrap_or_default();
    let mut drive = Drive {
        project,
        world,
        state,
        todo: VecDeque::new(),
    };
    let begin = RunEvent::Started {
        graph: graph.to_owned(),
    };
    if let Some(end) = drive.happen(begin)? {
        return Ok(end);
    }
    // A disagreement is better told now than behind a gate.
    world.route(&drive.state)?;
    if let Some(end) = drive.lose_what_was_cut_off()? {
        return Ok(end);
    }
    if let Some(end) = drive.withdraw_what_changed()? {
        return Ok(end);
    }
    drive.go_on()
}

impl Drive<'_, '_> {
    fn go_on(&mut self) -> Result<End, FlowError> {
        loop {
            if self.world.is_interrupted() {
                return Ok(End::Interrupted);
            }
            let Some(effect) = self.todo.pop_front() else {
                // The engine always wants something, an end at least.
                return Ok(End::Stuck {
                    node: String::new(),
                    reason: "the workflow wants nothing more, and is not finished".to_owned(),
                });
            };
            if let Some(end) = self.act(effect)? {
                return Ok(end);
            }
        }
    }

    /// Does what the engine wants; an end, if the run ends with it.
    fn act(&mut self, effect: Effect) -> Result<Option<End>, FlowError> {
        match effect {
            Effect::RunAgent { .. } => self.run_agents(effect),
            Effect::RunReview { node, pass, lens } => self.review((node, pass, lens)),
            Effect::Validate { gate } => self.validate(gate),
            Effect::Present { gate } | Effect::Await { gate } => self.present(gate),
            Effect::Ask { question } => self.ask(question),
            Effect::SessionBreak { gate } => {
                self.world.hand_over(&self.state)?;
                Ok(Some(End::SessionBreak(gate)))
            }
            Effect::Halt { node, reason } => {
                self.world.hand_over(&self.state)?;
                Ok(Some(End::Halted { node, reason }))
            }
            Effect::Refused { code, reason } => Ok(Some(End::Refused { code, reason })),
            Effect::Stuck { node, reason } => Ok(Some(End::Stuck { node, reason })),
            Effect::Ended { reason } => Ok(Some(End::Aborted(reason))),
            Effect::Inconclusive { gate, reason } => {
                self.world.hand_over(&self.state)?;
                Ok(Some(End::Inconclusive { gate, reason }))
            }
            Effect::Finish => {
                self.world.hand_over(&self.state)?;
                Ok(Some(End::Finished))
            }
        }
    }

    /// Has something happen in the runner's own name.
    fn happen(&mut self, event: RunEvent) -> Result<Option<End>, FlowError> {
        self.happen_by(&runner(), What::Run(event))
    }

    /// Has something happen; what was to be done is replaced by what follows from it.
    fn happen_by(&mut self, by: &Actor, what: What) -> Result<Option<End>, FlowError> {
        let recorded = self.project.record(what, by, &self.world.now())?;
        if recorded.imported {
            self.world.tell(&News::Imported);
        }
        self.state = recorded.state;
        self.todo = recorded.effects.into();
        match self.todo.front() {
            Some(Effect::Refused { code, reason }) => Ok(Some(End::Refused {
                code: *code,
                reason: reason.clone(),
            })),
            _ => Ok(None),
        }
    }

    fn ask(&mut self, question: Question) -> Result<Option<End>, FlowError> {
        let Some((by, answer)) = self.answered(&question)? else {
            self.world.hand_over(&self.state)?;
            return Ok(Some(End::Asks(question)));
        };
        let event = match (&question, answer) {
            (Question::Route { decision, .. }, Answer::Value(value)) => {
                What::Session(Command::Decide {
                    key: decision.clone(),
                    value: value.into(),
                })
            }
            (Question::Optional { node }, Answer::Choice(run)) => {
                What::Run(RunEvent::OptionChosen {
                    node: node.clone(),
                    run,
                })
            }
            (Question::Repeat { node, .. }, Answer::Choice(true)) => {
                What::Run(RunEvent::RepeatChosen { node: node.clone() })
            }
            (Question::ReviewCeiling { node }, Answer::Choice(more)) => {
                let choice = if more {
                    CeilingChoice::Override
                } else {
                    CeilingChoice::Accept
                };
                What::Run(RunEvent::CeilingDecided {
                    node: node.clone(),
                    choice,
                })
            }
            (Question::Return { from, reason, .. }, Answer::Value(to)) => {
                What::Run(RunEvent::ReturnTaken {
                    from: from.clone(),
                    to,
                    reason: reason.clone(),
                })
            }
            _ => return Ok(Some(End::Asks(question))),
        };
        let end = self.happen_by(&by, event)?;
        if end.is_none() && self.todo.is_empty() {
            // A decision is the record's, not the run's: ask the engine what follows.
            return self.resume();
        }
        Ok(end)
    }

    /// What documents or people answer.
    fn answered(&self, question: &Question) -> Result<Option<(Actor, Answer)>, FlowError> {
        if matches!(question, Question::Route { .. })
            && let Some(value) = self.world.route(&self.state)?
        {
            return Ok(Some((runner(), Answer::Value(value))));
        }
        Ok(self.world.answer(&self.state, question))
    }

    /// Asks the engine what is to be done now.
    fn resume(&mut self) -> Result<Option<End>, FlowError> {
        let graph = self.state.graph.clone();
        self.happen(RunEvent::Started { graph })
    }
}

fn runner() -> Actor {
    Actor {
        name: "baton".to_owned(),
        kind: ActorKind::Runner,
    }
}
