//! Artifacts that rate things use all three signs.

use baton_repo::artifact::Feature;

use crate::support::artifacts::{of_either, title};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((contract, severity)) = of_either(ctx, file) else {
        return;
    };
    if !contract.holds(Feature::TrafficLight) {
        return;
    }
    let missing: Vec<&str> = ["✅", "⚠️", "❌"]
        .into_iter()
        .filter(|sign| !file.text().contains(sign))
        .collect();
    if !missing.is_empty() {
        let message = format!("the ratings lack {}", missing.join(" and "));
        out.report(title(file), message)
            .severity(severity)
            .help("Rate with ✅, ⚠️ and ❌, and explain all three, for example in a legend.");
    }
}
