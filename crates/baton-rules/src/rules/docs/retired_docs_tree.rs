//! Nothing leads into the folder in which documents lay before.

use baton_source::Span;

use crate::support::docs;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let pack = docs::conventions(ctx).retired_docs.as_ref();
    let own = &ctx.settings.docs;
    let folder = own
        .retired_folder
        .as_ref()
        .or(pack.map(|pack| &pack.folder));
    let Some(folder) = folder.filter(|folder| !folder.is_empty()) else {
        return;
    };
    if !docs::is_scanned(ctx, file) {
        return;
    }
    let except = own
        .retired_except
        .as_ref()
        .or(pack.map(|pack| &pack.except));
    let except = except.map_or(&[][..], Vec::as_slice);
    let (text, path) = (file.text(), format!("{folder}/"));
    for found in docs::paths(text, &path) {
        let rest = text.get(found.end as usize..).unwrap_or("");
        let word = docs::word(text, found.end as usize);
        let is_inside = text.as_bytes().get((found.start as usize).wrapping_sub(1)) == Some(&b'/');
        let is_allowed = except.iter().any(|one| docs::begin(rest, one).is_some());
        if word.is_empty() || is_inside || is_allowed {
            continue;
        }
        let span = Span::new(found.start as usize, found.end as usize + word.len());
        if is_branch(docs::line(file, found.start), &path) || is_there(ctx, text, found) {
            continue;
        }
        out.report(
            file.at(&span),
            format!(
                "`{}` is in a folder that documents have left",
                span.of(text)
            ),
        )
        .help(match &docs::conventions(ctx).docs_folder {
            Some(now) => format!("Documents are in `{now}` now."),
            None => "Lead to where the document is now.".to_owned(),
        });
    }
}

/// Whether the line speaks of a branch, whose name may begin like the folder's.
fn is_branch(line: &str, path: &str) -> bool {
    let (line, path) = (line.to_lowercase(), path.to_lowercase());
    let code = format!("`{path}");
    let created = ["git checkout -b ", "git switch -c "];
    // A row of a table that names branches in code: nothing but a word after the slash.
    let mut cells = line.split(&code).skip(1).filter(|_| line.starts_with('|'));
    let is_row = cells.any(|rest| {
        let word = docs::word(rest, 0).len();
        word > 0 && rest.find('`') == Some(word)
    });
    let first_cell = line.strip_prefix('|').map(str::trim_start);
    let named = line.split_once("branch name").map(|(_, rest)| rest);
    created
        .iter()
        .any(|command| line.contains(&format!("{command}{path}")))
        || is_row
        || first_cell.is_some_and(|cell| cell.starts_with(&code))
        || named.is_some_and(|rest| rest.contains(&code))
}

/// Whether what is named exists.
fn is_there(ctx: &Ctx<'_>, text: &str, found: Span) -> bool {
    let rest = text.get(found.start as usize..).unwrap_or("");
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.' | '/');
    let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    let path = rest.get(..end).unwrap_or("").trim_end_matches(['.', '/']);
    ctx.repo.file(path).is_some() || ctx.repo.has_folder(path)
}
