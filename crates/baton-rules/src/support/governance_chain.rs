//! The evidence that a deployment was allowed, from discovery to the live check.

use baton_repo::session::{StepKey, StepStatus};
use baton_repo::{File, Moment, SessionState};
use baton_source::Severity;

use crate::Ctx;
use crate::support::sku::sibling;

/// The check that asks for all evidence, however far a project is.
pub(crate) const CHECK: &str = "validate:governance-trace";

/// Generations before this left no such evidence.
const SINCE: &str = "2026-05";

/// Whether evidence must be there: once a project is deployed, or when somebody asks.
pub(crate) fn is_due(ctx: &Ctx<'_>, file: &File) -> bool {
    let since = ctx.repo.layout().since();
    if !ctx.repo.layout().is("apex") || since.is_none_or(|since| since < SINCE) {
        return false;
    }
    ctx.is_asked(CHECK) || state(ctx, file).is_some_and(is_deployed)
}

/// How much missing evidence matters where that is not as the rule says: it stops nobody who
/// did not ask for it.
pub(crate) fn severity_of_absence(ctx: &Ctx<'_>) -> Option<Severity> {
    if ctx.settings.governance.allow_legacy {
        return Some(Severity::Info);
    }
    (!ctx.is_asked(CHECK)).then_some(Severity::Warning)
}

fn is_deployed(state: &SessionState) -> bool {
    let step = state.step(StepKey::Deploy);
    step.is_some_and(|step| step.is(StepStatus::Complete))
}

/// The state of the project that a file belongs to.
pub(crate) fn state<'r>(ctx: &Ctx<'r>, file: &File) -> Option<&'r SessionState> {
    let state = sibling(ctx, file, "00-session-state.json")?;
    ctx.repo.session_state(state)
}

/// How many days before the deployment, or today while there is none, a moment was.
pub(crate) fn age(ctx: &Ctx<'_>, file: &File, moment: &str) -> Option<i64> {
    let then = moment.parse::<Moment>().ok()?;
    let deployed = state(ctx, file).filter(|state| is_deployed(state));
    let step = deployed.and_then(|state| state.step(StepKey::Deploy));
    let completed = step.and_then(|step| step.completed.as_ref()?.value.clone());
    let today = ctx.today.to_string();
    let at = completed.and_then(|text| text.parse::<Moment>().ok());
    let at = at.or_else(|| today.parse::<Moment>().ok())?;
    Some((at.seconds - then.seconds).div_euclid(86_400))
}
