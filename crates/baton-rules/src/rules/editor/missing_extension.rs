//! Extensions that the workflow needs are on both lists.

use baton_source::Applicability;

use crate::support::editor::{Extensions, conventions, installed, recommended, with_fix};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    let own = ctx.settings.editor.required_extensions.as_ref();
    let required = own.unwrap_or(&conventions(ctx).required_extensions);
    let containers = repo.of_kind("devcontainer").filter_map(installed);
    for list in containers {
        judge((&list, "installed"), required, out);
    }
    let recommending = repo.of_kind("editor-extensions").filter_map(recommended);
    for list in recommending {
        judge((&list, "recommended"), required, out);
    }
}

fn judge((list, verb): (&Extensions<'_>, &str), required: &[String], out: &mut Findings) {
    for id in required.iter().filter(|id| !list.has(id)) {
        let start = list.list.span.start as usize;
        let opening = baton_source::Span::new(start, start + 1);
        let message = format!("the extension `{id}` is not {verb}");
        let finding = out.report(list.file.at(&opening), message);
        finding.help(format!("Add `\"{id}\"` to the list."));
        with_fix(finding, list.adding(id, Applicability::Safe));
    }
}
