//! Decisions are kept under registered keys.

use baton_source::nearest;

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let mut states = ctx.repo.session_states().peekable();
    if states.peek().is_none() {
        return;
    }
    let keys = ctx.repo.decision_keys();
    for state in states {
        let Some(file) = ctx.repo.by_id(state.file) else {
            continue;
        };
        for decision in &state.decisions {
            if keys.about(&decision.key).next().is_some() {
                continue;
            }
            let known = keys.keys.iter().map(|key| key.name.as_str());
            let help = match nearest(&decision.key, known) {
                Some(near) => format!("Write `{near}` if that is meant, else register the key."),
                None => "Register the key, or keep the decision in `decision_log`.".to_owned(),
            };
            let message = format!("the decision key `{}` is not registered", decision.key);
            out.report(file.at(&decision.key_span), message).help(help);
        }
    }
}
