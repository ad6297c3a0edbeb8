//! A prompt that names no agent of its own names a model.

use baton_repo::{Prompt, Target};

use crate::support::agents;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !ctx.repo.prompting().prompt_model_source {
        return;
    }
    let prompt = Prompt::read(file);
    if !prompt.has_header || prompt.agent != Target::Generic || prompt.model_key.is_some() {
        return;
    }
    out.report(
        file.at(&agents::opening(file)),
        "the prompt names neither an agent of the repository nor a model",
    )
    .help("Add `model`, or name the agent that the prompt is for.");
}
