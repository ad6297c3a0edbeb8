//! `tool-audit`: which tools were used and how that ended; never what for, how long, or with what
//! result.

use crate::covered::quoted;
use crate::hook::{Log, Record, Reply};
use crate::object::Object;
use crate::payload::{Payload, PayloadError};

/// Writes down what a payload is about; one that cannot be read is written down as that.
pub fn audit(payload: Result<&Payload, &PayloadError>) -> Reply {
    let fields = match payload {
        Ok(payload) => {
            let name = payload.tool.as_deref().map(quoted);
            Object::default()
                .with("tool_name", name.unwrap_or_else(|| "unknown".to_owned()))
                .with("status", payload.outcome.word())
        }
        Err(_) => Object::default()
            .with("tool_name", "unknown")
            .with("error", "invalid_stdin"),
    };
    let notes = payload.err().map(|error| format!("tool-audit: {error}"));
    Reply {
        records: vec![Record {
            log: Log::Tools,
            fields,
        }],
        notes: notes.into_iter().collect(),
        ..Reply::default()
    }
}
