//! Claude Code reads every key of its settings in a repository.

use baton_repo::File;
use baton_source::nearest;
use baton_syntax::node::Node;

use crate::support::claude_settings::format;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else { return };
    let format = format();
    for entry in root.entries() {
        let key = entry.key.as_str();
        let is = |names: &[String]| names.iter().any(|name| name == key);
        if let Some(place) = format.misplaced.get(key) {
            let place = if place.contains('`') {
                place.clone()
            } else {
                format!("`{place}`")
            };
            out.report(file.at(entry), format!("nobody reads `{key}` here"))
                .help(format!("Put it into {place}."));
        } else if is(&format.unread) {
            out.report(
                file.at(entry),
                format!("nobody reads `{key}` in a repository"),
            )
            .help("Put it into your own settings, or into those of the organisation.");
        } else if !is(&format.keys) {
            let known = format.keys.iter().map(String::as_str);
            near(
                file,
                (entry, nearest(key, known).filter(|_| key.len() > 4)),
                out,
            );
        }
    }
    let permissions = root.get("permissions").map_or(&[][..], Node::entries);
    for entry in permissions {
        let known = || format.permissions.iter().map(String::as_str);
        if !known().any(|known| known == entry.key) {
            near(file, (entry, nearest(&entry.key, known())), out);
        }
    }
}

/// Reports a key that is nearly a known one.
fn near(
    file: &File,
    (entry, meant): (&baton_syntax::node::Entry, Option<&str>),
    out: &mut Findings,
) {
    if let Some(meant) = meant {
        out.report(file.at(entry), format!("`{}` is no setting", entry.key))
            .help(format!("Did you mean `{meant}`?"));
    }
}
