//! What the skill teaches is what the definitions demand.

use baton_repo::artifact::HeadingList;
use baton_source::{Location, Span};

use crate::support::artifacts::{Contract, alike, contracts};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let known = ctx.repo.artifacts();
    for contract in contracts(ctx).filter(|one| one.kind.compared) {
        let name = &contract.kind.name;
        let demanded = own(contract.kind.headings.iter().map(String::as_str));
        let Some(taught) = known.taught().iter().find(|list| list.name == *name) else {
            continue;
        };
        compare(contract, taught, &demanded, out);
        // The instructions repeat what the skill teaches.
        let texts = taught.texts();
        let texts = own(texts.iter().map(String::as_str));
        if let Some(instructed) = known.instructed().iter().find(|list| list.name == *name) {
            compare(contract, instructed, &texts, out);
        }
    }
}

/// The headings that are compared: everybody may add references.
fn own<'h>(headings: impl Iterator<Item = &'h str>) -> Vec<&'h str> {
    headings.filter(|one| *one != "References").collect()
}

fn compare(contract: &Contract, list: &HeadingList, demanded: &[&str], out: &mut Findings) {
    let texts = list.texts();
    let found = own(texts.iter().map(String::as_str));
    if contract.is_loose {
        let mut rest = found.iter();
        if demanded
            .iter()
            .all(|one| rest.any(|other| alike(one, other)))
        {
            return;
        }
    }
    if found == demanded {
        return;
    }
    let name = &contract.kind.name;
    let first = found
        .iter()
        .zip(demanded)
        .find(|(left, right)| left != right);
    let (span, message) = match first {
        Some((found, demanded)) => (
            place(list, found),
            format!("the list for `{name}` has `## {found}` where `## {demanded}` belongs"),
        ),
        None if found.len() > demanded.len() => {
            let extra = found.get(demanded.len()).copied().unwrap_or_default();
            let message =
                format!("the list for `{name}` has `## {extra}`, which does not belong there");
            (place(list, extra), message)
        }
        None => {
            let missing = demanded.get(found.len()).copied().unwrap_or_default();
            (
                list.span,
                format!("the list for `{name}` lacks `## {missing}`"),
            )
        }
    };
    let at = Location {
        file: list.file,
        span: Some(span),
    };
    out.report(at, message)
        .help("List the required headings, all of them and in order.");
}

fn place(list: &HeadingList, text: &str) -> Span {
    let heading = list.headings.iter().find(|one| one.text == text);
    heading.map_or(list.span, |one| one.span)
}
