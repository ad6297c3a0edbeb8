//! Pages do not repeat the version in a quote.

use baton_source::{Severity, Span};

use crate::support::{docs, versions};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const MARK: &str = "> Version ";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let pack = docs::conventions(ctx);
    if !docs::is_fresh_page(ctx, file) || (pack.top_level_versions && !is_at_top(ctx, file)) {
        return;
    }
    let text = file.text();
    for (at, _) in text.match_indices(MARK) {
        let start = at + MARK.len();
        let rest = text.get(start..).unwrap_or("");
        let Some(version) = versions::first(rest).filter(|found| found.start == 0) else {
            continue;
        };
        // A prompt in a code block is no quote, and neither is a comparison in a sentence.
        let offset = Span::at(at).start;
        let line = docs::line(file, offset);
        let begins = line.trim_start_matches([' ', '\t', '>', '-', '*']);
        if !begins.starts_with("Version ") || file.markdown().is_code(offset) {
            continue;
        }
        let span = Span::new(at, start + version.len());
        let finding = out
            .report(
                file.at(&span),
                format!("`{}` repeats a version", span.of(text)),
            )
            .help("Link to `VERSION.md` instead.");
        if pack.notes_fail {
            finding.severity(Severity::Error);
        }
    }
}

fn is_at_top(ctx: &Ctx<'_>, file: &File) -> bool {
    let folder = docs::conventions(ctx).docs_folder.as_deref();
    let rest = folder.and_then(|folder| file.path.as_str().strip_prefix(folder)?.strip_prefix('/'));
    rest.is_some_and(|rest| !rest.contains('/'))
}
