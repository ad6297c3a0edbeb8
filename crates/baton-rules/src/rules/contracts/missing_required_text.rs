//! Files hold the texts that the configuration asks for.

use baton_syntax::glob::GlobSet;

use crate::settings::contracts::RequiredText;
use crate::support::contracts::{Demand, hold};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for wanted in &ctx.settings.contracts.required_text {
        judge(ctx, wanted, out);
    }
}

fn judge(ctx: &Ctx<'_>, wanted: &RequiredText, out: &mut Findings) {
    let demand = Demand {
        id: wanted.id.clone(),
        all: &wanted.all,
        any: &wanted.any,
        none: &wanted.none,
        scope: wanted.scope,
        or_in: &wanted.or_in,
        within: wanted.within.as_ref().map(|pattern| pattern.0.clone()),
        help: wanted.message.as_deref().unwrap_or("Write it back."),
    };
    for pattern in &wanted.files {
        let Ok(globs) = GlobSet::new([pattern]) else {
            continue;
        };
        let mut files = ctx.repo.files().iter();
        let mut files = files
            .by_ref()
            .filter(|file| globs.matches(file.path.as_str()));
        let Some(first) = files.next() else {
            missing(ctx, pattern, &demand, out);
            continue;
        };
        for file in std::iter::once(first).chain(files) {
            hold(ctx.repo, file, &demand, out);
        }
    }
}

fn missing(ctx: &Ctx<'_>, pattern: &str, demand: &Demand<'_>, out: &mut Findings) {
    let configuration = ctx.repo.file("baton.toml");
    let Some(place) = configuration.or_else(|| ctx.repo.files().first()) else {
        return;
    };
    let message = format!(
        "no file matches `{pattern}`, of which `{}` asks for texts",
        demand.id
    );
    out.report(place.whole(), message).help(demand.help);
}
