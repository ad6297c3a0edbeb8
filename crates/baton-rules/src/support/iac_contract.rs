//! What rules about contracts share.

use std::sync::LazyLock;

use baton_iac::model::Language;
use baton_repo::{FileReference, IacContract, Referenced};
use baton_source::{Diagnostic, Span, nearest};
use baton_syntax::markdown::Heading;
use regex::Regex;

use crate::{Ctx, File, Findings};

/// What identities of their own are called.
pub(crate) const IDENTITY: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

/// Every contract, with its file.
pub(crate) fn contracts<'r>(
    ctx: &Ctx<'r>,
) -> impl Iterator<Item = (&'r File, &'r IacContract)> + use<'r> {
    let repo = ctx.repo;
    let contracts = repo.iac_contracts().iter();
    contracts.filter_map(|contract| Some((repo.by_id(contract.file)?, contract)))
}

/// How to mend a name that no resource has.
pub(crate) fn help_with_name(finding: &mut Diagnostic, name: &str, contract: &IacContract) {
    let names = contract.resources.iter();
    let names = names.map(|resource| resource.name.value.as_str());
    match nearest(name, names) {
        Some(meant) => finding.help(format!("Write `{meant}`, if that is meant.")),
        None => finding.help("Add the resource, or name one that is in `resources`."),
    };
}

/// Reports a file that a document names and that has changed since.
pub(crate) fn report_change(
    ctx: &Ctx<'_>,
    (file, reference): (&File, &FileReference),
    help: &str,
    out: &mut Findings,
) {
    let Referenced::Changed(now) = reference.state(ctx.repo, file) else {
        return;
    };
    let declared = reference.sha256.as_ref().unwrap_or(&reference.path);
    let message = format!(
        "`{}` has changed since: its SHA-256 is `{now}` now",
        reference.path.value
    );
    out.report(file.at(declared), message).help(help);
}

/// Reports a file that a document names and that is not there.
pub(crate) fn report_absence(
    ctx: &Ctx<'_>,
    (file, reference): (&File, &FileReference),
    help: &str,
    out: &mut Findings,
) {
    if reference.state(ctx.repo, file) == Referenced::Missing {
        let message = format!("there is no `{}` beside this file", reference.path.value);
        out.report(file.at(&reference.path), message).help(help);
    }
}

/// The plan that a contract was made from, if it is still that plan.
pub(crate) fn plan<'r>(ctx: &Ctx<'r>, (file, contract): (&File, &IacContract)) -> Option<&'r File> {
    let reference = contract.plan.as_ref()?;
    let is_known = match reference.state(ctx.repo, file) {
        Referenced::Missing | Referenced::Changed(_) => false,
        Referenced::There | Referenced::Same => true,
    };
    let path = reference.target(&file.path).filter(|_| is_known)?;
    let plan = ctx.repo.file(path.as_str())?;
    let is_markdown = plan.path.name().rsplit('.').next() == Some("md");
    (is_markdown && plan.problem().is_none()).then_some(plan)
}

/// The headings of a plan that say `Type/kind : logical-name`, with the name.
pub(crate) fn resource_headings(plan: &File) -> Vec<(&Heading, &str)> {
    let headings = plan.markdown().headings.iter();
    let named = headings.filter(|heading| heading.level >= 2);
    let named = named.filter_map(|heading| {
        let (kind, name) = heading.raw.trim().rsplit_once(':')?;
        let is_named = is_type(kind.trim_end()) && is_logical_name(name.trim_start());
        is_named.then(|| (heading, name.trim_start()))
    });
    named.collect()
}

fn is_type(text: &str) -> bool {
    let is_part = |part: &str| {
        let mut bytes = part.bytes();
        !part.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
    };
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.contains('/')
        && text.split('/').all(is_part)
}

fn is_logical_name(text: &str) -> bool {
    let mut rest = text.bytes().skip(1);
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && rest.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The modules of a language that a text names, with their places.
pub(crate) fn mentioned_modules(text: &str, language: Language) -> Vec<(Span, &str)> {
    static BICEP: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"br/public:avm/(?:res|ptn)/[a-z0-9-]+(?:/[a-z0-9-]+)+").ok());
    static TERRAFORM: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"Azure/avm-(?:res|ptn)-[a-z0-9-]+/azurerm").ok());
    let pattern = match language {
        Language::Terraform => &TERRAFORM,
        _ => &BICEP,
    };
    let found = pattern
        .as_ref()
        .into_iter()
        .flat_map(|it| it.find_iter(text));
    found
        .map(|found| (Span::new(found.start(), found.end()), found.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{is_logical_name, is_type};

    #[test]
    fn a_heading_names_a_type_and_a_resource() {
        assert!(is_type("Microsoft.Sql/servers/databases"));
        assert!(!is_type("storage/accounts") && !is_type("Microsoft.Sql") && !is_type("A/"));
        assert!(is_logical_name("st-data"));
        assert!(!is_logical_name("St-data") && !is_logical_name("a b") && !is_logical_name("a"));
    }
}
