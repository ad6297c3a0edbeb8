//! Keys of a skill's front matter are some that a host reads.

use baton_source::{Applicability, Fix, Severity, nearest};

use crate::support::skills;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let known = &skills::conventions(ctx).keys;
    let Some(root) = &file.front_matter().root else {
        return;
    };
    if known.is_empty() || !skills::is_judged(ctx, file) {
        return;
    }
    let own = &ctx.settings.skills.keys;
    for entry in root.entries() {
        let key = entry.key.as_str();
        if known.iter().chain(own).any(|known| known == key) {
            continue;
        }
        let meant = meant(key, known).filter(|meant| root.entry(meant).is_none());
        let finding = out.report(file.at(entry), format!("no host reads the key `{key}`"));
        let Some(meant) = meant else {
            finding
                .severity(Severity::Info)
                .help(format!("Move `{key}` below `metadata`, or take it out."));
            continue;
        };
        finding.help(format!("Write `{meant}`.")).fix(Fix {
            title: format!("Write `{meant}`"),
            applicability: Applicability::Unsafe,
            edits: vec![file.edit(entry.key_span, meant)],
        });
    }
}

/// The key that is meant: the same but for case and separators, or else the nearest.
fn meant<'k>(key: &str, known: &'k [String]) -> Option<&'k str> {
    let plain = |key: &str| {
        let letters = key.chars().filter(|it| !matches!(it, '-' | '_'));
        letters.collect::<String>().to_ascii_lowercase()
    };
    let wanted = plain(key);
    let same = known.iter().find(|known| plain(known) == wanted);
    let mut names = known.iter().map(String::as_str);
    same.map(String::as_str).or_else(|| {
        let close = nearest(key, names.by_ref())?;
        // Short words are near to many others.
        (close.len() > 6).then_some(close)
    })
}
