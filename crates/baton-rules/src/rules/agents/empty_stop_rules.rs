//! Agents say when to stop.

use baton_source::Span;

use crate::support::prompting::{self, is_heading, lines};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(skeleton) = &ctx.repo.prompting().outcome_first else {
        return;
    };
    let Some(model) = prompting::one_of(ctx, file, &skeleton.stop_rules_families) else {
        return;
    };
    let body = file.body();
    let mut lines = lines(body.of(file.text()));
    let heading = format!("# {}", skeleton.stop_rules);
    let Some((start, line)) = lines
        .find(|(_, line)| is_heading(line, &skeleton.stop_rules) && line.trim_end() == heading)
    else {
        return;
    };
    let mut section = lines.take_while(|(_, line)| !line.starts_with("# "));
    let says_something = section.any(|(_, line)| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with("<!--")
    });
    if says_something {
        return;
    }
    let at = Span::new(start, start + line.len()).shifted(body.start as usize);
    let found = out.report(file.at(&at), format!("nothing stands under `{heading}`"));
    found.help("Say when the agent is done, and when it asks instead of going on.");
    prompting::lower(found, model.family);
}
