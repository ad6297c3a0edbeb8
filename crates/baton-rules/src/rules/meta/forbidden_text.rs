//! Certain phrases do not stand in certain files.

use baton_repo::File;
use baton_source::Span;

use crate::support::meta::lines;
use crate::support::text_rules::CompiledText;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let rules = ctx.forbidden_texts();
    if rules.is_empty() {
        return;
    }
    for file in ctx.repo.files() {
        let path = file.path.as_str();
        for rule in rules.iter().filter(|rule| rule.files.matches(path)) {
            judge(file, rule, out);
        }
    }
}

fn judge(file: &File, rule: &CompiledText, out: &mut Findings) {
    for (start, line) in lines(file.text()) {
        let Some(found) = rule.pattern.find(line) else {
            continue;
        };
        let span = Span::new(start + found.start(), start + found.end());
        let message = format!("`{}` may not stand here", found.as_str());
        out.report(file.at(&span), message)
            .help(rule.message.as_str());
    }
}
