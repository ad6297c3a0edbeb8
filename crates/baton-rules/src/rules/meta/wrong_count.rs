//! A number in the count manifest is how many there are.

use baton_source::{Applicability, Fix};

use crate::support::counts::{ENTITIES, entry};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for file in ctx.repo.of_kind("count-manifest") {
        for entity in ENTITIES {
            let value = entry(file, entity.key).and_then(|entry| entry.get("value"));
            let Some(value) = value else {
                continue;
            };
            let Some(count) = (entity.count)(ctx.repo) else {
                continue;
            };
            if value.as_i64() == i64::try_from(count).ok() {
                continue;
            }
            let written = value.span.of(file.text());
            let message = format!(
                "`{}` is {written} here, but the repository has {count}",
                entity.key
            );
            out.report(file.at(value), message)
                .help("Correct the number, or say with `computed_from` how to count.")
                .fix(Fix {
                    title: format!("Write {count}"),
                    applicability: Applicability::Safe,
                    edits: vec![file.edit(value.span, count.to_string())],
                });
        }
    }
}
