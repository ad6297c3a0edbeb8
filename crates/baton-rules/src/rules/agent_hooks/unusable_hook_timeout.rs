//! Hooks of agents have a time limit that can be kept.

use baton_source::Severity;

use crate::support::agent_hooks::{conventions, manifests};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let most = conventions(ctx).timeout_max.map(f64::from);
    let least = if most.is_some() {
        1.0
    } else {
        f64::MIN_POSITIVE
    };
    for (file, manifest) in manifests(ctx) {
        let timeouts = manifest.hooks().flat_map(|(_, _, hook)| &hook.timeouts);
        for timeout in timeouts {
            let written = timeout.span.of(file.text());
            let Some(seconds) = timeout.seconds else {
                out.report(
                    file.at(timeout),
                    format!("`{written}` is no number of seconds"),
                )
                .help("Write a number without quotes.");
                continue;
            };
            if seconds < least {
                out.report(
                    file.at(timeout),
                    format!("nothing is done within {written} seconds"),
                )
                .help("Write a number above 0.");
            } else if let Some(most) = most.filter(|most| seconds > *most) {
                let message = format!("{written} seconds are more than the {most} a hook may take");
                out.report(file.at(timeout), message)
                    .help("Make the hook faster: the agent waits for it.");
            } else if seconds >= 1000.0 && seconds % 500.0 == 0.0 && seconds % 900.0 != 0.0 {
                let minutes = (seconds / 60.0).round();
                let message = format!("{written} seconds are {minutes} minutes");
                out.report(file.at(timeout), message)
                    .severity(Severity::Warning)
                    .help("Write seconds, not milliseconds.");
            }
        }
    }
}
