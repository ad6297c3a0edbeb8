//! Facts about a graph as a whole.

use baton_source::Span;
use baton_syntax::node::Node;

use super::Text;
use super::challenger::Count;
use super::reader::{Reader, count};

/// What a graph says about itself.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// The key, when there is one.
    pub span: Option<Span>,
    /// Version of the format.
    pub version: Option<Text>,
    /// Values of the routing decision, one per track.
    pub iac_tracks: Option<Vec<Text>>,
    /// How many gates there are.
    pub total_gates: Option<Count>,
    /// How many steps there are.
    pub total_steps: Option<Count>,
    /// What must not change once the plan is approved.
    pub plan_lock: Option<PlanLock>,
    /// Tiers of the complexity score, in the order of the text.
    pub score_tiers: Vec<ScoreTier>,
    /// Switches a project may set.
    pub toggles: Vec<Toggle>,
    /// Whether reviews take place at all; `None` when nothing is said.
    pub challenger_enabled: Option<bool>,
}

/// What must not change once the plan is approved.
#[derive(Debug, Clone)]
pub struct PlanLock {
    /// The key.
    pub span: Span,
    /// The files; `None` when none are listed.
    pub frozen_artifacts: Option<Vec<Text>>,
    /// Sections the plan must contain.
    pub plan_sections: Vec<Text>,
}

/// One tier of the complexity score.
#[derive(Debug, Clone)]
pub struct ScoreTier {
    /// The highest score that belongs to it.
    pub max_score: Option<f64>,
    /// Its name.
    pub label: Option<Text>,
    /// Reviews suggested.
    pub passes: Option<Count>,
}

/// One switch.
#[derive(Debug, Clone)]
pub struct Toggle {
    /// Its key in the session's decisions.
    pub key: Text,
    /// The values it may have.
    pub values: Vec<Text>,
    /// The value when nothing is set.
    pub default: Option<Text>,
}

/// Reads the metadata of a graph.
pub(super) fn read(reader: &mut Reader, root: &Node) -> Metadata {
    let Some(entry) = reader.object(root, "metadata") else {
        return Metadata::default();
    };
    let data = &entry.value;
    Metadata {
        span: Some(entry.key_span),
        version: reader.text(data, "version"),
        iac_tracks: reader.texts(data, "iac_tracks"),
        total_gates: count(data, "total_gates"),
        total_steps: count(data, "total_steps"),
        plan_lock: plan_lock(reader, data),
        score_tiers: score_tiers(reader, data),
        toggles: toggles(reader, data),
        challenger_enabled: data.get("challenger_enabled").and_then(Node::as_bool),
    }
}

fn plan_lock(reader: &mut Reader, data: &Node) -> Option<PlanLock> {
    let entry = reader.object(data, "plan_lock")?;
    Some(PlanLock {
        span: entry.key_span,
        frozen_artifacts: reader.texts(&entry.value, "frozen_artifacts"),
        plan_sections: reader
            .texts(&entry.value, "plan_h2_sections")
            .unwrap_or_default(),
    })
}

fn score_tiers(reader: &mut Reader, data: &Node) -> Vec<ScoreTier> {
    let routing = reader.object(data, "complexity_routing");
    let tiers = routing.and_then(|routing| routing.value.get("tiers"));
    let tiers = tiers.map_or(&[][..], Node::items).iter();
    let tier = |tier: &Node| ScoreTier {
        max_score: tier.get("max_score").and_then(Node::as_f64),
        label: reader.text(tier, "label"),
        passes: count(tier, "passes"),
    };
    tiers.map(tier).collect()
}

fn toggles(reader: &mut Reader, data: &Node) -> Vec<Toggle> {
    let all = reader.object(data, "decision_toggles");
    let toggles = all.and_then(|all| all.value.get("toggles"));
    let toggles = toggles.map_or(&[][..], Node::entries).iter();
    toggles
        .map(|toggle| Toggle {
            key: Text {
                value: toggle.key.clone(),
                span: toggle.key_span,
            },
            values: reader.texts(&toggle.value, "enum").unwrap_or_default(),
            default: reader.text(&toggle.value, "default"),
        })
        .collect()
}
