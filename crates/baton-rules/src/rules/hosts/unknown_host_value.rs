//! Keys of front matter hold values their host knows.

use baton_source::nearest;

use crate::support::hosts::{self, Page};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    for entry in page.entries() {
        let Some(key) = page.document.key(&entry.key) else {
            continue;
        };
        if key.one_word
            && let Some(text) = entry.value.as_str().map(str::trim)
            && text.contains(char::is_whitespace)
        {
            let host = &page.document.host;
            let message = format!("{host} knows no `{}` named `{text}`", key.name);
            out.report(file.at(&entry.value), message)
                .help("Write the short name or the id that the host gives it, which is one word.");
        }
        if key.values.is_empty() {
            continue;
        }
        for node in std::iter::once(&entry.value).chain(entry.value.items()) {
            let Some(text) = node.as_str().map(str::trim) else {
                continue;
            };
            if text.is_empty() || key.values.iter().any(|known| known == text) {
                continue;
            }
            let known = || key.values.iter().map(String::as_str);
            let host = &page.document.host;
            let message = format!("{host} knows no `{}` named `{text}`", key.name);
            let found = out.report(file.at(node), message);
            match nearest(&text.to_lowercase(), known()) {
                Some(near) => found.help(format!("Write `{near}`, if that is what you mean.")),
                None => found.help(format!("Write one of {}.", hosts::listed(known()))),
            };
        }
    }
}
