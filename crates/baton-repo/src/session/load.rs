//! From a tree to session state; never fails.

use std::sync::LazyLock;

use baton_syntax::json::{self, Dialect};
use baton_syntax::node::{Entry, Node, Value};

use super::{
    Decision, Field, Hold, LogEntry, ReviewAudit, SessionState, StateRole, StepKey, StepState,
    StepStatus,
};
use crate::{File, Schema, SchemaError};

const SCHEMA: &str = include_str!("../../../../schemas/session-state.v3.schema.json");

/// What a state file says; `None` when it is not JSON.
pub(crate) fn load(file: &File, role: StateRole) -> Option<SessionState> {
    let root = file.node()?;
    Some(SessionState {
        file: file.id,
        role,
        folder: file.path.parent().to_owned(),
        span: root.span,
        schema_version: text(root, "schema_version"),
        project: text(root, "project"),
        iac_tool: text(root, "iac_tool"),
        region: text(root, "region"),
        branch: text(root, "branch"),
        updated: text(root, "updated"),
        current_step: whole(root, "current_step"),
        decisions: entries(root, "decisions").iter().map(decision).collect(),
        open_findings: texts(root, "open_findings"),
        decision_log: items(root, "decision_log").iter().map(log_entry).collect(),
        review_audit: entries(root, "review_audit").iter().map(audit).collect(),
        steps: steps(root),
        lock: root.entry("lock").map(hold),
        stale_threshold_ms: whole(root, "stale_threshold_ms"),
    })
}

pub(super) fn schema() -> Option<&'static Schema> {
    static COMPILED: LazyLock<Option<Schema>> = LazyLock::new(|| {
        let root = json::parse(SCHEMA, Dialect::Strict).root?;
        Schema::compile(&root).ok()
    });
    COMPILED.as_ref()
}

/// Everything in a state file that breaks the schema.
///
/// One violation per place: a wrong type also breaks the list of values, which says less.
pub(crate) fn violations(root: &Node) -> Vec<SchemaError> {
    let mut found = schema().map_or_else(Vec::new, |schema| schema.validate(root));
    found.sort_by_key(|violation| (violation.span, violation.keyword != "type"));
    found.dedup_by(|next, kept| {
        next.span == kept.span && next.pointer == kept.pointer && next.key == kept.key
    });
    found
}

fn steps(root: &Node) -> Vec<StepState> {
    let Some(steps) = root.get("steps") else {
        return Vec::new();
    };
    let known = StepKey::ALL.into_iter();
    let entry = |key: StepKey| {
        let dotted = || steps.entry("3.5").filter(|_| key == StepKey::Governance);
        steps.entry(key.as_str()).or_else(dotted)
    };
    known
        .filter_map(|key| Some(step(key, entry(key)?)))
        .collect()
}

fn step(key: StepKey, entry: &Entry) -> StepState {
    let node = &entry.value;
    let status = text(node, "status").and_then(|field| {
        Some(Field {
            key: field.key,
            span: field.span,
            value: StepStatus::parse(&field.value)?,
        })
    });
    StepState {
        key,
        key_span: entry.key_span,
        span: node.span,
        name: text(node, "name"),
        agent: text(node, "agent"),
        status,
        sub_step: text_or_null(node, "sub_step"),
        started: text_or_null(node, "started"),
        completed: text_or_null(node, "completed"),
        artifacts: paths(node, "artifacts"),
        context_files_used: paths(node, "context_files_used"),
        claim: node.entry("claim").map(hold),
    }
}

fn decision(entry: &Entry) -> Decision {
    Decision {
        key: entry.key.clone(),
        key_span: entry.key_span,
        value: entry.value.clone(),
    }
}

fn log_entry(node: &Node) -> LogEntry {
    LogEntry {
        span: node.span,
        id: text(node, "id"),
        step: node.entry("step").and_then(scalar),
        agent: text(node, "agent"),
        title: text(node, "title"),
        choice: text(node, "choice"),
        decision: text(node, "decision"),
        rationale: text(node, "rationale"),
        timestamp: text(node, "timestamp"),
        alternatives: texts(node, "alternatives"),
    }
}

fn audit(entry: &Entry) -> ReviewAudit {
    let node = &entry.value;
    ReviewAudit {
        key: Field {
            key: entry.key_span,
            span: entry.key_span,
            value: entry.key.clone(),
        },
        step: entry.key.strip_prefix("step_").and_then(StepKey::parse),
        complexity: text(node, "complexity"),
        passes_planned: whole(node, "passes_planned"),
        passes_executed: whole(node, "passes_executed"),
        skipped: texts(node, "skipped"),
        skip_reasons: texts(node, "skip_reasons"),
        models_used: texts(node, "models_used"),
    }
}

fn hold(entry: &Entry) -> Hold {
    let node = &entry.value;
    Hold {
        key: entry.key_span,
        span: node.span,
        owner_id: text(node, "owner_id"),
        heartbeat: text(node, "heartbeat"),
        attempt_token: text(node, "attempt_token"),
        event_log: items(node, "event_log").to_vec(),
    }
}

fn entries<'n>(node: &'n Node, key: &str) -> &'n [Entry] {
    node.get(key).map_or(&[], Node::entries)
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map_or(&[], Node::items)
}

fn field<T>(entry: &Entry, value: T) -> Field<T> {
    Field {
        key: entry.key_span,
        span: entry.value.span,
        value,
    }
}

fn text(node: &Node, key: &str) -> Option<Field<String>> {
    let entry = node.entry(key)?;
    Some(field(entry, entry.value.as_str()?.to_owned()))
}

fn text_or_null(node: &Node, key: &str) -> Option<Field<Option<String>>> {
    let entry = node.entry(key)?;
    let value = match &entry.value.value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        _ => return None,
    };
    Some(field(entry, value))
}

fn whole(node: &Node, key: &str) -> Option<Field<i64>> {
    let entry = node.entry(key)?;
    let Value::Number(lexeme) = &entry.value.value else {
        return None;
    };
    // `3.0` is whole as well.
    let digits = match lexeme.split_once('.') {
        Some((digits, fraction)) if fraction.bytes().all(|byte| byte == b'0') => digits,
        _ => lexeme,
    };
    Some(field(entry, digits.parse().ok()?))
}

fn scalar(entry: &Entry) -> Option<Field<String>> {
    match &entry.value.value {
        Value::String(text) | Value::Number(text) => Some(field(entry, text.clone())),
        _ => None,
    }
}

/// The items of a list that are text.
fn paths(node: &Node, key: &str) -> Vec<Field<String>> {
    let paths = items(node, key).iter().filter_map(|item| {
        Some(Field {
            key: item.span,
            span: item.span,
            value: item.as_str()?.to_owned(),
        })
    });
    paths.collect()
}

/// The items of a list that are text or numbers; an object counts by its `text`.
fn texts(node: &Node, key: &str) -> Vec<Field<String>> {
    let texts = items(node, key).iter().filter_map(|item| {
        let value = match &item.value {
            Value::String(text) | Value::Number(text) => text,
            _ => item.get("text")?.as_str()?,
        };
        Some(Field {
            key: item.span,
            span: item.span,
            value: value.to_owned(),
        })
    });
    texts.collect()
}
