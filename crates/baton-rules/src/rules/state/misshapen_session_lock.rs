//! Locks and claims of version 2.0 have the form that agents of that time read.

use baton_repo::Moment;
use baton_repo::session::StateVersion;
use baton_syntax::node::{Entry, Node, Value};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let state = ctx.repo.session_state(file);
    let is_old = state.is_some_and(|state| state.version() == Some(StateVersion::V2));
    let Some(root) = file.node().filter(|_| is_old) else {
        return;
    };
    if let Some(entry) = root.entry("stale_threshold_ms") {
        let limit = entry.value.as_f64();
        if !limit.is_some_and(|limit| limit > 0.0) {
            report(file, entry, "a number greater than 0", out);
        }
    }
    let locks = root.entry("lock").into_iter();
    let steps = root.get("steps").map_or(&[][..], Node::entries);
    let claims = steps.iter().filter_map(|step| step.value.entry("claim"));
    for hold in locks.chain(claims) {
        if hold.value.is_null() {
            continue;
        }
        if !hold.value.is_mapping() {
            report(file, hold, "an object", out);
        }
        for entry in hold.value.entries() {
            if let Some(wanted) = breach(entry) {
                report(file, entry, wanted, out);
            }
        }
    }
}

/// What an entry of a lock or claim ought to be, unless it is; nobody holds what is null.
fn breach(entry: &Entry) -> Option<&'static str> {
    let node = &entry.value;
    let is_free = node.is_null() || node.as_str() == Some("");
    let text = node.as_str();
    let (is_right, wanted) = match entry.key.as_str() {
        "owner_id" => (is_free || text.is_some(), "a text"),
        "heartbeat" | "acquired" => {
            let is_moment = text.is_some_and(|text| text.parse::<Moment>().is_ok());
            (is_free || is_moment, "date and time")
        }
        "attempt_token" => (is_free || text.is_some_and(is_uuid), "a UUID"),
        "retry_count" => {
            let count = node.as_i64();
            (
                count.is_some_and(|count| count >= 0),
                "a whole number from 0",
            )
        }
        "event_log" => (matches!(node.value, Value::Sequence(_)), "a list"),
        _ => return None,
    };
    (!is_right).then_some(wanted)
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    let is_part = |(part, length): (&&str, usize)| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    parts.len() == lengths.len() && parts.iter().zip(lengths).all(is_part)
}

fn report(file: &File, entry: &Entry, wanted: &str, out: &mut Findings) {
    let message = format!("`{}` must be {wanted}", entry.key);
    out.report(file.at(&entry.value), message)
        .help("Correct it, or bring the file into version 3.0, which has no locks.");
}
