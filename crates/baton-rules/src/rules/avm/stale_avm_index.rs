//! The index of modules was looked up lately.

use baton_repo::{Date, Moment};

use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// After so many days a registry should be asked again.
const MOST_DAYS: i64 = 14;

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let Some(index) = ctx.repo.avm_index() else {
        return;
    };
    let Some(file) = ctx.repo.by_id(index.file) else {
        return;
    };
    let Ok(today) = ctx.today.to_string().parse::<Moment>() else {
        return;
    };
    let old = |moment: &Moment| (today.seconds - moment.seconds) / 86_400 > MOST_DAYS;
    let looked_up = index.modules.iter().filter_map(|module| module.looked_up);
    let old: Vec<_> = looked_up.filter(|(moment, _)| old(moment)).collect();
    let Some((moment, span)) = old.iter().min() else {
        return;
    };
    let day = u64::try_from(moment.seconds).map(Date::from_unix_seconds);
    let since = day.map_or_else(|_| "long ago".to_owned(), |day| format!("on {day}"));
    let message = format!(
        "{} of {} modules were looked up more than {MOST_DAYS} days ago, the first {since}",
        old.len(),
        index.modules.len()
    );
    out.report(file.at(span), message)
        .help("Renew the index before versions are agreed on.");
}
