//! No two tag keys of one resource differ only by case.

use baton_iac::evaluate::{self, EntrySet, Scope};
use baton_iac::model::Expr;

use crate::support::iac::scope_of;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(iac) = file.iac() else { return };
    let scope = scope_of(&iac.template);
    let resources = iac
        .template
        .resources
        .iter()
        .filter(|resource| !resource.existing);
    for resource in resources {
        judge(ctx, &scope, (&resource.body, &["tags"]), (file, &mut *out));
    }
    for provider in iac
        .template
        .blocks
        .iter()
        .filter(|block| block.kind == "provider")
    {
        judge(
            ctx,
            &scope,
            (&provider.body, &["default_tags", "tags"]),
            (file, &mut *out),
        );
    }
}

fn judge(
    ctx: &Ctx<'_>,
    scope: &dyn Scope,
    (body, path): (&Expr, &[&str]),
    (file, out): (&File, &mut Findings),
) {
    for set in evaluate::entries(scope, body, path) {
        colliding(&set, file, out);
        misspelt(ctx, &set, file, out);
    }
}

fn colliding(set: &EntrySet, file: &File, out: &mut Findings) {
    for (number, entry) in set.entries.iter().enumerate() {
        let mut before = set.entries.iter().take(number);
        let Some(other) = before.find(|other| other.key.eq_ignore_ascii_case(&entry.key)) else {
            continue;
        };
        let message = format!(
            "the tag keys `{}` and `{}` differ only by case",
            other.key, entry.key
        );
        out.report(entry.key_place.location(file.id), message)
            .label(other.key_place.location(file.id), format!("`{}` is here", other.key))
            .help("Keep one spelling: Azure treats tag keys that differ by case as one, and which value it keeps is not defined.");
    }
}

fn misspelt(ctx: &Ctx<'_>, set: &EntrySet, file: &File, out: &mut Findings) {
    for entry in &set.entries {
        let same = |wanted: &&String| wanted.eq_ignore_ascii_case(&entry.key);
        let Some(wanted) = ctx.settings.iac.tag_keys.iter().find(same) else {
            continue;
        };
        if *wanted != entry.key {
            let message = format!("the tag key `{}` is spelt `{wanted}` here", entry.key);
            let help = format!("Rename it to `{wanted}`, as `tag-keys` in `baton.toml` demands.");
            out.report(entry.key_place.location(file.id), message)
                .help(help);
        }
    }
}
