//! No two tag keys of one resource differ only by case.

use baton_iac::evaluate::{self, EntrySet};

use crate::support::iac::scope_of;
use crate::support::iac_subject::{Told, subjects};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(iac) = file.iac() else { return };
    let mut told = Told::default();
    for subject in subjects(ctx, file, &|_, _| true) {
        for set in subject.entries(&["tags"]) {
            judge(ctx, &set, file, (&mut told, &mut *out));
        }
    }
    let scope = scope_of(&iac.template);
    for provider in iac
        .template
        .blocks
        .iter()
        .filter(|block| block.kind == "provider")
    {
        for set in evaluate::entries(&scope, &provider.body, &["default_tags", "tags"]) {
            judge(ctx, &set, file, (&mut told, &mut *out));
        }
    }
}

fn judge(ctx: &Ctx<'_>, set: &EntrySet, file: &File, (told, out): (&mut Told, &mut Findings)) {
    colliding(set, file, (&mut *told, &mut *out));
    misspelt(ctx, set, file, (told, out));
}

fn colliding(set: &EntrySet, file: &File, (told, out): (&mut Told, &mut Findings)) {
    for (number, entry) in set.entries.iter().enumerate() {
        let mut before = set.entries.iter().take(number);
        let Some(other) = before.find(|other| other.key.eq_ignore_ascii_case(&entry.key)) else {
            continue;
        };
        let message = format!(
            "the tag keys `{}` and `{}` differ only by case",
            other.key, entry.key
        );
        if !told.is_new(entry.key_place, &message) {
            continue;
        }
        out.report(entry.key_place.location(file.id), message)
            .label(other.key_place.location(file.id), format!("`{}` is here", other.key))
            .help("Keep one spelling: Azure treats tag keys that differ by case as one, and which value it keeps is not defined.");
    }
}

fn misspelt(ctx: &Ctx<'_>, set: &EntrySet, file: &File, (told, out): (&mut Told, &mut Findings)) {
    for entry in &set.entries {
        let same = |wanted: &&String| wanted.eq_ignore_ascii_case(&entry.key);
        let Some(wanted) = ctx.settings.iac.tag_keys.iter().find(same) else {
            continue;
        };
        if *wanted != entry.key {
            let message = format!("the tag key `{}` is spelt `{wanted}` here", entry.key);
            if !told.is_new(entry.key_place, &message) {
                continue;
            }
            let help = format!("Rename it to `{wanted}`, as `tag-keys` in `baton.toml` demands.");
            out.report(entry.key_place.location(file.id), message)
                .help(help);
        }
    }
}
