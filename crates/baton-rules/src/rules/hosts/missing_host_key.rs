//! Front matter has the keys without which its host ignores the file.

use crate::support::hosts::Page;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(page) = Page::of(ctx, file) else {
        return;
    };
    let Some(block) = file.front_matter_block() else {
        return;
    };
    let document = page.document;
    let mut tells = document.told_by.iter().chain(&document.required);
    if !tells.any(|key| page.held(key).is_some()) {
        return;
    }
    for key in &document.required {
        if page.held(key).is_some() {
            continue;
        }
        let host = &document.host;
        let message = format!("without `{key}`, {host} ignores the file");
        let empty = page.entries().iter().find(|entry| entry.key == *key);
        let opening = baton_source::Span::at(block.block.start as usize);
        let at = empty.map_or(opening, |entry| entry.key_span);
        out.report(file.at(&at), message)
            .help(format!("Give `{key}` a value."));
    }
}
