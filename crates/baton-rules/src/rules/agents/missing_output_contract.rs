//! Agents for Claude that hand files on say what their output is.

use baton_repo::Agent;

use crate::support::prompting;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let expected = ctx.repo.prompting();
    let (Some(contract), Some(folder)) = (&expected.output_contract, &expected.handoff_evidence)
    else {
        return;
    };
    let Some(model) = prompting::made_by(ctx, file, &contract.vendor) else {
        return;
    };
    if file.body().of(file.text()).contains(&contract.text) {
        return;
    }
    let agent = Agent::read(file, false);
    let folder = format!("{folder}/");
    let mut prompts = agent
        .handoffs
        .iter()
        .filter_map(|handoff| handoff.prompt.as_ref());
    let Some(prompt) = prompts.find(|prompt| prompt.value.contains(&folder)) else {
        return;
    };
    let message = format!(
        "an agent that hands files on with `{}` lacks `{}`",
        model.label, contract.text
    );
    let found = out.report(file.at(&model), message);
    found
        .label(file.at(prompt), "it hands files on here")
        .help(format!(
            "Say in a block `{}` which files the agent writes, and in what form.",
            contract.text
        ));
    prompting::lower(found, model.family);
}
