//! Modules have the latest version that the index knows, or a reason for an older one.

use baton_repo::avm_index::Standing;
use baton_repo::iac_contract::Exception;
use baton_source::{Applicability, Fix};

use crate::support::avm::{exception, judged, severity};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some((index, found)) = judged(ctx, file) else {
        return;
    };
    for judged in found {
        let Some(Standing::Outdated(latest)) = judged.standing() else {
            continue;
        };
        let said = exception(ctx, file, &judged);
        if said == Exception::Stands {
            continue;
        }
        let (source, version) = (&judged.pin.source, &judged.version);
        let message = format!("`{source}` has version {version}, and there is {latest}");
        let finding = out.report(file.at(&judged.span), message);
        finding
            .severity(severity(judged.pin.place))
            .help(help(said))
            .fix(Fix {
                title: format!("Take version {latest}"),
                applicability: Applicability::Unsafe,
                edits: vec![file.edit(judged.span, latest)],
            });
        let known = judged.module.zip(ctx.repo.by_id(index.file));
        if let Some((module, index)) = known {
            finding.label(index.at(&module.span), "what the index knows");
        }
        if let Some(policy) = judged.pin.policy {
            finding.label(file.at(policy), "what the contract says about the version");
        }
    }
}

fn help(said: Exception) -> String {
    match said {
        Exception::Ended(day) => {
            format!(
                "Take the latest version, or look again at the exception, which ended on {day}."
            )
        }
        Exception::Incomplete(key) => {
            format!("Take the latest version, or give the exception a `{key}`.")
        }
        Exception::None | Exception::Stands => {
            "Take the latest version, or explain the older one in the contract's `pin_policy`."
                .to_owned()
        }
    }
}
