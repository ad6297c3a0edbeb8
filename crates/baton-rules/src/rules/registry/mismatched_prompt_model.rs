//! A registry names the models that prompts name themselves.

use baton_source::Severity;
use baton_syntax::node::Node;

use crate::support::models::{compare, prompt_file};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// Prompts may leave the choice to whoever calls them, so the two only differ when both speak.
fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for registry in ctx.repo.registries() {
        let Some(file) = ctx.repo.by_id(registry.file) else {
            continue;
        };
        for prompt in &registry.prompts {
            let (Some(path), Some(model)) = (&prompt.prompt, &prompt.model) else {
                continue;
            };
            let Some((prompt, Some(node))) = prompt_file(ctx.repo, &path.value) else {
                continue;
            };
            if let Some(own) = Node::as_str(node) {
                let own = (own, prompt.at(&node.span));
                compare((file, model), own, Severity::Warning, out);
            }
        }
    }
}
